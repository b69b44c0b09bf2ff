package io.roomrouting.internal;

import io.roomrouting.HostIncarnation;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One life of this host, and how long it may act. Every room keeps the lease that it was opened under, so that nothing
 * of a former life can act by a later one's lease.
 *
 * <p>Counted from the moment the renewal was asked for, on this machine's clocks alone. The larger of monotonic and wall
 * time counts, because the monotonic clock may stand still while a machine is suspended.
 */
final class Lease {

    /** The share of the lease after which nobody is admitted any more. */
    static final double ADMIT_UNTIL = 0.7;

    /** The share of the lease after which sessions are closed and nothing is written any more. */
    static final double SERVE_UNTIL = 0.85;

    private final HostIncarnation incarnation;
    private final TimeSource time;
    private volatile @Nullable Grant grant;
    private volatile boolean revoked;

    private record Grant(Moment from, long lengthNanos) {}

    /**
     * A moment on this machine's two clocks.
     *
     * @param nanos monotonic
     * @param wallMillis wall
     */
    record Moment(long nanos, long wallMillis) {
        static Moment now(TimeSource time) {
            return new Moment(time.nanoTime(), time.wallMillis());
        }
    }

    Lease(HostIncarnation incarnation, TimeSource time) {
        this.incarnation = incarnation;
        this.time = time;
    }

    HostIncarnation incarnation() {
        return incarnation;
    }

    /** Says whether the lease was ever granted, in force or not. */
    boolean isGranted() {
        return grant != null;
    }

    /** Says whether newcomers may be let in. */
    boolean admits() {
        return usedShare() < ADMIT_UNTIL;
    }

    /** Says whether rooms may act. Two clock readings and a comparison; made for every batch of work. */
    boolean serves() {
        return usedShare() < SERVE_UNTIL;
    }

    /**
     * Extends the lease unless it has been given up; a renewal that was asked for earlier than the last changes nothing.
     * Says whether this was the first grant.
     */
    synchronized boolean renew(Moment asked, Duration length) {
        Grant old = grant;
        if (!revoked && (old == null || asked.nanos() - old.from().nanos() > 0)) {
            grant = new Grant(asked, length.toNanos());
        }
        return old == null && grant != null;
    }

    /** Gives the lease up for good. */
    synchronized void revoke() {
        revoked = true;
    }

    /** How long until {@link #serves()} turns false if nothing renews the lease; zero when it has. */
    Duration untilFence() {
        Grant current = grant;
        if (current == null || revoked) {
            return Duration.ZERO;
        }
        double left = (SERVE_UNTIL - usedShare()) * current.lengthNanos();
        return Duration.ofNanos(Math.max(0, (long) Math.ceil(left)));
    }

    private double usedShare() {
        Grant current = grant;
        if (current == null || revoked) {
            return Double.POSITIVE_INFINITY;
        }
        long monotonic = time.nanoTime() - current.from().nanos();
        long wall =
                TimeUnit.MILLISECONDS.toNanos(time.wallMillis() - current.from().wallMillis());
        return (double) Math.max(monotonic, wall) / current.lengthNanos();
    }
}
