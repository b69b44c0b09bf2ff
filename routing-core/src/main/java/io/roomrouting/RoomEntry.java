package io.roomrouting;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link InMemoryRegistry} knows of one room: its newest ownership, in force or over. Look-ups take no lock;
 * changes take the entry's.
 */
final class RoomEntry {

    private final RoomId room;
    private final RoomSpec spec;
    private final PublicRooms publicRooms;
    private final Optional<RoomRecord> vacant;
    private volatile @Nullable Ownership newest;
    private volatile long vacantSince;
    private volatile boolean forgotten;
    private RoomVisibility visibility;
    private Map<String, String> metadata;

    RoomEntry(RoomId room, RoomSpec spec, PublicRooms publicRooms, long now) {
        this.room = room;
        this.spec = spec;
        this.publicRooms = publicRooms;
        this.visibility = spec.visibility();
        this.metadata = spec.metadata();
        this.vacant = Optional.of(new RoomRecord(room, spec, Optional.empty()));
        this.vacantSince = now;
    }

    RoomId room() {
        return room;
    }

    RoomSpec spec() {
        return spec;
    }

    /** Returns the room; empty when it has expired or was closed. */
    Optional<RoomRecord> find(long now, long retentionNanos) {
        Ownership ownership = newest;
        if (ownership != null && ownership.isAlive(now)) {
            return ownership.found();
        }
        return isKnown(ownership, now, retentionNanos) ? vacant : Optional.empty();
    }

    private boolean isKnown(@Nullable Ownership ownership, long now, long retentionNanos) {
        long since = vacantSince;
        if (ownership != null && ownership.endedAt() - since > 0) {
            since = ownership.endedAt();
        }
        return !forgotten && now - since < retentionNanos;
    }

    /** Somebody wants the room to exist; its time without an owner counts anew. */
    synchronized Optional<RoomRecord> keep(long now, long retentionNanos) {
        Optional<RoomRecord> record = find(now, retentionNanos);
        if (record.isPresent() && record.get().assignment().isEmpty()) {
            vacantSince = now;
        }
        return record;
    }

    /** Forgets the room if it has expired; it then takes no part in anything any more. */
    synchronized boolean forgetIfExpired(long now, long retentionNanos) {
        Ownership current = newest;
        boolean free = current == null || current.isOverForGood(now);
        if (!forgotten && free && find(now, retentionNanos).isEmpty()) {
            leaveNewest(now);
            forget();
        }
        return forgotten;
    }

    /**
     * Claims the room.
     *
     * @param fresh makes a new ownership, unless the host has no lease
     * @return how it ended; empty if the room was forgotten meanwhile
     */
    synchronized Optional<ClaimResult> claim(
            Placement placement, Function<RoomSpec, Optional<Ownership>> fresh, long now) {
        if (forgotten) {
            return Optional.empty();
        }
        Ownership current = newest;
        if (current != null && current.tryExtend(placement, now)) {
            return Optional.of(new ClaimResult.Granted(current.assignment()));
        }
        if (current != null && !current.isOverForGood(now)) {
            return Optional.of(new ClaimResult.Held(current.assignment()));
        }
        return Optional.of(begin(fresh.apply(spec), now));
    }

    private ClaimResult begin(Optional<Ownership> fresh, long now) {
        if (fresh.isEmpty()) {
            return new ClaimResult.HostRefused(ClaimResult.Refusal.DEAD);
        }
        Ownership next = fresh.get();
        Optional<ClaimResult.Refusal> refusal = next.begin(now);
        if (refusal.isPresent()) {
            return new ClaimResult.HostRefused(refusal.get());
        }
        newest = next;
        return new ClaimResult.Granted(next.assignment());
    }

    synchronized boolean confirm(RoomAssignment assignment, long now) {
        Ownership current = newest(assignment);
        return current != null && current.confirm(now);
    }

