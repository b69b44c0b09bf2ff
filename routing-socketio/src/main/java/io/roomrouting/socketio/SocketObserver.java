package io.roomrouting.socketio;

import io.roomrouting.spi.InboundEvent;

/**
 * Hears what happens to all clients of a server, in all namespaces: for tools that show it. What happens to one client is
 * heard in order, but what is sent to it may be heard of after it has left.
 *
 * <p>Called on any thread, perhaps while the client is locked, and before things go on: returns at once, neither throws nor
 * says anything to a client. There are as many calls as events; what takes longer is to be done elsewhere and later.
 */
public interface SocketObserver {

    /**
     * A client has been let into a namespace.
     *
     * @param socket the client; its name is known
     */
    default void entered(ClientSocket socket) {}

    /**
     * A client that was let in is out.
     *
     * @param socket the client
     * @param reason why
     */
    default void left(ClientSocket socket, DisconnectReason reason) {}

    /**
     * A client has changed from polling to a WebSocket.
     *
     * @param socket the client, in each of its namespaces
     */
    default void upgraded(ClientSocket socket) {}

    /**
     * A client says something; its listener hears it next.
     *
     * @param socket the client
     * @param event what it says
     */
    default void received(ClientSocket socket, InboundEvent event) {}

    /**
     * A message for a client has been taken for sending.
     *
     * @param socket the client
     * @param message the message, shared by all who get it
     */
    default void sent(ClientSocket socket, EncodedMessage message) {}
}
