package io.roomrouting.testkit.hathora;

import java.util.HashMap;
import java.util.Map;

/** Counts the requests, by room. Thread-safe. */
final class Traffic {

    private final Map<String, Map<String, Integer>> asked = new HashMap<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final Map<String, Integer> mostUnderWay = new HashMap<>();

    synchronized void begins(String operation, String room) {
        asked.computeIfAbsent(room, any -> new HashMap<>()).merge(operation, 1, Integer::sum);
        int now = underWay.merge(room, 1, Integer::sum);
        mostUnderWay.merge(room, now, Math::max);
    }

    synchronized void ends(String room) {
        underWay.merge(room, -1, (now, less) -> now + less == 0 ? null : now + less);
    }

    synchronized int count(String operation, String room) {
        return asked.getOrDefault(room, Map.of()).getOrDefault(operation, 0);
    }

    synchronized int count() {
        return asked.values().stream()
                .flatMap(operations -> operations.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    synchronized int mostAtOnce(String room) {
        return mostUnderWay.getOrDefault(room, 0);
    }
}
