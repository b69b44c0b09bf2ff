package io.roomrouting.agones;

/**
 * What a counter of a game server says.
 *
 * @param count how many rooms it counts
 * @param capacity how many it may count
 */
public record RoomCount(long count, long capacity) {}
