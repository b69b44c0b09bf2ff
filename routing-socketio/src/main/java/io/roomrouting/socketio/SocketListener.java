package io.roomrouting.socketio;

import io.roomrouting.spi.InboundEvent;

/**
 * What happens on a client in a namespace. The methods are called one at a time and in order, together with those of the
 * same connection's other namespaces; they must not block.
 */
public interface SocketListener {

    /**
     * The client says something.
     *
     * @param event its number, if it has one, is for {@link ClientSocket#acknowledge}
     */
    void onEvent(InboundEvent event);

    /** Nothing more has been read for now. */
    void onReadComplete();

    /**
     * The client is out, or was not let in; nothing follows. Called exactly once.
     *
     * @param reason why
     */
    void onDisconnected(DisconnectReason reason);
}
