package io.roomrouting.scheduling;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoutingException;
import io.roomrouting.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Places rooms on the living hosts of a registry, by a {@link PlacementStrategy}. Thread-safe; waits for nothing but the
 * registry.
 */
public final class LocalScheduler implements Scheduler {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final HostRegistry hosts;
    private final PlacementStrategy strategy;
    private final AtomicLong turns = new AtomicLong();

    /**
     * Places rooms by {@link PlacementStrategies#leastLoaded()}, in the wanted region if possible.
     *
     * @param hosts knows which hosts live
     */
    public LocalScheduler(HostRegistry hosts) {
        this(hosts, PlacementStrategies.regionAware(PlacementStrategies.leastLoaded()));
    }

    /**
     * Places rooms by a strategy.
     *
     * @param hosts knows which hosts live
     * @param strategy chooses
     */
    public LocalScheduler(HostRegistry hosts, PlacementStrategy strategy) {
        this.hosts = hosts;
        this.strategy = strategy;
    }

    @Override
    public Placement place(PlacementRequest request) {
        List<HostSnapshot> living = hosts.list();
        PlacementDecision decision = strategy.decide(request, living, turns.getAndIncrement());
        HostSnapshot host = decision.chosen().orElseThrow(() -> noCapacity(living, decision));
        return new Placement(host.host(), host.address(), Optional.empty(), decision.summary());
    }

    @Override
    public boolean mayBlock() {
        return hosts.mayBlock();
    }

    private static RoutingException noCapacity(List<HostSnapshot> living, PlacementDecision decision) {
        String why = living.isEmpty() ? "no session host is alive" : "no session host can take the room";
        return RoutingException.unavailable(
                ErrorCode.NO_CAPACITY, why, RETRY_AFTER, new IllegalStateException(decision.reason()));
    }
}
