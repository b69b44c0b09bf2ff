package io.roomrouting;

import java.util.List;
import java.util.Optional;

/**
 * A page of the list of public rooms.
 *
 * @param rooms in the order of the list; perhaps fewer than were asked for, even none, although more follow
 * @param next where the next page begins; empty at the end of the list
 */
public record RoomPage(List<RoomListing> rooms, Optional<RoomId> next) {

    /** Copies the rooms. */
    public RoomPage {
        rooms = List.copyOf(rooms);
    }
}
