package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.PlacementRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks another strategy about the hosts of the wanted region first, and about all others if none of them can. */
final class RegionAwareStrategy implements PlacementStrategy {

    private final PlacementStrategy within;

    RegionAwareStrategy(PlacementStrategy within) {
        this.within = within;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request, List<HostSnapshot> hosts, long turn) {
        Optional<String> wanted = request.spec().region();
        if (wanted.isEmpty()) {
            return within.decide(request, hosts, turn);
        }
        List<HostSnapshot> near =
                hosts.stream().filter(host -> host.region().equals(wanted)).toList();
        List<HostSnapshot> far =
                hosts.stream().filter(host -> !host.region().equals(wanted)).toList();
        PlacementDecision inRegion = within.decide(request, near, turn);
        return inRegion.chosen().isPresent()
                ? passingOver(inRegion, far, "another region than " + wanted.get())
                : elsewhere(within.decide(request, far, turn), inRegion);
    }

    private static PlacementDecision passingOver(PlacementDecision decision, List<HostSnapshot> others, String reason) {
        return new PlacementDecision(
                name(decision),
                decision.chosen(),
                decision::scores,
                () -> Stream.concat(
                                decision.rejected().stream(),
                                others.stream()
                                        .map(host -> new PlacementDecision.Rejection(
                                                host.host().host(), reason)))
                        .toList());
    }

    private static PlacementDecision elsewhere(PlacementDecision decision, PlacementDecision inRegion) {
        return new PlacementDecision(
                name(decision),
                decision.chosen(),
                decision::scores,
                () -> Stream.concat(inRegion.rejected().stream(), decision.rejected().stream())
                        .toList());
    }

    private static String name(PlacementDecision decision) {
        return "region-aware " + decision.strategy();
    }
}
