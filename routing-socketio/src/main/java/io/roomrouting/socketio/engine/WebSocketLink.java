package io.roomrouting.socketio.engine;

import java.util.List;

/**
 * The outbound half of a WebSocket. Written by servers.
 *
 * <p>Called from one thread at a time. Must neither block nor throw, and must not call its {@link LinkListener} before it
 * returns.
 */
public interface WebSocketLink {

    /**
     * Sends messages, in order. If they are not written when it returns, it is not called again before {@link
     * LinkListener#onSent}, but for the few bytes that complete an upgrade.
     *
     * @param packets each is one message, text or binary
     * @return true if they have been written, and {@link LinkListener#onSent} does not follow
     */
    boolean send(List<EncodedPacket> packets);

    /**
     * Closes it, with code 1000 after what was sent has been written, or at once where that takes too long. {@link
     * LinkListener#onClosed} may follow or not.
     */
    void close();
}
