package io.roomrouting.internal;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers ids for a while: two sets, of which the older is dropped when its time has passed. An id is remembered for once to
 * twice that time. Thread-safe.
 */
final class RecentIds {

    private final TimeSource time;
    private final int capacity;
    private final long generationNanos;
    private Set<String> current = new HashSet<>();
    private Set<String> previous = Set.of();
    private long currentSince;

    RecentIds(TimeSource time, Duration memory, int capacity) {
        this.time = time;
        this.capacity = capacity;
        this.generationNanos = memory.toNanos();
        this.currentSince = time.nanoTime();
    }

    synchronized boolean contains(String id) {
        turnGenerations();
        return previous.contains(id) || current.contains(id);
    }

    /** Remembers an id; false if there is no space. */
    synchronized boolean add(String id) {
        turnGenerations();
        if (current.size() >= capacity) {
            return false;
        }
        current.add(id);
        return true;
    }

    private void turnGenerations() {
        long now = time.nanoTime();
        long age = now - currentSince;
        if (age >= generationNanos) {
            previous = age >= 2 * generationNanos ? Set.of() : current;
            current = new HashSet<>();
            currentSince = now;
        }
    }
}
