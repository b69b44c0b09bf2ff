package io.roomrouting;

import java.util.Map;
import java.util.Set;

/**
 * What the owner of a room says of it: its whole state, but of the seats only the changes.
 *
 * <p>A report that may have got lost is followed by one with a larger number, which has the changes of both.
 *
 * @param room the room
 * @param epoch the ownership under which it is open
 * @param number larger than that of every earlier report of this ownership; 1 or more
 * @param clients how many clients it has, those included whose seats are kept while they are away; 0 or more
 * @param limit how many clients it takes, as its host sees it; 1 or more
 * @param locked whether it takes nobody new
 * @param visibility whether it is listed and matched
 * @param metadata what lists tell of it; at most 16 entries, keys up to 64 and values up to 256 characters
 * @param taken the seats that have been taken, and by whom, since the last report that has certainly arrived; seats that the
 *     directory has not given among them
 * @param freed the seats that have become free since then, or that will not be used; none of them is in {@code taken}
 */
public record RoomReport(
        RoomId room,
        Epoch epoch,
        long number,
        int clients,
        int limit,
        boolean locked,
        RoomVisibility visibility,
        Map<String, String> metadata,
        Map<SeatId, UserId> taken,
        Set<SeatId> freed) {

    /**
     * Checks the bounds and copies the collections.
     *
     * @throws RoutingException.InvalidRequest if a bound is exceeded
     */
    public RoomReport {
        if (number < 1 || clients < 0 || limit < 1) {
            throw RoutingException.invalid("a room report has a number and a limit from 1 and clients from 0 on");
        }
        metadata = BoundedText.copy("room metadata", metadata);
        taken = Map.copyOf(taken);
        freed = Set.copyOf(freed);
    }
}
