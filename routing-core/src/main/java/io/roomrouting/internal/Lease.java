package io.roomrouting.internal;

import io.roomrouting.HostIncarnation;
import io.roomrouting.TimeSource;
import io.roomrouting.session.OutagePolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One life of this host, and how long it may act. Every room keeps the lease that it was opened under, so that nothing
 * of a former life can act by a later one's lease.
 *
 * <p>Counted from the moment the renewal was asked for, on this machine's clocks alone. The larger of monotonic and wall
 * time counts, because the monotonic clock may stand still while a machine is suspended.
 *
 * <p>Under {@link OutagePolicy#AVAILABLE} it may be adrift: its time is over, nobody has taken it away, and the process has
 * not been paused. To see pauses it wants to be told every now and then that the process runs.
 */
final class Lease {

    /** The share of the lease after which nobody is admitted any more. */
    static final double ADMIT_UNTIL = 0.7;

    /** The share of the lease after which nothing is written any more and, unless it is adrift, sessions are closed. */
    static final double SERVE_UNTIL = 0.85;

    /** The part of a lease that a process may be paused without having to give up an adrift one. */
    private static final int PAUSE_PART = 3;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_PER_LEASE = 10;

    private final HostIncarnation incarnation;
    private final TimeSource time;
    private final OutagePolicy policy;
    private volatile @Nullable Grant grant;
    private volatile @Nullable Moment lastTick;
    private volatile boolean revoked;
    private volatile boolean adrift;

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

    Lease(HostIncarnation incarnation, TimeSource time, OutagePolicy policy) {
        this.incarnation = incarnation;
        this.time = time;
        this.policy = policy;
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
        return commits() || (mayDrift() && isAwake());
    }

    /** Says whether rooms may be opened, saved and released: never without a lease that surely holds. */
    boolean commits() {
        return usedShare() < SERVE_UNTIL;
    }

    /** Says whether the end of the lease does not end the service, so that ticks are needed. */
    boolean mayDrift() {
        return policy == OutagePolicy.AVAILABLE;
    }

    /** How often to {@link #tick}. */
    Duration tickInterval() {
        Grant current = grant;
        Duration share = current == null ? TICK : Duration.ofNanos(1 + current.lengthNanos() / TICKS_PER_LEASE);
        return share.compareTo(TICK) < 0 ? share : TICK;
    }

    /**
     * Notes that the process runs. Says whether it has run all the time; if not, and the lease has ended meanwhile, then it
     * is given up.
     */
    synchronized boolean tick() {
        Moment now = Moment.now(time);
        if (lastTick != null && !isAwake() && !commits()) {
            revoked = true;
        }
        lastTick = now;
        return !revoked;
    }

    private boolean isAwake() {
        Grant current = grant;
        Moment last = lastTick;
        return current != null && last != null && !revoked && nanosSince(last) <= current.lengthNanos() / PAUSE_PART;
    }

    /** Says, once until it comes back, that the lease is adrift. */
    synchronized boolean comesAdrift() {
        boolean now = !adrift && !commits() && serves();
        adrift |= now;
        return now;
    }

    /** Says once that a lease that was adrift holds again. */
    synchronized boolean comesBack() {
        boolean now = adrift && commits();
        adrift &= !now;
        return now;
    }

    boolean isAdrift() {
        return adrift;
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

    /** How long until {@link #commits()} turns false if nothing renews the lease; zero when it has. */
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
        return (double) nanosSince(current.from()) / current.lengthNanos();
    }

    private long nanosSince(Moment past) {
        long monotonic = time.nanoTime() - past.nanos();
        long wall = TimeUnit.MILLISECONDS.toNanos(time.wallMillis() - past.wallMillis());
        return Math.max(monotonic, wall);
    }
}
