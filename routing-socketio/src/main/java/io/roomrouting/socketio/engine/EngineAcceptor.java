package io.roomrouting.socketio.engine;

import java.util.Optional;

/** What there is above Engine.IO. Thread-safe; does not block. */
public interface EngineAcceptor {

    /**
     * Decides on a handshake.
     *
     * @param handshake the first request of a client
     * @return empty to let it in; otherwise why not, in words that the client is told (code 4)
     */
    default Optional<String> refusal(EngineRequest handshake) {
        return Optional.empty();
    }

    /**
     * A server has been made that asks this one; nobody has come to it yet.
     *
     * @param server may be asked for its counts
     */
    default void serving(EngineServer server) {}

    /**
     * A session has begun.
     *
     * @param connection its outbound half
     * @param handshake its first request
     * @return its inbound half
     */
    EngineListener opened(EngineConnection connection, EngineRequest handshake);
}
