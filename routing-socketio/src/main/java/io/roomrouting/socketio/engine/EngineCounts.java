package io.roomrouting.socketio.engine;

import java.util.Map;

/**
 * How a server is doing: who is connected now, and what has happened since it was made. All numbers but {@code clients}
 * only grow. Immutable.
 *
 * @param clients how many sessions there are now, for each transport
 * @param closed how many sessions have ended, for each reason; of both maps every key is there
 * @param upgrades how many sessions have changed from polling to a WebSocket
 * @param packetsIn how many packets clients have sent in sessions, heartbeats included, the probe of an upgrade not
 * @param bytesIn their bytes without the framing of the transport; text is counted in UTF-16 units
 * @param packetsOut how many packets were sent to clients, counted in the same way
 * @param bytesOut their bytes without the framing of the transport
 */
public record EngineCounts(
        Map<EngineTransport, Integer> clients,
        Map<CloseReason, Long> closed,
        long upgrades,
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut) {

    /** Those of a server to which nobody has come. */
    public static final EngineCounts NONE = new Tally().counts(Map.of());

    /** Copies the maps. */
    public EngineCounts {
        clients = Map.copyOf(clients);
        closed = Map.copyOf(closed);
    }

    /**
     * Counts the sessions of now, whatever their transport.
     *
     * @return 0 or more
     */
    public int allClients() {
        return clients.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Counts the sessions that have begun, those included that have ended.
     *
     * @return 0 or more
     */
    public long opened() {
        return allClients()
                + closed.values().stream().mapToLong(Long::longValue).sum();
    }
}
