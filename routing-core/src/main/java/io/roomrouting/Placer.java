package io.roomrouting;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds an owner for a room: asks the scheduler, claims, and tries the next host while hosts refuse. */
final class Placer {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RoomRegistry registry;
    private final Scheduler scheduler;
    private final int maxAttempts;
    private final RoutingListener listener;

    Placer(RoomRegistry registry, Scheduler scheduler, int maxAttempts, RoutingListener listener) {
        this.registry = registry;
        this.scheduler = scheduler;
        this.maxAttempts = maxAttempts;
        this.listener = listener;
    }

    /**
     * Places a room that has no owner.
     *
     * @return the ownership in force, ours or a rival's; empty if the room is not known any more
     */
    Optional<RoomAssignment> place(RoomRecord room, Deadline deadline) {
        try {
            return tryHosts(room, deadline);
        } catch (RoutingException e) {
            listener.placementFailed(room.room(), e.code());
            throw e;
        }
    }

    private Optional<RoomAssignment> tryHosts(RoomRecord room, Deadline deadline) {
        Set<HostIncarnation> refused = new HashSet<>();
        for (int attempt = 0; attempt < maxAttempts && !deadline.hasPassed(); attempt++) {
            Placement placement = scheduler.place(new PlacementRequest(room.room(), room.spec(), refused, deadline));
            ClaimResult result = registry.claim(new Claim(room.room(), placement));
            if (result instanceof ClaimResult.HostRefused refusal) {
                listener.hostRefused(placement, refusal.why());
                refused.add(placement.host());
            } else {
                return settled(result, placement);
            }
        }
        throw RoutingException.unavailable(
                ErrorCode.NO_CAPACITY, "no host took the room; " + refused.size() + " refused it", RETRY);
    }

    private Optional<RoomAssignment> settled(ClaimResult result, Placement placement) {
        if (result instanceof ClaimResult.Granted granted) {
            listener.roomPlaced(granted.assignment(), placement.reason());
            return Optional.of(granted.assignment());
        }
        if (result instanceof ClaimResult.Held held) {
            listener.raceLost(held.assignment());
            return Optional.of(held.assignment());
        }
        return Optional.empty();
    }
}
