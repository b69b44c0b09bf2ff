package io.roomrouting;

import java.time.Duration;

/** The moment by which an answer must be there, on a {@link TimeSource}'s monotonic clock. Immutable. */
public final class Deadline {

    private final TimeSource time;
    private final long endNanos;

    private Deadline(TimeSource time, long endNanos) {
        this.time = time;
        this.endNanos = endNanos;
    }

    /**
     * Sets a deadline.
     *
     * @param time the clock that it is measured on
     * @param timeout how long from now
     * @return the deadline
     */
    public static Deadline in(TimeSource time, Duration timeout) {
        return new Deadline(time, time.nanoTime() + timeout.toNanos());
    }

    /**
     * Returns a deadline for a part of what is to be done.
     *
     * @param timeout how long from now
     * @return the moment that is then, or this deadline if that is earlier
     */
    public Deadline within(Duration timeout) {
        Deadline part = in(time, timeout);
        return part.endNanos - endNanos < 0 ? part : this;
    }

    /**
     * Returns the time that is left.
     *
     * @return zero when it has passed, never negative
     */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - time.nanoTime()));
    }

    /**
     * Says whether the deadline has passed.
     *
     * @return true when no time is left
     */
    public boolean hasPassed() {
        return endNanos - time.nanoTime() <= 0;
    }
}
