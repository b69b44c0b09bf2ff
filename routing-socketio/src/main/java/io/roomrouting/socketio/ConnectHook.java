package io.roomrouting.socketio;

import java.util.concurrent.CompletionStage;

/**
 * What is to be done before a client enters a namespace: who is it, may it come in, what does the handler need to know of
 * it. Put in front of a handler with {@link NamespaceHandler#behind}. Thread-safe; does not block, but its answer may take
 * time.
 */
@FunctionalInterface
public interface ConnectHook {

    /**
     * Looks at a client's wish, among the callbacks of its connection. It is not called for a client that has left while
     * it waited for another hook.
     *
     * @param request what the client wants
     * @return the wish to go on with, perhaps with attributes that were found out ({@link ConnectRequest#with}); failed to
     *     refuse the client, with a {@link ConnectRefusal} or a {@link io.roomrouting.RoutingException}. The client is
     *     told {@code INTERNAL_ERROR} of any other failure, which is logged.
     */
    CompletionStage<ConnectRequest> before(ConnectRequest request);
}
