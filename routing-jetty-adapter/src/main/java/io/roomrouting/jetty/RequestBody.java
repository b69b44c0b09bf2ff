package io.roomrouting.jetty;

import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Gathers a small request body without blocking: takes what is there, asks to be called for the rest. Used by one
 * request, on whatever thread has the next piece.
 */
final class RequestBody implements Invocable.Task {

    private final Request request;
    private final int limit;
    private final Consumer<byte[]> then;
    private final Consumer<Problem> otherwise;
    private byte[] bytes;
    private int length;

    private RequestBody(Request request, int limit, Consumer<byte[]> then, Consumer<Problem> otherwise) {
        this.request = request;
        this.limit = limit;
        this.then = then;
        this.otherwise = otherwise;
        this.bytes = new byte[(int) Math.min(limit, Math.max(0, request.getLength()))];
    }

    /**
     * Reads the whole body.
     *
     * @param limit the most bytes that are taken
     * @param then gets the body, perhaps before this returns
     * @param otherwise is told instead if the body is too large or does not come
     */
    static void read(Request request, int limit, Consumer<byte[]> then, Consumer<Problem> otherwise) {
        if (request.getLength() > limit) {
            otherwise.accept(tooLarge(limit));
        } else {
            new RequestBody(request, limit, then, otherwise).run();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                otherwise.accept(unreadable(chunk.getFailure()));
                return;
            }
            boolean fits = append(chunk);
            chunk.release();
            if (!fits) {
                otherwise.accept(tooLarge(limit));
                return;
            }
            if (chunk.isLast()) {
                then.accept(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
                return;
            }
        }
    }

    private boolean append(Content.Chunk chunk) {
        int more = chunk.remaining();
        if (more > limit - length) {
            return false;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(length + more, 2 * bytes.length)));
        }
        chunk.getByteBuffer().get(bytes, length, more);
        length += more;
        return true;
    }

    private static Problem tooLarge(int limit) {
        return Problem.invalid(HttpStatus.PAYLOAD_TOO_LARGE_413, "The body is larger than " + limit / 1024 + " KiB");
    }

    private static Problem unreadable(Throwable failure) {
        if (failure instanceof HttpException known) {
            return Problem.invalid(known.getCode(), "The body could not be read");
        }
        return failure instanceof TimeoutException
                ? Problem.invalid(HttpStatus.REQUEST_TIMEOUT_408, "The body did not arrive in time")
                : Problem.invalid(HttpStatus.BAD_REQUEST_400, "The body did not arrive whole");
    }
}
