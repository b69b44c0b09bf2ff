package io.roomrouting;

/**
 * A room that a host holds while it joins a registry that has lost its memory.
 *
 * @param room the room
 * @param spec how it was created
 * @param epoch the ownership under which the host holds it
 */
public record HeldRoom(RoomId room, RoomSpec spec, Epoch epoch) {}
