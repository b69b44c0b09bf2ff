package io.roomrouting;

import java.util.Optional;

/**
 * The one place that knows which rooms exist and who owns them.
 *
 * <p>Every method is atomic, linearizable per room, and safe for many threads and processes; each may block unless
 * {@link #mayBlock()} says otherwise, and throws {@link RoutingException.Unavailable} with
 * {@link ErrorCode#REGISTRY_UNAVAILABLE} when the registry is out of reach. Only the registry's own clock decides what
 * has expired.
 */
public interface RoomRegistry extends RoomOwnership {

    /**
     * Makes a new room. Allowed even while the registry does not know yet what existed before it (then {@link #ensure}
     * is not), because nobody can have used the id.
     *
     * @param fresh an id from {@link RoomId#random()}
     * @param spec its wishes
     * @return the room, without an owner
     * @throws RoutingException.InvalidRequest if the id is taken
     * @throws RoutingException.Unavailable with {@link ErrorCode#OVERLOADED} if the registry is full
     */
    RoomRecord create(RoomId fresh, RoomSpec spec);

    /**
     * Makes the room under this id unless it exists; then its spec stays as it was created.
     *
     * @param room the id
     * @param spec the wishes for a room that did not exist
     * @return the room as it now is
     * @throws RoutingException.Unavailable with {@link ErrorCode#OVERLOADED} if the registry is full
     */
    RoomRecord ensure(RoomId room, RoomSpec spec);

    /**
     * Finds a room.
     *
     * @param room the id
     * @return the room, with its assignment while the owner is alive; empty if it never existed, was closed or expired
     */
    Optional<RoomRecord> find(RoomId room);

    /**
     * Makes the placed host the owner unless the room has a living one.
     *
     * <p>Post-conditions: at most one assignment of a room is in force; a granted one has a larger epoch than any before
     * it; every loser learns the winner; a host that drains, is dead or is full gets nothing.
     *
     * @param claim the room and the host
     * @return the assignment in force, or why there is none
     */
    ClaimResult claim(Claim claim);

    /**
     * Says whether calls can wait for something outside this process.
     *
     * @return false only if no method ever waits
     */
    default boolean mayBlock() {
        return true;
    }
}
