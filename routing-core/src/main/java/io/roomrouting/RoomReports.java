package io.roomrouting;

import java.util.List;

/**
 * The hosts' half of a {@link RoomDirectory}: takes what the owners of rooms say of them.
 *
 * <p>Called off the data path, by one thread of a host at a time; may block.
 */
@FunctionalInterface
public interface RoomReports {

    /** How many rooms one call reports at most. */
    int MAX_ROOMS = 1_000;

    /**
     * Works in what a host says of its rooms, each report by itself. Passes over those of rooms whose newest ownership is not
     * this host's under the report's epoch, and those whose number is not larger than that of the last one of this ownership.
     *
     * @param host the life of the host that owns the rooms
     * @param reports at most {@link #MAX_ROOMS}
     * @throws RoutingException.InvalidRequest if there are more
     * @throws RoutingException.Unavailable with {@link ErrorCode#REGISTRY_UNAVAILABLE} if the directory cannot be told;
     *     perhaps some reports have arrived, and all may be sent again
     */
    void report(HostIncarnation host, List<RoomReport> reports);
}
