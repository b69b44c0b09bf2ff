package io.roomrouting.socketio.admin;

import io.roomrouting.socketio.SocketCounts;
import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EngineCounts;
import io.roomrouting.socketio.engine.EngineTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one UI is told of a server now and then: how it is, and what has happened since the last time. */
final class ServerStats {

    private final AdminSettings settings;
    private EngineCounts last;

    ServerStats(AdminSettings settings, EngineCounts now) {
        this.settings = settings;
        this.last = now;
    }

    Map<String, Object> next(SocketCounts counts, Duration uptime) {
        EngineCounts now = counts.engine();
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("serverId", settings.serverId());
        stats.put("hostname", settings.hostname());
        stats.put("pid", ProcessHandle.current().pid());
        stats.put("uptime", uptime.toMillis() / 1e3);
        stats.put("clientsCount", now.allClients());
        stats.put("pollingClientsCount", now.clients().getOrDefault(EngineTransport.POLLING, 0));
        stats.put("aggregatedEvents", events(now));
        stats.put("namespaces", namespaces(counts.namespaces()));
        last = now;
        return stats;
    }

    private static List<Map<String, Object>> namespaces(Map<String, Integer> clients) {
        List<Map<String, Object>> all = new ArrayList<>();
        new TreeMap<>(clients).forEach((name, count) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("socketsCount", count);
            all.add(one);
        });
        return all;
    }

    private List<Map<String, Object>> events(EngineCounts now) {
        List<Map<String, Object>> events = new ArrayList<>();
        add(events, "rawConnection", now.opened() - last.opened());
        for (CloseReason reason : CloseReason.values()) {
            long count = now.closed().getOrDefault(reason, 0L) - last.closed().getOrDefault(reason, 0L);
            if (count > 0) {
                add(events, "rawDisconnection", count);
                events.get(events.size() - 1).put("subType", reason.text());
            }
        }
        add(events, "packetsIn", now.packetsIn() - last.packetsIn());
        add(events, "packetsOut", now.packetsOut() - last.packetsOut());
        add(events, "bytesIn", now.bytesIn() - last.bytesIn());
        add(events, "bytesOut", now.bytesOut() - last.bytesOut());
        return events;
    }

    /** Adds what has happened; after a server was started again its counts are smaller than before. */
    private void add(List<Map<String, Object>> events, String type, long count) {
        if (count > 0) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("timestamp", settings.time().wallMillis());
            event.put("type", type);
            event.put("count", count);
            events.add(event);
        }
    }
}
