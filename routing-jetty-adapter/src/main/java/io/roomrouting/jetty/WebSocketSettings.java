package io.roomrouting.jetty;

import java.time.Duration;

/**
 * The bounds and the times of WebSocket connections. Immutable; every {@code with} returns a changed copy and refuses
 * values out of bounds.
 *
 * @param maxMessageBytes the largest message that a client may send, 1 KiB to 16 MiB; a larger one ends the connection
 *     with code 1009
 * @param maxOutboundBytes how much may wait for a client that does not read, 64 KiB to 1 GiB, frames included that are
 *     shared with other clients; more is {@link io.roomrouting.session.Delivery#SATURATED}. No single message can be
 *     larger.
 * @param pingInterval how often a client is pinged, 1 s to 1 h
 * @param pingTimeout how long a client may be silent after a ping, 1 s to 1 h
 * @param closeTimeout how long a closing connection may take to write what has gathered and to see the client agree,
 *     100 ms to 1 min
 */
public record WebSocketSettings(
        int maxMessageBytes, int maxOutboundBytes, Duration pingInterval, Duration pingTimeout, Duration closeTimeout) {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private static final WebSocketSettings DEFAULTS =
            new WebSocketSettings(64 * KIB, MIB, Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(2));

    /** Checks the bounds. */
    public WebSocketSettings {
        check("maxMessageBytes", maxMessageBytes, KIB, 16 * MIB);
        check("maxOutboundBytes", maxOutboundBytes, 64 * KIB, 1024 * MIB);
        check("pingInterval", pingInterval, Duration.ofSeconds(1), Duration.ofHours(1));
        check("pingTimeout", pingTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        check("closeTimeout", closeTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    /**
     * Returns messages of 64 KiB, 1 MiB waiting, a ping every 25 s, 20 s of silence, 2 s to close.
     *
     * @return the defaults
     */
    public static WebSocketSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Changes {@link #maxMessageBytes()}.
     *
     * @param value 1 KiB to 16 MiB
     * @return a changed copy
     */
    public WebSocketSettings withMaxMessageBytes(int value) {
        return new WebSocketSettings(value, maxOutboundBytes, pingInterval, pingTimeout, closeTimeout);
    }

    /**
     * Changes {@link #maxOutboundBytes()}.
     *
     * @param value 64 KiB to 1 GiB
     * @return a changed copy
     */
    public WebSocketSettings withMaxOutboundBytes(int value) {
        return new WebSocketSettings(maxMessageBytes, value, pingInterval, pingTimeout, closeTimeout);
    }

    /**
     * Changes {@link #pingInterval()} and {@link #pingTimeout()}.
     *
     * @param interval 1 s to 1 h
     * @param timeout 1 s to 1 h
     * @return a changed copy
     */
    public WebSocketSettings withPings(Duration interval, Duration timeout) {
        return new WebSocketSettings(maxMessageBytes, maxOutboundBytes, interval, timeout, closeTimeout);
    }

    /**
     * Changes {@link #closeTimeout()}.
     *
     * @param value 100 ms to 1 min
     * @return a changed copy
     */
    public WebSocketSettings withCloseTimeout(Duration value) {
        return new WebSocketSettings(maxMessageBytes, maxOutboundBytes, pingInterval, pingTimeout, value);
    }

    private static <T extends Comparable<T>> void check(String setting, T value, T min, T max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
    }
}
