package io.roomrouting;

/** How a {@link Claim} ended. Losing the race is a normal result. */
public sealed interface ClaimResult {

    /**
     * The claim won: a new ownership with a new epoch, or, when the placed host already owned the room, the same
     * ownership extended.
     *
     * @param assignment the ownership in force
     */
    record Granted(RoomAssignment assignment) implements ClaimResult {}

    /**
     * Somebody else was first: use theirs.
     *
     * @param assignment the ownership in force
     */
    record Held(RoomAssignment assignment) implements ClaimResult {}

    /**
     * The placed host takes no rooms: place again without it.
     *
     * @param why what is wrong with it
     */
    record HostRefused(Refusal why) implements ClaimResult {}

    /** The registry knows no such room (any more). */
    record NoSuchRoom() implements ClaimResult {}

    /** Why a host takes no room. */
    enum Refusal {
        /** It is about to stop. */
        DRAINING,
        /** This life of it has no lease. */
        DEAD,
        /** It has as many rooms, or as many connections, as it takes; see {@link HostCapacity}. */
        FULL
    }
}
