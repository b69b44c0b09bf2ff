package io.roomrouting.scheduling;

import io.roomrouting.HostId;
import io.roomrouting.HostSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * A choice and its reasons.
 *
 * @param strategy the strategy's name, for example {@code least-loaded}
 * @param chosen the host, empty if none can take the room
 * @param scores the hosts that were weighed, best first
 * @param rejected the hosts that were passed over, and why
 */
public record PlacementDecision(
        String strategy, Optional<HostSnapshot> chosen, List<Score> scores, List<Rejection> rejected) {

    /** Copies the lists. */
    public PlacementDecision {
        scores = List.copyOf(scores);
        rejected = List.copyOf(rejected);
    }

    /**
     * A host that could take the room.
     *
     * @param host the host
     * @param value higher is better; comparable only within one decision
     */
    public record Score(HostId host, double value) {}

    /**
     * A host that could not.
     *
     * @param host the host
     * @param reason in a few words, for example {@code draining}
     */
    public record Rejection(HostId host, String reason) {}
}
