package io.roomrouting.socketio;

/** Decides who enters a namespace. Thread-safe; does not block. */
@FunctionalInterface
public interface NamespaceHandler {

    /**
     * A client wants to enter. {@link ClientSocket#accept} or {@link ClientSocket#refuse} is the answer, now or later; a
     * client that waits for it may not send anything else to this namespace.
     *
     * @param socket the client in this namespace
     * @param request what it wants
     * @return what is told of it from now on
     */
    SocketListener connect(ClientSocket socket, ConnectRequest request);

    /**
     * Puts hooks in front of this handler.
     *
     * @param hooks asked one after the other, each when the one before it has answered
     * @return a handler that asks this one last, and not at all about clients that a hook refuses or that leave meanwhile
     */
    default NamespaceHandler behind(ConnectHook... hooks) {
        NamespaceHandler handler = this;
        for (int i = hooks.length - 1; i >= 0; i--) {
            ConnectHook hook = hooks[i];
            NamespaceHandler next = handler;
            handler = (socket, request) ->
                    PendingEntry.when(socket, () -> hook.before(request), changed -> next.connect(socket, changed));
        }
        return handler;
    }
}
