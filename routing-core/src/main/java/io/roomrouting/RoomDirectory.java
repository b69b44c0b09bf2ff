package io.roomrouting;

import java.util.Optional;
import java.util.Set;

/**
 * What a lobby needs of a registry: which public rooms there are, and seats in rooms that are kept for users until they come.
 *
 * <p>Implemented by the {@link RoomRegistry} that knows the rooms. Every method is atomic and safe for many threads and
 * processes, may block, and throws {@link RoutingException.Unavailable} with {@link ErrorCode#REGISTRY_UNAVAILABLE} when the
 * registry is out of reach. Only the registry's own clock decides when a reservation has ended.
 *
 * <p><b>Listed</b> are the rooms that are public and have a living owner. Public is a room as its newest report says, or else
 * as it was made; the same holds for its metadata. Both outlive an owner, until the next one reports.
 *
 * <p><b>Seats.</b> A room's limit is the smaller one of {@link RoomSpec#maxClients()} and the {@link RoomReport#limit()} that
 * its owner has reported. Its free seats are the limit less the reported clients less the reservations, never less than none;
 * a room of which no limit is known has as many as anybody wants. Seats are reserved in rooms that were made with
 * {@code maxClients}, in no others. A reservation ends when it is cancelled, when its time is over, or when a report has it
 * among the freed ones; when a report has it among the taken ones, it becomes a taken seat, which is counted as a client and
 * remembered, with its user, until a report has it among the freed ones. All seats, the number of clients, a reported limit and
 * a lock end with the ownership under which they came about: under a new epoch a room is empty and open until its owner says
 * otherwise.
 */
public interface RoomDirectory extends RoomReports {

    /**
     * Lists public rooms, page by page, in an order that never changes and means nothing. A room that is listed all the time
     * while somebody leafs through the pages is seen exactly once, whatever comes and goes meanwhile.
     *
     * @param query which rooms and which page
     * @return the page
     */
    RoomPage list(RoomQuery query);

    /**
     * Finds a room and reserves a seat in it for each of the users, or for none of them; public or not.
     *
     * <p>Each user gets, in this order: his reservation, renewed, under the same id; a new one in a free seat; the taken seat
     * that he has already, to come back to. Users who have neither go before those who have a taken seat, where free seats do
     * not suffice for both. In a locked room a user gets the taken seat that he has, or else nobody gets any.
     *
     * <p>Post-conditions: free seats never become less than none by a reservation; unless it was
     * {@link SeatResult.Reserved}, nothing has changed. In a room made without {@code maxClients} nothing is written and
     * nobody refused, locked or not: only its host knows who is in it.
     *
     * @param room the room
     * @param wish for whom, and for how long
     * @return the seats, or why there are none
     */
    SeatResult reserve(RoomId room, SeatWish wish);

    /**
     * Chooses a listed, unlocked room that fits and in which every one of the users can have a seat, and reserves them. First
     * comes a room in which all of them have reservations already (these are renewed), then the room with the fewest free
     * seats, last those without a known limit, the one with the most clients first. Taken seats do not count here: each user
     * without a reservation needs a free seat. A room in which somebody else is reserving at this moment may be passed over.
     *
     * @param match which room
     * @param wish for whom, and for how long
     * @return the room with its owner, and the seats; empty if no room fits
     */
    Optional<SeatResult.Reserved> match(RoomMatch match, SeatWish wish);

    /**
     * Ends reservations. Does nothing to seats that have been taken, or are not known (any more).
     *
     * @param room the room
     * @param seats which ones
     */
    void cancel(RoomId room, Set<SeatId> seats);

    /**
     * Says whether calls can wait for something outside this process.
     *
     * @return false only if no method ever waits
     */
    default boolean mayBlock() {
        return true;
    }
}
