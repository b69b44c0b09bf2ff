package io.roomrouting.socketio;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client is not let into a namespace. It hears of it in a CONNECT_ERROR, from which the official clients make an error
 * with the same message and {@code data}. An expected answer and not a failure: it has no stack trace.
 */
public final class ConnectRefusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /**
     * Refuses without more.
     *
     * @param message for people; the client is told
     */
    public ConnectRefusal(String message) {
        this(message, Optional.empty());
    }

    /**
     * Refuses with details.
     *
     * @param message for people; the client is told
     * @param data for programs, anything that the server's mapper can write; the client is told
     */
    public ConnectRefusal(String message, Object data) {
        this(message, Optional.of(data));
    }

    private ConnectRefusal(String message, Optional<Object> data) {
        super(message, null, false, false);
        this.data = data.orElse(null);
    }

    /**
     * Returns the details.
     *
     * @return for programs
     */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }
}
