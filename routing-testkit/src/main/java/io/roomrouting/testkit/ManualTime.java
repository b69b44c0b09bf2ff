package io.roomrouting.testkit;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A time that stands still until a test moves it.
 *
 * <p>{@link #advance} runs the timers that come due, in the order of their moments, on the calling thread; timers of
 * the same moment run in the order in which they were scheduled. While a timer runs, the clocks show its moment. A
 * timer scheduled by another one runs within the same call if it comes due within it.
 *
 * <p>Thread-safe: any thread may read the clocks and schedule; calls that move time wait for each other. The monotonic
 * clock starts a minute before its numbers overflow, so that code that compares readings instead of differences fails
 * in a test.
 */
public final class ManualTime implements TimeSource {

    private static final long START_NANOS =
            Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private final ReentrantLock moving = new ReentrantLock();
    private final Object state = new Object();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long elapsedNanos;
    private long wallNanosAhead;
    private long scheduled;
    private final Instant start;

    private ManualTime(Instant start) {
        this.start = start;
    }

    /**
     * Starts at 2026-01-01T00:00Z.
     *
     * @return a time of its own
     */
    public static ManualTime create() {
        return startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * Starts at a moment of the wall clock.
     *
     * @param start what {@link #now()} shows first
     * @return a time of its own
     */
    public static ManualTime startingAt(Instant start) {
        return new ManualTime(start);
    }

    @Override
    public long nanoTime() {
        synchronized (state) {
            return START_NANOS + elapsedNanos;
        }
    }

    @Override
    public long wallMillis() {
        synchronized (state) {
            return start.plusNanos(elapsedNanos).plusNanos(wallNanosAhead).toEpochMilli();
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        synchronized (state) {
            long due = elapsedNanos + Math.max(0, delay.toNanos());
            Timer timer = new Timer(due, scheduled++, task);
            timers.add(timer);
            return () -> cancel(timer);
        }
    }

    /**
     * Moves both clocks forward and runs what comes due on the way, on this thread. Advancing by zero runs what is due
     * now.
     *
     * <p>When a timer's task throws, the remaining ones still run and time still moves; then the first failure is
     * thrown, with the others suppressed in it.
     *
     * @param duration how far, zero or more
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if called by a timer's task
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + duration);
        }
        if (moving.isHeldByCurrentThread()) {
            throw new IllegalStateException("a timer's task cannot move the time that runs it");
        }
        List<Throwable> failures = new ArrayList<>();
        moving.lock();
        try {
            runUntil(elapsed() + duration.toNanos(), failures);
        } finally {
            moving.unlock();
        }
        rethrow(failures);
    }

    /**
     * Moves only the wall clock, as when somebody sets it or when the machine was suspended. No timer runs.
     *
     * @param duration how far; negative to go back
     */
    public void shiftWallClock(Duration duration) {
        synchronized (state) {
            wallNanosAhead += duration.toNanos();
        }
    }

    /**
     * Counts the timers that have neither run nor been cancelled, for example to show that nothing was left behind.
     *
     * @return the number of timers
     */
    public int pendingTimers() {
        synchronized (state) {
            return timers.size();
        }
    }

    /**
     * Tells how far away the next timer is.
     *
     * @return the time until it comes due, zero if it is due; empty if there is none
     */
    public Optional<Duration> untilNextTimer() {
        synchronized (state) {
            return Optional.ofNullable(timers.peek()).map(next -> Duration.ofNanos(next.due - elapsedNanos));
        }
    }

    private long elapsed() {
        synchronized (state) {
            return elapsedNanos;
        }
    }

    private void runUntil(long end, List<Throwable> failures) {
        Optional<Timer> next = moveToNextTimer(end);
        while (next.isPresent()) {
            try {
                next.get().task.run();
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
            next = moveToNextTimer(end);
        }
    }

    private Optional<Timer> moveToNextTimer(long end) {
        synchronized (state) {
            Timer next = timers.peek();
            if (next == null || next.due > end) {
                elapsedNanos = end;
                return Optional.empty();
            }
            elapsedNanos = next.due;
            return Optional.of(timers.remove());
        }
    }

    private void cancel(Timer timer) {
        synchronized (state) {
            timers.remove(timer);
        }
    }

    private static void rethrow(List<Throwable> failures) {
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) first;
    }

    /** A task and its moment, counted from the start of this time. */
    private static final class Timer implements Comparable<Timer> {

        private static final Comparator<Timer> ORDER =
                Comparator.<Timer>comparingLong(timer -> timer.due).thenComparingLong(timer -> timer.number);

        private final long due;
        private final long number;
        private final Runnable task;

        Timer(long due, long number, Runnable task) {
            this.due = due;
            this.number = number;
            this.task = task;
        }

        @Override
        public int compareTo(Timer other) {
            return ORDER.compare(this, other);
        }
    }
}
