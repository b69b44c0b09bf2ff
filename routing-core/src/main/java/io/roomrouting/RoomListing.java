package io.roomrouting;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What a list says of a public room.
 *
 * @param room the room
 * @param spec how it was made
 * @param metadata as its owner has last reported it, or else as it was made
 * @param clients how many clients it has, as its owner has last reported
 * @param freeSeats how many seats are neither taken nor reserved, 0 or more; empty if no limit is known
 * @param locked whether it takes nobody new
 */
public record RoomListing(
        RoomId room, RoomSpec spec, Map<String, String> metadata, int clients, OptionalInt freeSeats, boolean locked) {

    /** Copies the metadata. */
    public RoomListing {
        metadata = Map.copyOf(metadata);
    }
}
