package io.roomrouting;

import java.time.Duration;
import java.util.Set;

/**
 * For whom seats are wanted in one room, and for how long they are kept: all of them get one, or nobody does.
 *
 * @param users one, or a group that stays together; at most {@link #MAX_USERS}
 * @param hold how long a reservation lasts unless it is used or renewed, by the registry's clock: 10 ms to 1 h. Longer than a
 *     ticket lives, or a client comes too late for its seat.
 */
public record SeatWish(Set<UserId> users, Duration hold) {

    /** The largest group. */
    public static final int MAX_USERS = 100;

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Checks the bounds and copies the users.
     *
     * @throws RoutingException.InvalidRequest if a bound is exceeded
     */
    public SeatWish {
        users = Set.copyOf(users);
        if (users.isEmpty() || users.size() > MAX_USERS) {
            throw RoutingException.invalid("seats are reserved for 1 to " + MAX_USERS + " users at a time");
        }
        if (hold.compareTo(SHORTEST) < 0 || hold.compareTo(LONGEST) > 0) {
            throw RoutingException.invalid("a seat is held for 10 ms to 1 h");
        }
    }

    /**
     * Wants a seat for one user.
     *
     * @param user the user
     * @param hold how long the reservation lasts
     * @return the wish
     */
    public static SeatWish of(UserId user, Duration hold) {
        return new SeatWish(Set.of(user), hold);
    }
}
