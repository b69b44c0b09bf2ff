package io.roomrouting.socketio.engine;

import java.util.Optional;

/** How a client is connected (the query parameter {@code transport}). */
public enum EngineTransport {
    /** HTTP requests: one that is held until there is something to say, and others that carry what the client says. */
    POLLING("polling"),
    /** A WebSocket. */
    WEBSOCKET("websocket");

    private final String wireName;

    EngineTransport(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Returns how it is written.
     *
     * @return in small letters
     */
    public String wireName() {
        return wireName;
    }

    static Optional<EngineTransport> of(String wireName) {
        for (EngineTransport transport : values()) {
            if (transport.wireName.equals(wireName)) {
                return Optional.of(transport);
            }
        }
        return Optional.empty();
    }
}
