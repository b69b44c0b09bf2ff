package io.roomrouting;

/**
 * A wish to make a host the owner of a room that has no living one.
 *
 * @param room the room, already known to the registry
 * @param placement the host that shall own it
 */
public record Claim(RoomId room, Placement placement) {}
