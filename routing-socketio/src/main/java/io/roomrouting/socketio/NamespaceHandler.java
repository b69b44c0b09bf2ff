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
}
