package io.roomrouting;

import java.util.Optional;

/**
 * What a registry knows of a room.
 *
 * @param room the room
 * @param spec how it was created
 * @param assignment the ownership in force; empty while the room has no living owner
 */
public record RoomRecord(RoomId room, RoomSpec spec, Optional<RoomAssignment> assignment) {}
