package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.PlacementRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lets the turn choose among the hosts that can take the room. */
final class TurnStrategy implements PlacementStrategy {

    /** Chooses one of the candidates, of which there is at least one. */
    @FunctionalInterface
    interface Picker {
        HostSnapshot pick(List<HostSnapshot> candidates, long turn);
    }

    private static final Comparator<HostSnapshot> BY_NAME =
            Comparator.comparing(host -> host.host().host().value());

    private final String name;
    private final Picker picker;

    TurnStrategy(String name, Picker picker) {
        this.name = name;
        this.picker = picker;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request, List<HostSnapshot> hosts, long turn) {
        List<HostSnapshot> candidates = hosts.stream()
                .filter(host -> ScoringStrategy.objection(request, host) == null)
                .sorted(BY_NAME)
                .toList();
        Optional<HostSnapshot> chosen =
                candidates.isEmpty() ? Optional.empty() : Optional.of(picker.pick(candidates, turn));
        return new PlacementDecision(
                name, chosen, () -> scores(candidates, chosen), () -> ScoringStrategy.rejections(request, hosts));
    }

    /** The chosen host first, with 1; the others with 0. */
    private static List<PlacementDecision.Score> scores(List<HostSnapshot> candidates, Optional<HostSnapshot> chosen) {
        return candidates.stream()
                .sorted(Comparator.comparing(host -> !chosen.equals(Optional.of(host))))
                .map(host -> new PlacementDecision.Score(host.host().host(), chosen.equals(Optional.of(host)) ? 1 : 0))
                .toList();
    }
}
