package io.roomrouting;

import java.util.Map;

/** How a wish for seats in a room ended. Only {@link Reserved} has changed anything. */
public sealed interface SeatResult {

    /**
     * The room has a living owner, and each of the users may come.
     *
     * @param room the room with its owner
     * @param seats the seat of each user; empty if the room was made without {@link RoomSpec#maxClients()}, where no seats are
     *     counted and nothing was written
     */
    record Reserved(RoomRecord room, Map<UserId, RoomSeat> seats) implements SeatResult {

        /** Copies the seats. */
        public Reserved {
            seats = Map.copyOf(seats);
        }
    }

    /**
     * The room has no living owner: place it, and ask again.
     *
     * @param room the room without an owner
     */
    record Vacant(RoomRecord room) implements SeatResult {}

    /** There are not as many free seats as it would take. */
    record Full() implements SeatResult {}

    /** The room takes nobody new, and not all of the users are in it. */
    record Locked() implements SeatResult {}

    /** The registry knows no such room (any more). */
    record NoSuchRoom() implements SeatResult {}
}
