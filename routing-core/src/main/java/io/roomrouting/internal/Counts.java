package io.roomrouting.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts by key, up to a limit; keys that stand at zero take no space. */
final class Counts<K> {

    private final ConcurrentMap<K, Integer> counts = new ConcurrentHashMap<>();
    private final int limit;

    Counts(int limit) {
        this.limit = limit;
    }

    /** Adds one unless that would exceed the limit. */
    boolean tryAdd(K key) {
        boolean[] added = new boolean[1];
        counts.compute(key, (k, count) -> {
            int now = count == null ? 0 : count;
            added[0] = now < limit;
            return added[0] ? Integer.valueOf(now + 1) : count;
        });
        return added[0];
    }

    /** Takes one away. */
    void remove(K key) {
        counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }
}
