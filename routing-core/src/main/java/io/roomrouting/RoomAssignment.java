package io.roomrouting;

/**
 * An ownership: this incarnation of a host holds this room under this epoch.
 *
 * <p>It is in force as long as the registry says so; a host that holds one must also check its own lease.
 *
 * @param room the room
 * @param owner the host's life that owns it
 * @param address where clients reach the owner
 * @param epoch the ownership's number
 */
public record RoomAssignment(RoomId room, HostIncarnation owner, HostAddress address, Epoch epoch) {}
