package io.roomrouting;

/**
 * A seat of a room that is kept for one user, as a ticket carries it. The host takes each id once.
 *
 * @param id names the reservation
 * @param taken whether the user sits on it already, as far as the directory knows, and may only come back to it; false for a
 *     seat that is reserved and waits to be taken
 */
public record RoomSeat(SeatId id, boolean taken) {}
