package io.roomrouting;

/**
 * The host's half of a {@link RoomRegistry}: confirm that a room is one's own before opening it, release it when done.
 *
 * <p>Called off the data path, by many threads at once; may block.
 */
public interface RoomOwnership {

    /**
     * Asks whether an assignment is still the newest of its room. Called once per opening of a room, not per join.
     *
     * <p>Post-condition of true: until the owner's lease ends or the owner releases, no claim for the room is granted to
     * anybody else.
     *
     * @param assignment as a ticket carries it
     * @return true if the owner may open the room under this epoch
     * @throws RoutingException.Unavailable with {@link ErrorCode#REGISTRY_UNAVAILABLE} if nobody can tell
     */
    boolean confirm(RoomAssignment assignment);

    /**
     * Gives a room back. Does nothing when the assignment is no longer the newest: a late release is harmless.
     *
     * @param assignment what was owned
     * @param release whether the room may be opened again
     * @throws RoutingException.Unavailable with {@link ErrorCode#REGISTRY_UNAVAILABLE} if the registry cannot be told
     */
    void release(RoomAssignment assignment, Release release);

    /** What a released room becomes. */
    enum Release {
        /** The room stays known and is placed again when somebody asks for it, until its own expiry passes. */
        IDLE,
        /** The room is forgotten; who asks for it is told that it does not exist. */
        CLOSED
    }
}
