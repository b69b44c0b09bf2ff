package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.PlacementRequest;
import java.util.List;
import java.util.Optional;

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
        if (inRegion.chosen().isPresent()) {
            return Narrowed.decision(
                    name(inRegion),
                    inRegion,
                    () -> Narrowed.rejections(far, host -> "another region than " + wanted.get()));
        }
        PlacementDecision elsewhere = within.decide(request, far, turn);
        return Narrowed.decision(name(elsewhere), elsewhere, inRegion::rejected);
    }

    private static String name(PlacementDecision decision) {
        return "region-aware " + decision.strategy();
    }
}
