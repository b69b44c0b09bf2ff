package io.roomrouting;

/**
 * Says whether this identity may create or join this room.
 *
 * <p>Called on request threads, by many at once, before the registry is asked; may block within the caller's patience.
 */
@FunctionalInterface
public interface RoomAuthorizer {

    /** What is asked for. */
    enum Action {
        /** Create a room that does not exist yet. */
        CREATE,
        /** Connect to a room. */
        JOIN
    }

    /**
     * Returns quietly when it is allowed.
     *
     * @param identity who asks
     * @param action what for
     * @param room which room
     * @throws RoutingException.Forbidden if it is not allowed
     */
    void authorize(Identity identity, Action action, RoomId room);

    /**
     * Allows every authenticated identity everything.
     *
     * @return the default
     */
    static RoomAuthorizer anyone() {
        return (identity, action, room) -> {};
    }
}
