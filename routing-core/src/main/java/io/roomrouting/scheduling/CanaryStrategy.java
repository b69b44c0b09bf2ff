package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.PlacementRequest;
import io.roomrouting.internal.Bounds;
import io.roomrouting.internal.Hash64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps a version for a share of the rooms, and the other rooms away from it. */
final class CanaryStrategy implements PlacementStrategy {

    private final String version;
    private final double share;
    private final long purpose;
    private final PlacementStrategy within;

    CanaryStrategy(String version, double share, PlacementStrategy within) {
        Bounds.check("canary share", share, 0.0, 1.0);
        this.version = version;
        this.share = share;
        this.purpose = Hash64.of("canary " + version);
        this.within = within;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request, List<HostSnapshot> hosts, long turn) {
        Map<Boolean, List<HostSnapshot>> byVersion = hosts.stream()
                .collect(Collectors.partitioningBy(
                        host -> version.equals(host.labels().get(HostSnapshot.VERSION))));
        List<HostSnapshot> canaries = byVersion.getOrDefault(true, List.of());
        List<HostSnapshot> others = byVersion.getOrDefault(false, List.of());
        return Draw.of(request.room(), purpose) < share
                ? canaryFirst(request, canaries, others, turn)
                : withoutCanary(request, canaries, others, turn);
    }

    private PlacementDecision canaryFirst(
            PlacementRequest request, List<HostSnapshot> canaries, List<HostSnapshot> others, long turn) {
        PlacementDecision onCanary = within.decide(request, canaries, turn);
        if (onCanary.chosen().isPresent()) {
            return Narrowed.decision(
                    "canary " + version + " " + onCanary.strategy(),
                    onCanary,
                    () -> Narrowed.rejections(others, host -> "the room is for version " + version));
        }
        PlacementDecision elsewhere = within.decide(request, others, turn);
        return Narrowed.decision("without canary " + elsewhere.strategy(), elsewhere, onCanary::rejected);
    }

    private PlacementDecision withoutCanary(
            PlacementRequest request, List<HostSnapshot> canaries, List<HostSnapshot> others, long turn) {
        PlacementDecision decision = within.decide(request, others, turn);
        return Narrowed.decision(
                decision.strategy(), decision, () -> Narrowed.rejections(canaries, host -> forAShareOnly()));
    }

    private String forAShareOnly() {
        return String.format(Locale.ROOT, "version %s is for %.2f %% of the rooms", version, share * 100);
    }
}
