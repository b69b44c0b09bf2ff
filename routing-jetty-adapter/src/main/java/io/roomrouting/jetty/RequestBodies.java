package io.roomrouting.jetty;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Small request bodies, for handlers of your own that do not block. */
public final class RequestBodies {

    private RequestBodies() {}

    /**
     * Reads the whole body. Does not block: who waits for more is called when it has come, on one of the server's threads.
     *
     * @param request not read before
     * @param limit the most bytes that are taken
     * @param then gets the body, perhaps before this returns
     * @param otherwise is told the status to answer with instead: 413 if the body is larger, 408 or 400 if it does not come.
     *     To be answered after {@link #discard}.
     */
    public static void read(Request request, int limit, Consumer<byte[]> then, IntConsumer otherwise) {
        RequestBody.read(request, limit, then, problem -> otherwise.accept(problem.status()));
    }

    /**
     * Throws away what is left of a body before an early answer. Without that the connection would be closed while its
     * client still writes, and the client might never see the answer. Up to 16 MiB are read; a client that has more to say
     * is cut off.
     *
     * @param request perhaps read in part
     * @param response gets {@code Connection: close} where the connection cannot go on
     * @param then sends the answer; called once, perhaps before this returns
     */
    public static void discard(Request request, Response response, Runnable then) {
        Leftovers.discard(request, response, then);
    }
}
