package io.roomrouting.hathora;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps callers from waiting for somebody who does not answer: after so many failures in a row nobody is let through for a
 * while, then one, and everybody again as soon as one succeeds. Thread-safe.
 */
final class CircuitBreaker {

    private final TimeSource time;
    private final int failuresToOpen;
    private final Duration openTime;
    private int failuresInARow;
    private long openUntil;

    CircuitBreaker(TimeSource time, int failuresToOpen, Duration openTime) {
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
    synchronized Optional<Duration> tryPass() {
        if (failuresInARow < failuresToOpen) {
            return Optional.empty();
        }
        long left = openUntil - time.nanoTime();
        if (left > 0) {
            return Optional.of(Duration.ofNanos(left));
        }
        openUntil = time.nanoTime() + openTime.toNanos();
        return Optional.empty();
    }

    synchronized void succeeded() {
        failuresInARow = 0;
    }

    /** Says whether this one has opened the breaker. */
    synchronized boolean failed() {
        failuresInARow = Math.min(failuresInARow + 1, failuresToOpen);
        boolean opens = failuresInARow == failuresToOpen && openUntil - time.nanoTime() <= 0;
        if (opens) {
            openUntil = time.nanoTime() + openTime.toNanos();
        }
        return opens;
    }
}
