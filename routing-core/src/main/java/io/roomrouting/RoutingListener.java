package io.roomrouting;

/**
 * Told what the router does, for logs and metrics. Called on request threads: be quick and do not throw; what is thrown
 * is logged and changes nothing.
 */
public interface RoutingListener {

    /** Hears nothing. */
    RoutingListener NONE = new RoutingListener() {};

    /**
     * A room got a new owner.
     *
     * @param assignment the ownership
     * @param reason why this host, in one line
     */
    default void roomPlaced(RoomAssignment assignment, String reason) {}

    /**
     * A rival placed the room first; its assignment is used.
     *
     * @param assignment the rival's ownership
     */
    default void raceLost(RoomAssignment assignment) {}

    /**
     * A host refused a claim, and the next candidate is tried.
     *
     * @param placement what was tried
     * @param why why it was refused
     */
    default void hostRefused(Placement placement, ClaimResult.Refusal why) {}

    /**
     * A room could not be placed.
     *
     * @param room the room
     * @param code what the caller is told, {@link ErrorCode#NO_CAPACITY} for example
     */
    default void placementFailed(RoomId room, ErrorCode code) {}
}
