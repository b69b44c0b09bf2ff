package io.roomrouting;

import java.util.Optional;

/**
 * One ownership of a room in an {@link InMemoryRegistry}, in force or over.
 *
 * <p>{@link #isAlive} and {@link #endedAt} take no lock. Everything else is called while the room's {@link RoomEntry} is
 * locked.
 */
abstract sealed class Ownership permits LeasedOwnership, ProvidedOwnership {

    private final RoomAssignment assignment;
    private final Optional<RoomRecord> found;
    private final RoomSeats seats;

    Ownership(RoomAssignment assignment, RoomSpec spec) {
        this.assignment = assignment;
        this.found = Optional.of(new RoomRecord(assignment.room(), spec, Optional.of(assignment)));
        this.seats = new RoomSeats(spec.maxClients());
    }

    final RoomAssignment assignment() {
        return assignment;
    }

    /** The answer to a look-up while this ownership is in force, made once. */
    final Optional<RoomRecord> found() {
        return found;
    }

    /** Who sits in the room, and who may; used under the room's lock. */
    final RoomSeats seats() {
        return seats;
    }

    final boolean isOf(HostIncarnation owner) {
        return assignment.owner().equals(owner);
    }

    /** Says whether the ownership is in force. */
    abstract boolean isAlive(long now);

    /** When it ended; meaningful only while it is not alive. */
    abstract long endedAt();

    /** Puts a new ownership in force, or says why the host does not take it. */
    abstract Optional<ClaimResult.Refusal> begin(long now);

    /** Says whether it is over, and if so makes that final: no claim and no heartbeat brings it back. */
    abstract boolean isOverForGood(long now);

    /** Keeps it in force for longer if this placement is of the host that owns the room, or else changes nothing. */
    abstract boolean tryExtend(Placement placement, long now);

    /** The host asks whether it may open the room; a claim that was over because nobody used it is in force again. */
    abstract boolean confirm(long now);

    /** Gives back what it takes of its host's capacity. */
    abstract void free(long now);
}
