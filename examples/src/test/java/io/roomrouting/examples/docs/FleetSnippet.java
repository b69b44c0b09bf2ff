package io.roomrouting.examples.docs;

import io.roomrouting.HostRegistry;
import io.roomrouting.PlacementRequest;
import io.roomrouting.Scheduler;
import io.roomrouting.scheduling.FallbackScheduler;
import io.roomrouting.scheduling.FleetScheduler;
import io.roomrouting.scheduling.PlacementDecision;
import io.roomrouting.scheduling.PlacementStrategies;
import io.roomrouting.scheduling.PlacementStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What docs/scheduling.md shows. */
final class FleetSnippet {

    private FleetSnippet() {}

    static FleetScheduler fleet(HostRegistry registry) {
        // tag::fleet[]
        FleetScheduler fleet = FleetScheduler.builder(registry)
                .requireLabel("stage", "live")
                .requireLabelFor("video", "gpu", "yes")
                .canary("2.0", 0.05)
                .warmUp(Duration.ofMinutes(1))
                .build();
        // end::fleet[]
        return fleet;
    }

    static List<PlacementDecision.Rejection> why(FleetScheduler fleet, PlacementRequest request) {
        // tag::explain[]
        PlacementDecision decision = fleet.explain(request);
        String line = decision.reason();
        List<PlacementDecision.Rejection> passedOver = decision.rejected();
        // end::explain[]
        return line.isEmpty() ? List.of() : passedOver;
    }

    static PlacementStrategy composed() {
        // tag::strategy[]
        PlacementStrategy inTokyo = PlacementStrategies.labelled(
                Map.of("region", "Tokyo"),
                PlacementStrategies.warmingUp(Duration.ofMinutes(1), PlacementStrategies.rendezvous()));
        // end::strategy[]
        return inTokyo;
    }

    static Scheduler chain(Scheduler fleet, Scheduler provider) {
        // tag::fallback[]
        Scheduler scheduler = FallbackScheduler.builder()
                .then("own fleet", fleet)
                .then("provider", provider)
                .loyalty(Duration.ofSeconds(30))
                .circuit(3, Duration.ofSeconds(5))
                .build();
        // end::fallback[]
        return scheduler;
    }
}
