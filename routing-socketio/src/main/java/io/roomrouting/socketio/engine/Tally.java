package io.roomrouting.socketio.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What was counted of many sessions. Not thread-safe. */
final class Tally {

    private final Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
    private final Map<Traffic.Kind, Long> traffic = new EnumMap<>(Traffic.Kind.class);

    Tally() {
        Arrays.stream(CloseReason.values()).forEach(reason -> closed.put(reason, 0L));
        Arrays.stream(Traffic.Kind.values()).forEach(kind -> traffic.put(kind, 0L));
    }

    Tally(Tally other) {
        closed.putAll(other.closed);
        traffic.putAll(other.traffic);
    }

    void add(Traffic more) {
        traffic.replaceAll((kind, count) -> count + more.count(kind));
    }

    void ended(CloseReason reason) {
        closed.merge(reason, 1L, Long::sum);
    }

    /** Puts it together with those who are connected. */
    EngineCounts counts(Map<EngineTransport, Integer> clients) {
        Map<EngineTransport, Integer> all = new EnumMap<>(EngineTransport.class);
        Arrays.stream(EngineTransport.values())
                .forEach(transport -> all.put(transport, clients.getOrDefault(transport, 0)));
        return new EngineCounts(
                all,
                closed,
                count(Traffic.Kind.UPGRADES),
                count(Traffic.Kind.PACKETS_IN),
                count(Traffic.Kind.BYTES_IN),
                count(Traffic.Kind.PACKETS_OUT),
                count(Traffic.Kind.BYTES_OUT));
    }

    private long count(Traffic.Kind kind) {
        return traffic.getOrDefault(kind, 0L);
    }
}
