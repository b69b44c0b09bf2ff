package io.roomrouting.socketio.engine;

import java.time.Duration;
import java.util.Set;

/**
 * What a server of Engine.IO allows. The defaults are those of the reference implementation, where it has one.
 *
 * @param pingInterval how long after a client's last sign of life it is pinged; 25 s
 * @param pingTimeout how long a client may take to answer; 20 s
 * @param upgradeTimeout how long a client may take to change from polling to a WebSocket, and to open a first one that it
 *     was allowed; 10 s
 * @param maxPayload the longest request body and the longest WebSocket message of a client, in bytes; 1,000,000
 * @param maxBuffered how many bytes may wait to be sent to one client, and how many of its own may wait to be handled,
 *     32 added for each message; 4,000,000
 * @param maxSessions how many sessions there may be; 20,000
 * @param transports how clients may connect; both
 */
public record EngineSettings(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        int maxPayload,
        int maxBuffered,
        int maxSessions,
        Set<EngineTransport> transports) {

    /** Checks the bounds and copies the set. */
    public EngineSettings {
        requirePositive("pingInterval", pingInterval);
        requirePositive("pingTimeout", pingTimeout);
        requirePositive("upgradeTimeout", upgradeTimeout);
        requirePositive("maxPayload", maxPayload);
        requirePositive("maxSessions", maxSessions);
        if (maxBuffered < maxPayload) {
            throw new IllegalArgumentException(
                    "maxBuffered is " + maxBuffered + ", less than maxPayload " + maxPayload);
        }
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("transports is empty, so that nobody could connect");
        }
        transports = Set.copyOf(transports);
    }

    /**
     * Returns the settings to start from.
     *
     * @return the defaults
     */
    public static EngineSettings defaults() {
        return new EngineSettings(
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                1_000_000,
                4_000_000,
                20_000,
                Set.of(EngineTransport.values()));
    }

    /**
     * Changes the heartbeat.
     *
     * @param interval how long after a sign of life a client is pinged
     * @param timeout how long it may take to answer
     * @return changed settings
     */
    public EngineSettings withHeartbeat(Duration interval, Duration timeout) {
        return new EngineSettings(interval, timeout, upgradeTimeout, maxPayload, maxBuffered, maxSessions, transports);
    }

    /**
     * Changes the bounds.
     *
     * @param payload the longest message of a client, in bytes
     * @param buffered how many bytes may wait, in each direction
     * @param sessions how many sessions there may be
     * @return changed settings
     */
    public EngineSettings withBounds(int payload, int buffered, int sessions) {
        return new EngineSettings(pingInterval, pingTimeout, upgradeTimeout, payload, buffered, sessions, transports);
    }

    /**
     * Changes how clients may connect.
     *
     * @param allowed at least one
     * @return changed settings
     */
    public EngineSettings withTransports(Set<EngineTransport> allowed) {
        return new EngineSettings(
                pingInterval, pingTimeout, upgradeTimeout, maxPayload, maxBuffered, maxSessions, allowed);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", less than a millisecond");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", less than 1");
        }
    }
}
