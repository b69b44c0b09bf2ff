package io.roomrouting;

import java.time.Duration;
import java.time.Instant;

/**
 * The one place that time comes from, so that tests can move it. Thread-safe.
 *
 * <p>Durations are measured with {@link #nanoTime()}; the wall clock is only for what people read, for the
 * expiry of tokens, and to notice that a machine was suspended.
 */
public interface TimeSource {

    /** Undoes a {@link #schedule}; calling it twice, or after the task ran, does nothing. */
    @FunctionalInterface
    interface Cancellable {
        /** Prevents the task from starting if it has not started. */
        void cancel();
    }

    /**
     * Returns a monotonic reading; only differences mean something.
     *
     * @return nanoseconds
     */
    long nanoTime();

    /**
     * Returns the wall clock.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    long wallMillis();

    /**
     * Returns the wall clock as people read it.
     *
     * @return {@link #wallMillis()} as an instant
     */
    default Instant now() {
        return Instant.ofEpochMilli(wallMillis());
    }

    /**
     * Runs a task once, later. The task must be short and must not block: all timers share a thread.
     *
     * @param delay how long to wait; zero or less means as soon as possible
     * @param task what to run; what it throws is logged
     * @return to cancel it
     */
    Cancellable schedule(Duration delay, Runnable task);

    /**
     * Returns the machine's own time, with one daemon thread for the timers of the whole process.
     *
     * @return the system's time
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
