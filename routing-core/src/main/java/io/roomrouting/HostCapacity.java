package io.roomrouting;

/**
 * What a host takes at most.
 *
 * <p>The registry holds both limits in the same step in which it grants a claim. Rooms are counted exactly. Connections are
 * those of the host's last report, and one for each claim that was granted since, because whoever asked for the room is on
 * the way. What is expected is forgotten with the next report, come or not, and whatever has become of the rooms; the host's
 * own limit ({@link io.roomrouting.session.SessionLimits}) is the last guard. A host that is full in either gets no new room.
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
