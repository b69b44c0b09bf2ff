package io.roomrouting;

/**
 * Says whether this identity may create or join this room.
 *
 * <p>Called on request threads, by many at once, before anything is changed; may block within the caller's patience.
 */
@FunctionalInterface
public interface RoomAuthorizer {

    /** What is asked for. */
    enum Action {
        /** Create a room that does not exist yet; whoever may, may also enter the room that he has just created. */
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
     * Says whether {@link #authorize} can wait for something outside this process.
     *
     * @return false only if it never waits; then request handlers may call it on threads that must not block
     */
    default boolean mayBlock() {
        return true;
    }

    /**
     * Allows every authenticated identity everything.
     *
     * @return the default
     */
    static RoomAuthorizer anyone() {
        return Anyone.INSTANCE;
    }
}
