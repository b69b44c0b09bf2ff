package io.roomrouting.scheduling;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoutingException;
import io.roomrouting.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Places rooms on the hosts that have registered themselves in a {@link HostRegistry}, for fleets of any size and any number
 * of backends, each with a scheduler of its own.
 *
 * <p><b>Which host.</b> Of those that have the labels which the room needs, those of its region if any of them can; of these,
 * those of the version that is meant for the room ({@link PlacementStrategies#canary}); of these, fresh ones only as far as it
 * is their turn ({@link PlacementStrategies#warmingUp}); of these, whichever the strategy chooses. {@link #explain} tells why.
 *
 * <p><b>What it knows.</b> A list of hosts that is at most {@link FleetSchedulerBuilder#maxListAge} old, or a little older
 * while one caller fetches the next. What has become of this scheduler's own placements is known better: each counts on its
 * host at once, so that a burst spreads, and a host that refused a room is left out until the next list. When the registry does
 * not answer, the last list serves for {@link FleetSchedulerBuilder#outageTolerance}; then callers get
 * {@link ErrorCode#SCHEDULER_UNAVAILABLE}. All this is only an opinion: the claim decides.
 *
 * <p>Thread-safe, starts no thread, nothing to close. Waits for nothing but the registry's list, about once for each time that
 * the list grows too old.
 */
public final class FleetScheduler implements Scheduler {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final FleetHosts hosts;
    private final PlacementStrategy strategy;
    private final AtomicLong turns = new AtomicLong();

    FleetScheduler(FleetSchedulerBuilder builder) {
        hosts = new FleetHosts(builder.registry, builder.time, builder.maxListAge, builder.outageTolerance);
        strategy = builder.composed();
    }

    /**
     * Starts to describe a scheduler.
     *
     * @param registry knows which hosts live
     * @return a builder with all defaults
     */
    public static FleetSchedulerBuilder builder(HostRegistry registry) {
        return new FleetSchedulerBuilder(registry);
    }

    @Override
    public Placement place(PlacementRequest request) {
        hosts.refused(request.excluded());
        PlacementDecision decision = decide(request, turns.getAndIncrement());
        HostSnapshot host = decision.chosen().orElseThrow(() -> noCapacity(decision));
        hosts.placed(host.host());
        return new Placement(host.host(), host.address(), Optional.empty(), decision.summary());
    }

    /**
     * Says where a room would be placed now, and why. Places nothing and counts nothing.
     *
     * @param request the room and its wishes
     * @return the decision, with every host that was weighed or passed over
     * @throws RoutingException.Unavailable with {@link ErrorCode#SCHEDULER_UNAVAILABLE} when the hosts are not known
     */
    public PlacementDecision explain(PlacementRequest request) {
        return decide(request, turns.get());
    }

    private PlacementDecision decide(PlacementRequest request, long turn) {
        Deadline deadline = request.deadline();
        FleetView.Content known = hosts.current(deadline);
        PlacementDecision decision = strategy.decide(request, known.usable(), turn);
        return known.refusing().isEmpty()
                ? decision
                : Narrowed.decision(
                        decision.strategy(),
                        decision,
                        () -> Narrowed.rejections(known.refusing(), host -> "has just refused a room"));
    }

    @Override
    public boolean mayBlock() {
        return hosts.mayBlock();
    }

    private static RoutingException noCapacity(PlacementDecision decision) {
        boolean nobody = decision.rejected().isEmpty();
        return RoutingException.unavailable(
                ErrorCode.NO_CAPACITY,
                nobody ? "no session host is alive" : "no session host can take the room",
                RETRY_AFTER,
                new IllegalStateException(decision.reason()));
    }
}
