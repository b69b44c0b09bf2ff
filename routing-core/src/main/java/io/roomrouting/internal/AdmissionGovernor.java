package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Lets so many clients in per second, and some more at once, and tells the others when to come back: one after the other at
 * that rate, so that a crowd that lost its rooms at one moment does not return at one moment. Thread-safe, without locks.
 *
 * <p>Both numbers below are moments of the clock. Each admission moves one of them ahead by the time that the rate gives to
 * one client, each refusal the other; as time goes on they fall behind, and with them what they stand for.
 */
final class AdmissionGovernor {

    /** Who would have to wait longer comes back after this, and is told again. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** By which part of its wait a client may come later, so that equal clients part. */
    private static final int JITTER_PART = 4;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TimeSource time;
    private final RandomGenerator random;
    private final long nanosPerClient;
    private final long burstNanos;

    /** When all who were admitted would have come in one after the other. */
    private final AtomicLong admittedUntil;

    /** When the last of those who were sent away is to come back. */
    private final AtomicLong expectedUntil;

    AdmissionGovernor(int perSecond, int burst, TimeSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
        this.nanosPerClient = (SECOND + perSecond - 1) / perSecond;
        this.burstNanos = burst * nanosPerClient;
        long now = time.nanoTime();
        this.admittedUntil = new AtomicLong(now);
        this.expectedUntil = new AtomicLong(now);
    }

    /**
     * Counts one more client.
     *
     * @throws RoutingException.Unavailable with {@code OVERLOADED} and the time after which to come back, if it is one too
     *     many
     */
    void admit() {
        long now = time.nanoTime();
        if (!takes(now)) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "too many clients come at once", withJitter(nextTurn(now)));
        }
    }

    private boolean takes(long now) {
        while (true) {
            long until = admittedUntil.get();
            long next = later(until, now) + nanosPerClient;
            if (next - now > burstNanos) {
                return false;
            }
            if (admittedUntil.compareAndSet(until, next)) {
                return true;
            }
        }
    }

    /** How long until it is one more client's turn, behind all who are still expected. */
    private long nextTurn(long now) {
        long turn = expectedUntil.updateAndGet(until -> {
            long next = later(until, now) + nanosPerClient;
            return next - now > LONGEST_WAIT.toNanos() ? now + LONGEST_WAIT.toNanos() : next;
        });
        return turn - now;
    }

    private Duration withJitter(long wait) {
        return Duration.ofNanos(wait + random.nextLong(wait / JITTER_PART + 1));
    }

    /** Moments of a clock that may overflow are compared by their difference. */
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
