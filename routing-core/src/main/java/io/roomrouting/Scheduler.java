package io.roomrouting;

/**
 * Names the host for a room that has none.
 *
 * <p>Only an opinion: the {@link RoomRegistry} decides when the placement is claimed. Called on request threads, by many
 * at once, but for one room by one caller of a process at a time. Idempotent per room: asking again for a room that the
 * scheduler has started somewhere names that place again while it lives. May start capacity.
 */
@FunctionalInterface
public interface Scheduler {

    /**
     * Chooses a host.
     *
     * @param request the room, its wishes, the hosts that have just refused it, and the deadline
     * @return a host outside {@link PlacementRequest#excluded()}
     * @throws RoutingException.Unavailable with {@link ErrorCode#NO_CAPACITY} when no host can take it, with
     *     {@link ErrorCode#SCHEDULER_UNAVAILABLE} when the hosts are not known
     */
    Placement place(PlacementRequest request);

    /**
     * Says whether {@link #place} can wait for something outside this process.
     *
     * @return false only if it never waits; then request handlers may call it on threads that must not block
     */
    default boolean mayBlock() {
        return true;
    }
}
