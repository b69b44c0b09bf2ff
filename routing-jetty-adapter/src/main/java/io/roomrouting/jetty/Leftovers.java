package io.roomrouting.jetty;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Throws away what is left of a request's body before an early answer is sent. A connection that is closed while its
 * client still writes is reset, and the client may never see the answer.
 */
final class Leftovers implements Invocable.Task {

    /** Who sends more than this is cut off. */
    private static final long MOST = 16L << 20;

    private final Request request;
    private final Response response;
    private final Runnable then;
    private long seen;

    private Leftovers(Request request, Response response, Runnable then) {
        this.request = request;
        this.response = response;
        this.then = then;
    }

    /**
     * Discards the body.
     *
     * @param then sends the answer; called once, perhaps before this returns
     */
    static void discard(Request request, Response response, Runnable then) {
        Leftovers leftovers = new Leftovers(request, response, then);
        boolean waitsForPermission = request.getHeaders().contains(HttpHeader.EXPECT);
        if (request.getLength() > MOST || waitsForPermission) {
            leftovers.giveUp();
        } else {
            leftovers.run();
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
                giveUp();
                return;
            }
            seen += chunk.remaining();
            chunk.release();
            if (chunk.isLast()) {
                then.run();
                return;
            }
            if (seen > MOST) {
                giveUp();
                return;
            }
        }
    }

    private void giveUp() {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        then.run();
    }
}
