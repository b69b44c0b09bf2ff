package io.roomrouting;

import java.util.Set;

/**
 * Which public room is looked for.
 *
 * @param filter which rooms fit
 * @param except rooms that are not wanted, at most {@link #MAX_EXCEPT}
 */
public record RoomMatch(RoomFilter filter, Set<RoomId> except) {

    /** How many rooms can be ruled out. */
    public static final int MAX_EXCEPT = 16;

    /**
     * Checks the bounds and copies the rooms.
     *
     * @throws RoutingException.InvalidRequest if a bound is exceeded
     */
    public RoomMatch {
        except = Set.copyOf(except);
        if (except.size() > MAX_EXCEPT) {
            throw RoutingException.invalid("at most " + MAX_EXCEPT + " rooms can be ruled out");
        }
    }

    /**
     * Looks for any room that fits.
     *
     * @param filter which rooms fit
     * @return the match
     */
    public static RoomMatch of(RoomFilter filter) {
        return new RoomMatch(filter, Set.of());
    }
}
