package io.roomrouting;

import java.util.Optional;

/**
 * Which page of the public rooms is wanted.
 *
 * @param filter which rooms
 * @param freeSeats how many free seats a room must have, 0 to {@link SeatWish#MAX_USERS}; from 1 on locked rooms are left out,
 *     with 0 full and locked rooms are in the list, too
 * @param after where the last page ended: {@link RoomPage#next()}; empty for the first page
 * @param limit how many rooms at most, 1 to {@link #MAX_LIMIT}
 */
public record RoomQuery(RoomFilter filter, int freeSeats, Optional<RoomId> after, int limit) {

    /** The longest page. */
    public static final int MAX_LIMIT = 100;

    /**
     * Checks the bounds.
     *
     * @throws RoutingException.InvalidRequest if a bound is exceeded
     */
    public RoomQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw RoutingException.invalid("limit is 1 to " + MAX_LIMIT);
        }
        if (freeSeats < 0 || freeSeats > SeatWish.MAX_USERS) {
            throw RoutingException.invalid("the number of free seats is 0 to " + SeatWish.MAX_USERS);
        }
    }

    /**
     * Wants the first page of the rooms that one more can enter.
     *
     * @param filter which rooms
     * @param limit how many at most
     * @return the query
     */
    public static RoomQuery first(RoomFilter filter, int limit) {
        return new RoomQuery(filter, 1, Optional.empty(), limit);
    }

    /**
     * Wants the page that follows.
     *
     * @param cursor where the last page ended
     * @return the query
     */
    public RoomQuery from(RoomId cursor) {
        return new RoomQuery(filter, freeSeats, Optional.of(cursor), limit);
    }
}
