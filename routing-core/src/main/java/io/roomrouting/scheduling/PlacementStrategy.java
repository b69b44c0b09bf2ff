package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.PlacementRequest;
import java.util.List;

/**
 * Chooses one of several hosts: a pure function, so that a decision can be explained, tested and replayed.
 *
 * <p>Whatever a strategy needs of chance or sequence comes from the {@code turn}.
 */
@FunctionalInterface
public interface PlacementStrategy {

    /**
     * Decides.
     *
     * @param request the room and its wishes
     * @param hosts the hosts that may take it, in no particular order; perhaps empty
     * @param turn a number that grows by one with every decision of a scheduler
     * @return the choice among the hosts, with its reasons
     */
    PlacementDecision decide(PlacementRequest request, List<HostSnapshot> hosts, long turn);
}
