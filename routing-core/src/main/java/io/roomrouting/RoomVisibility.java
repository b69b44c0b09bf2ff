package io.roomrouting;

/** Who can come across a room. */
public enum RoomVisibility {
    /** Whoever knows its id; it stands in no list and is never matched. */
    PRIVATE,
    /** Everybody who may look into the {@link RoomDirectory}: it is listed and matched, and its id is no secret. */
    PUBLIC
}
