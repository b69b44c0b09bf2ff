package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.internal.Hash64;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives hosts that have just joined a growing part of what would be theirs if rooms were shared evenly, and lets another
 * strategy choose among the grown ones.
 *
 * <p>With n hosts that can take the room, one that has lived for a tenth of the warm-up gets about a tenth of 1/n of the
 * rooms. Which ones, is drawn by weight for each room (Efraimidis and Spirakis 2006): the grown hosts together, and each
 * fresh one.
 */
final class WarmUpStrategy implements PlacementStrategy {

    private static final long PURPOSE = Hash64.of("warm-up");

    private final Duration warmUp;
    private final PlacementStrategy within;

    WarmUpStrategy(Duration warmUp, PlacementStrategy within) {
        this.warmUp = warmUp;
        this.within = within;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request, List<HostSnapshot> hosts, long turn) {
        List<HostSnapshot> able = hosts.stream()
                .filter(host -> ScoringStrategy.objection(request, host) == null)
                .toList();
        double grownAt = grownAt(able);
        List<HostSnapshot> fresh =
                able.stream().filter(host -> seconds(host) < grownAt).toList();
        if (fresh.isEmpty()) {
            return within.decide(request, hosts, turn);
        }
        Optional<HostSnapshot> drawn = draw(request.room(), able.size() - fresh.size(), fresh, grownAt);
        PlacementDecision decision =
                drawn.isPresent() ? onFresh(request, hosts, drawn.get(), turn) : onGrown(request, hosts, grownAt, turn);
        return decision.chosen().isPresent() ? decision : within.decide(request, hosts, turn);
    }

    /** When all hosts are young, the oldest one counts as grown: a fleet that has just started shares its rooms too. */
    private double grownAt(List<HostSnapshot> able) {
        double oldest = able.stream().mapToDouble(WarmUpStrategy::seconds).max().orElse(0);
        return Math.min(oldest, warmUp.toNanos() / 1e9);
    }

    private static double seconds(HostSnapshot host) {
        return host.age().toNanos() / 1e9;
    }

    /** The fresh host whose turn it is with this room; empty if it is that of the grown ones. */
    private static Optional<HostSnapshot> draw(RoomId room, int grown, List<HostSnapshot> fresh, double grownAt) {
        double toBeat = luck(Draw.of(room, PURPOSE), grown);
        Comparator<HostSnapshot> byLuck = Comparator.comparingDouble(host -> luck(room, host, grownAt));
        return fresh.stream().max(byLuck).filter(host -> luck(room, host, grownAt) > toBeat);
    }

    private static double luck(RoomId room, HostSnapshot host, double grownAt) {
        return luck(Draw.of(room, PURPOSE ^ host.host().host().hash64()), seconds(host) / grownAt);
    }

    /** The largest of several of these belongs to each with a probability that is proportional to its weight. */
    private static double luck(double draw, double weight) {
        return weight / -Math.log(draw);
    }

    private PlacementDecision onFresh(
            PlacementRequest request, List<HostSnapshot> hosts, HostSnapshot drawn, long turn) {
        PlacementDecision decision = within.decide(request, List.of(drawn), turn);
        return Narrowed.decision(
                "warming-up " + decision.strategy(),
                decision,
                () -> Narrowed.rejections(
                        hosts.stream()
                                .filter(host -> !host.host().equals(drawn.host()))
                                .toList(),
                        host -> because(request, host, "a fresh host has its turn")));
    }

    private PlacementDecision onGrown(PlacementRequest request, List<HostSnapshot> hosts, double grownAt, long turn) {
        Map<Boolean, List<HostSnapshot>> byGrowth =
                hosts.stream().collect(Collectors.partitioningBy(host -> seconds(host) >= grownAt));
        PlacementDecision decision = within.decide(request, byGrowth.getOrDefault(true, List.of()), turn);
        return Narrowed.decision(
                decision.strategy(),
                decision,
                () -> Narrowed.rejections(
                        byGrowth.getOrDefault(false, List.of()),
                        host -> because(request, host, warmingUp(seconds(host) / grownAt))));
    }

    private static String warmingUp(double grown) {
        return "warming up, has " + Math.round(100 * grown) + " % of its share";
    }

    /** Says what stands in the way of a host for good, or else why it is not its turn. */
    private static String because(PlacementRequest request, HostSnapshot host, String notItsTurn) {
        return Objects.requireNonNullElse(ScoringStrategy.objection(request, host), notItsTurn);
    }
}
