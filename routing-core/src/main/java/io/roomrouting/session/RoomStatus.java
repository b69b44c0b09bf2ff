package io.roomrouting.session;

import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import java.time.Duration;
import java.util.Map;

/**
 * How an open room is doing; a snapshot.
 *
 * @param assignment the ownership under which it is open here
 * @param spec how it was created
 * @param clients how many sessions it has, those included whose connection is away and may come back
 * @param limit how many it takes
 * @param locked whether it takes nobody new
 * @param visibility whether it is listed and matched
 * @param metadata what lists tell of it
 * @param openFor how long it has been open on this host
 */
public record RoomStatus(
        RoomAssignment assignment,
        RoomSpec spec,
        int clients,
        int limit,
        boolean locked,
        RoomVisibility visibility,
        Map<String, String> metadata,
        Duration openFor) {

    /** Copies the metadata. */
    public RoomStatus {
        metadata = Map.copyOf(metadata);
    }
}
