package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.PlacementRequest;
import io.roomrouting.internal.Hash64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives every host that can take the room a score and chooses the best; equals are told apart by a hash of room and host,
 * so that they share the rooms and the result is the same everywhere.
 */
final class ScoringStrategy implements PlacementStrategy {

    /** How good a host is for a room; higher is better. */
    @FunctionalInterface
    interface Scorer {
        double score(long roomHash, HostSnapshot host);
    }

    private final String name;
    private final Scorer scorer;

    ScoringStrategy(String name, Scorer scorer) {
        this.name = name;
        this.scorer = scorer;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request, List<HostSnapshot> hosts, long turn) {
        long room = Hash64.of(request.room().value());
        HostSnapshot best = null;
        double bestScore = 0;
        for (HostSnapshot host : hosts) {
            if (objection(request, host) == null) {
                double score = scorer.score(room, host);
                if (best == null || isBetter(room, score, host, bestScore, best)) {
                    best = host;
                    bestScore = score;
                }
            }
        }
        return new PlacementDecision(
                name, Optional.ofNullable(best), () -> scores(request, hosts, room), () -> rejections(request, hosts));
    }

    private static boolean isBetter(long room, double score, HostSnapshot host, double bestScore, HostSnapshot best) {
        int order = Double.compare(score, bestScore);
        return order > 0 || (order == 0 && affinity(room, host) > affinity(room, best));
    }

    private List<PlacementDecision.Score> scores(PlacementRequest request, List<HostSnapshot> hosts, long room) {
        Comparator<HostSnapshot> worstFirst = Comparator.<HostSnapshot>comparingDouble(h -> scorer.score(room, h))
                .thenComparingLong(h -> affinity(room, h));
        return hosts.stream()
                .filter(host -> objection(request, host) == null)
                .sorted(worstFirst.reversed())
                .map(host -> new PlacementDecision.Score(host.host().host(), scorer.score(room, host)))
                .toList();
    }

    /** The weight of highest-random-weight (rendezvous) hashing, Thaler and Ravishankar 1998. */
    static long affinity(long room, HostSnapshot host) {
        return Hash64.mix(room ^ host.host().host().hash64());
    }

    /** Why a host cannot take the room, or null if it can. */
    static @Nullable String objection(PlacementRequest request, HostSnapshot host) {
        if (host.state() == HostState.DRAINING) {
            return "draining";
        }
        if (!host.hasSpace()) {
            return "full";
        }
        return request.excluded().contains(host.host()) ? "has just refused it" : null;
    }

    static List<PlacementDecision.Rejection> rejections(PlacementRequest request, List<HostSnapshot> hosts) {
        return hosts.stream()
                .filter(host -> objection(request, host) != null)
                .map(host ->
                        new PlacementDecision.Rejection(host.host().host(), String.valueOf(objection(request, host))))
                .toList();
    }
}
