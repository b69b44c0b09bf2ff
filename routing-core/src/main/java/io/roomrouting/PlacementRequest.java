package io.roomrouting;

import java.util.Set;

/**
 * A room that needs a host.
 *
 * @param room the room
 * @param spec its wishes
 * @param excluded lives of hosts that have refused it within this request
 * @param deadline when the answer must be there
 */
public record PlacementRequest(RoomId room, RoomSpec spec, Set<HostIncarnation> excluded, Deadline deadline) {

    /** Copies the set. */
    public PlacementRequest {
        excluded = Set.copyOf(excluded);
    }
}
