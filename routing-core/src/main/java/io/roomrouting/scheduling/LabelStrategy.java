package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lets another strategy choose among the hosts that have the labels which a room needs. */
final class LabelStrategy implements PlacementStrategy {

    private final Function<RoomSpec, Map<String, String>> needed;
    private final PlacementStrategy within;

    LabelStrategy(Function<RoomSpec, Map<String, String>> needed, PlacementStrategy within) {
        this.needed = needed;
        this.within = within;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request, List<HostSnapshot> hosts, long turn) {
        Map<String, String> labels = needed.apply(request.spec());
        if (labels.isEmpty()) {
            return within.decide(request, hosts, turn);
        }
        List<HostSnapshot> fitting =
                hosts.stream().filter(host -> missing(labels, host).isEmpty()).toList();
        PlacementDecision decision = within.decide(request, fitting, turn);
        return Narrowed.decision(
                decision.strategy(),
                decision,
                () -> hosts.stream()
                        .flatMap(host -> missing(labels, host).stream()
                                .map(reason -> new PlacementDecision.Rejection(
                                        host.host().host(), reason)))
                        .toList());
    }

    /** What a host lacks, in a few words. */
    private static Optional<String> missing(Map<String, String> labels, HostSnapshot host) {
        return labels.entrySet().stream()
                .filter(label -> !label.getValue().equals(host.labels().get(label.getKey())))
                .map(label -> label.getKey() + " is not " + label.getValue())
                .sorted()
                .findFirst();
    }
}
