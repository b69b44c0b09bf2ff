package io.roomrouting.spi;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps callers from waiting for somebody who does not answer: after so many failures in a row nobody is let through for a
 * while, then one, and everybody again as soon as one succeeds. Thread-safe; no call waits.
 */
public final class CircuitBreaker {

    private final TimeSource time;
    private final int failuresToOpen;
    private final Duration openTime;
    private int failuresInARow;
    private long openUntil;

    /**
     * Begins by letting everybody through.
     *
     * @param time measures
     * @param failuresToOpen how many in a row, 1 or more
     * @param openTime how long nobody is let through then
     */
    public CircuitBreaker(TimeSource time, int failuresToOpen, Duration openTime) {
        this.time = time;
        this.failuresToOpen = failuresToOpen;
        this.openTime = openTime;
        this.openUntil = time.nanoTime();
    }

    /**
     * Asks to be let through. Whoever is must tell how it went; who never does only delays the next one.
     *
     * @return empty to go on, otherwise how long nobody is let through
     */
    public synchronized Optional<Duration> tryPass() {
        Optional<Duration> closed = closedFor();
        if (closed.isEmpty() && failuresInARow >= failuresToOpen) {
            openUntil = time.nanoTime() + openTime.toNanos();
        }
        return closed;
    }

    /**
     * Says what {@link #tryPass} would, without being let through.
     *
     * @return empty if the next one is let through, otherwise how long nobody is
     */
    public synchronized Optional<Duration> closedFor() {
        long left = openUntil - time.nanoTime();
        return failuresInARow >= failuresToOpen && left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    /** Whoever was let through has succeeded. */
    public synchronized void succeeded() {
        failuresInARow = 0;
    }

    /**
     * Whoever was let through has failed.
     *
     * @return whether this was the failure from which on nobody is let through
     */
    public synchronized boolean failed() {
        failuresInARow = Math.min(failuresInARow + 1, failuresToOpen);
        boolean opens = failuresInARow == failuresToOpen && openUntil - time.nanoTime() <= 0;
        if (opens) {
            openUntil = time.nanoTime() + openTime.toNanos();
        }
        return opens;
    }
}
