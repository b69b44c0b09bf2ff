package io.roomrouting;

/**
 * What a host takes at most.
 *
 * @param rooms rooms, 1 or more
 * @param connections connections, 1 or more
 */
public record HostCapacity(int rooms, int connections) {

    /**
     * Checks the range.
     *
     * @throws RoutingException.InvalidRequest if a bound is not positive
     */
    public HostCapacity {
        if (rooms < 1 || connections < 1) {
            throw RoutingException.invalid("a host's capacity is at least one room and one connection");
        }
    }
}
