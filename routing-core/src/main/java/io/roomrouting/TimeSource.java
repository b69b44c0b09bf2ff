package io.roomrouting;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
     * Waits on this thread until something is done, well or badly, but no longer than a time. A time of its own may pass
     * while it waits, which is why waiting is asked of the time.
     *
     * @param done what is waited for; it is neither cancelled nor completed by this
     * @param atMost how long to wait
     * @return whether it is done; false if the time is over
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default boolean await(CompletableFuture<?> done, Duration atMost) throws InterruptedException {
        CompletableFuture<Boolean> answer = done.handle((value, failure) -> true);
        Cancellable timer = schedule(atMost, () -> answer.complete(false));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is never a failure", e);
        } finally {
            timer.cancel();
        }
    }

    /**
     * Returns the machine's own time, with one daemon thread for the timers of the whole process.
     *
     * @return the system's time
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