    /**
     * Ends an ownership if it is the newest.
     *
     * @return whether the room is forgotten now
     */
    synchronized boolean release(RoomAssignment assignment, RoomOwnership.Release release, long now) {
        if (newest(assignment) != null) {
            leaveNewest(now);
            if (release == RoomOwnership.Release.CLOSED) {
                forget();
            }
        }
        return forgotten;
    }

    private void forget() {
        forgotten = true;
        publicRooms.remove(this);
    }

    private void leaveNewest(long now) {
        Ownership current = newest;
        if (current != null) {
            vacantSince = now;
            newest = null;
            current.free(now);
        }
    }

    /** Takes over what a host holds already, unless there is or was an ownership of at least that epoch. */
    synchronized boolean adopt(LeasedOwnership held, HostLease lease, long now) {
        Ownership current = newest;
        boolean free = current == null
                || (current.isOverForGood(now)
                        && held.assignment()
                                .epoch()
                                .isNewerThan(current.assignment().epoch()));
        if (forgotten || !free) {
            return false;
        }
        lease.adopt(held);
        newest = held;
        return true;
    }

    // Seats

    /** Stands among the public rooms from now on, if it is one. */
    synchronized void show() {
        if (!forgotten && visibility == RoomVisibility.PUBLIC) {
            publicRooms.add(this);
        }
    }

    /** What a list says of the room; empty unless it is public and has a living owner. */
    synchronized Optional<RoomListing> listing(long now) {
        Ownership owned = owned(now);
        if (owned == null || visibility != RoomVisibility.PUBLIC) {
            return Optional.empty();
        }
        RoomSeats seats = owned.seats();
        return Optional.of(new RoomListing(room, spec, metadata, seats.clients(), seats.free(now), seats.isLocked()));
    }

    /** How many of the users have no reservation here. */
    synchronized int without(SeatWish wish, long now) {
        Ownership owned = owned(now);
        return owned == null ? wish.users().size() : owned.seats().without(wish, now);
    }

    synchronized SeatResult reserve(SeatWish wish, long now, long retentionNanos) {
        Ownership owned = owned(now);
        Optional<RoomRecord> record = find(now, retentionNanos);
        if (record.isEmpty()) {
            return new SeatResult.NoSuchRoom();
        }
        return owned == null
                ? new SeatResult.Vacant(record.get())
                : owned.seats().reserve(record.get(), wish, now);
    }

    /** Reserves new seats, if the room still is what it was chosen for. */
    synchronized Optional<SeatResult.Reserved> reserveNew(RoomFilter filter, SeatWish wish, long now) {
        Ownership owned = owned(now);
        if (owned == null || visibility != RoomVisibility.PUBLIC || !filter.fits(spec, metadata)) {
            return Optional.empty();
        }
        Map<UserId, RoomSeat> seats = new HashMap<>();
        if (!owned.seats().reserveNew(wish, now, seats)) {
            return Optional.empty();
        }
        return owned.found().map(found -> new SeatResult.Reserved(found, seats));
    }

    synchronized void cancel(Set<SeatId> reserved, long now) {
        Ownership owned = owned(now);
        if (owned != null) {
            RoomSeats seats = owned.seats();
            reserved.forEach(seats::cancel);
        }
    }

    synchronized void report(HostIncarnation host, RoomReport report, long now) {
        Ownership owned = owned(now);
        if (owned == null || !owned.isOf(host) || !owned.assignment().epoch().equals(report.epoch())) {
            return;
        }
        if (owned.seats().report(report)) {
            metadata = report.metadata();
            if (visibility != report.visibility()) {
                visibility = report.visibility();
                publicRooms.remove(this);
                show();
            }
        }
    }

    private @Nullable Ownership owned(long now) {
        Ownership current = newest;
        return current != null && !forgotten && current.isAlive(now) ? current : null;
    }

    private @Nullable Ownership newest(RoomAssignment assignment) {
        Ownership current = newest;
        boolean same = !forgotten
                && current != null
                && current.isOf(assignment.owner())
                && current.assignment().epoch().equals(assignment.epoch());
        return same ? current : null;
    }
}
