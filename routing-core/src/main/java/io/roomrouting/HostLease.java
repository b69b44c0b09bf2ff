package io.roomrouting;

import io.roomrouting.LeasedOwnership.Use;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lease of one life of a host, and the places for rooms that it offers. A lease that has ended stays so.
 *
 * <p>{@link #isAlive}, {@link #counts} and {@link #endOf} take no lock; everything else takes this lease's, after the
 * lock of a {@link RoomEntry} if that is needed too.
 */
final class HostLease {

    private final boolean asksBack;
    private final long claimLifeNanos;
    private final long joinedAt;
    private final Set<LeasedOwnership> unconfirmed = new LinkedHashSet<>();
    private HostRegistration registration;
    private HostState ordered = HostState.ACTIVE;
    private HostState reported = HostState.ACTIVE;
    private boolean succeeded;
    private HostLoad load = HostLoad.NONE;
    private int rooms;

    /** Claims since the last report. */
    private int expected;

    private @Nullable HostSnapshot snapshot;
    private volatile long endsAt;
    private volatile boolean over;

    /**
     * Begins.
     *
     * @param asksBack whether the host confirms before it opens a room, so that an unconfirmed claim may lapse
     */
    HostLease(HostRegistration registration, boolean asksBack, Duration claimLife, long now, Duration lease) {
        this.registration = registration;
        this.asksBack = asksBack;
        this.claimLifeNanos = claimLife.toNanos();
        this.joinedAt = now;
        this.endsAt = now + lease.toNanos();
    }

    // The lease

    boolean isAlive(long now) {
        return !over && endsAt - now > 0;
    }

    synchronized boolean renew(long now, Duration lease) {
        if (endIfExpired(now)) {
            return false;
        }
        long end = now + lease.toNanos();
        if (end - endsAt > 0) {
            endsAt = end;
        }
        return true;
    }

    synchronized void end(long now) {
        if (!endIfExpired(now)) {
            endsAt = now;
            over = true;
        }
    }

    private boolean endIfExpired(long now) {
        if (!over && endsAt - now <= 0) {
            over = true;
        }
        return over;
    }

    // The host

    HostIncarnation host() {
        return registration().host();
    }

    synchronized HostRegistration registration() {
        return registration;
    }

    synchronized void describe(HostRegistration newer) {
        registration = newer;
        snapshot = null;
    }

    synchronized void report(HostLoad newer, HostState state) {
        if (!load.equals(newer) || reported != state || expected > 0) {
            load = newer;
            reported = state;
            expected = 0;
            snapshot = null;
        }
    }

    synchronized void order(HostState newer) {
        ordered = newer;
        snapshot = null;
    }

    /** What the host is to be told. */
    synchronized HostState ordered() {
        return succeeded ? HostState.DRAINING : ordered;
    }

    /** A later life of the same host has begun. */
    synchronized void succeed() {
        succeeded = true;
        snapshot = null;
    }

    synchronized HostState state() {
        return reported == HostState.DRAINING ? reported : ordered();
    }

    /** Describes the host; empty when the lease has ended. */
    synchronized Optional<HostSnapshot> snapshot(long now) {
        if (endIfExpired(now)) {
            return Optional.empty();
        }
        dropLapsed(now);
        HostSnapshot current = snapshot;
        if (current == null) {
            current = new HostSnapshot(
                    registration.host(),
                    registration.address(),
                    state(),
                    registration.capacity(),
                    load,
                    rooms,
                    expected,
                    Duration.ZERO,
                    registration.labels());
            snapshot = current;
        }
        return Optional.of(current.withAge(Duration.ofNanos(now - joinedAt)));
    }

    // Its rooms

    /** Says whether an ownership is in force as far as it is not the lease that decides. */
    boolean counts(LeasedOwnership ownership, long now) {
        return switch (ownership.use) {
            case CONFIRMED -> true;
            case CLAIMED -> !asksBack || now - ownership.claimedAt < claimLifeNanos;
            case DROPPED -> false;
        };
    }

    /** When an ownership that is not in force ended. */
    long endOf(LeasedOwnership ownership) {
        long leaseEnd = endsAt;
        long own = switch (ownership.use) {
            case CONFIRMED -> leaseEnd;
            case CLAIMED -> asksBack ? ownership.claimedAt + claimLifeNanos : leaseEnd;
            case DROPPED -> ownership.droppedAt;
        };
        return own - leaseEnd < 0 ? own : leaseEnd;
    }

    synchronized boolean endIfOver(LeasedOwnership ownership, long now) {
        if (endIfExpired(now)) {
            return true;
        }
        if (counts(ownership, now)) {
            return false;
        }
        drop(ownership, now);
        return true;
    }

    /** Takes a place for a new ownership. */
    synchronized Optional<ClaimResult.Refusal> claim(LeasedOwnership ownership, long now) {
        if (endIfExpired(now)) {
            return Optional.of(ClaimResult.Refusal.DEAD);
        }
        if (state() == HostState.DRAINING) {
            return Optional.of(ClaimResult.Refusal.DRAINING);
        }
        dropLapsed(now);
        boolean connectable =
                load.connections() + expected < registration.capacity().connections();
        if (!connectable || !takePlace()) {
            return Optional.of(ClaimResult.Refusal.FULL);
        }
        expected++;
        ownership.claimedAt = now;
        ownership.use = Use.CLAIMED;
        unconfirmed.add(ownership);
        return Optional.empty();
    }

    /** Counts the time of a claim anew; false if it is over. */
    synchronized boolean touch(LeasedOwnership ownership, long now) {
        if (endIfExpired(now) || !counts(ownership, now)) {
            return false;
        }
        if (ownership.use == Use.CLAIMED) {
            ownership.claimedAt = now;
            unconfirmed.remove(ownership);
            unconfirmed.add(ownership);
        }
        return true;
    }

    synchronized boolean confirm(LeasedOwnership ownership, long now) {
        if (endIfExpired(now)) {
            return false;
        }
        boolean late = ownership.use == Use.DROPPED;
        if (late && (!asksBack || !takePlace())) {
            return false;
        }
        ownership.use = Use.CONFIRMED;
        unconfirmed.remove(ownership);
        return true;
    }

    /** Takes over a room that the host holds already, whatever its capacity. */
    synchronized void adopt(LeasedOwnership ownership) {
        rooms++;
        ownership.use = Use.CONFIRMED;
        snapshot = null;
    }

    synchronized void drop(LeasedOwnership ownership, long now) {
        if (ownership.use != Use.DROPPED) {
            ownership.droppedAt = now;
            ownership.use = Use.DROPPED;
            unconfirmed.remove(ownership);
            rooms--;
            snapshot = null;
        }
    }

    /** The newest epoch among the claims that have been waiting for too long to be opened; 0 for none. */
    synchronized long unopenedUpTo(long now) {
        return unconfirmed.stream()
                .takeWhile(ownership -> now - ownership.claimedAt >= claimLifeNanos)
                .mapToLong(ownership -> ownership.assignment().epoch().value())
                .max()
                .orElse(0);
    }

    /** Confirms the claims that the host holds, and drops the others up to an epoch. */
    synchronized void takeStock(long upTo, List<HeldRoom> held, long now) {
        if (endIfExpired(now)) {
            return;
        }
        Map<RoomId, HeldRoom> byRoom =
                held.stream().collect(Collectors.toMap(HeldRoom::room, Function.identity(), (one, same) -> same));
        for (LeasedOwnership ownership : List.copyOf(unconfirmed)) {
            RoomAssignment assignment = ownership.assignment();
            HeldRoom room = byRoom.get(assignment.room());
            if (room != null && room.epoch().equals(assignment.epoch())) {
                confirm(ownership, now);
            } else if (assignment.epoch().value() <= upTo) {
                drop(ownership, now);
            }
        }
    }

    private boolean takePlace() {
        if (rooms >= registration.capacity().rooms()) {
            return false;
        }
        rooms++;
        snapshot = null;
        return true;
    }

    /** Unconfirmed claims stand in the order of their times, so that this looks at those that have lapsed and one more. */
    private void dropLapsed(long now) {
        Iterator<LeasedOwnership> oldest = unconfirmed.iterator();
        while (oldest.hasNext()) {
            LeasedOwnership ownership = oldest.next();
            if (counts(ownership, now)) {
                return;
            }
            oldest.remove();
            drop(ownership, ownership.claimedAt + claimLifeNanos);
        }
    }
}
