package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.internal.Hash64;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The built-in strategies. All pass over hosts that drain, are full, or have just refused the room.
 *
 * <p>Which one: {@link #leastLoaded()} when one backend places (it sees every claim at once), {@link #powerOfTwo()} when
 * many do (they do not all run to the same host), {@link #rendezvous()} when a room should come back to the host that may
 * still have its data warm.
 */
public final class PlacementStrategies {

    private PlacementStrategies() {}

    /**
     * Rendezvous hashing: a room always goes to the same host while that lives, and a host that comes or goes moves only
     * the rooms that it gains or loses.
     *
     * @return the strategy {@code rendezvous}
     */
    public static PlacementStrategy rendezvous() {
        return new ScoringStrategy("rendezvous", (room, host) -> ScoringStrategy.affinity(room, host));
    }

    /**
     * The host that is used least, by {@link HostSnapshot#utilisation()}; its score is the share that is free.
     *
     * @return the strategy {@code least-loaded}
     */
    public static PlacementStrategy leastLoaded() {
        return new ScoringStrategy("least-loaded", (room, host) -> 1 - host.utilisation());
    }

    /**
     * The less used one of two hosts that chance names: nearly as even as {@link #leastLoaded()}, and stable when many
     * decide at once by slightly old numbers (Mitzenmacher 2001).
     *
     * @return the strategy {@code power-of-two}
     */
    public static PlacementStrategy powerOfTwo() {
        return new TurnStrategy("power-of-two", PlacementStrategies::lessUsedOfTwo);
    }

    /**
     * One host after the other, by name.
     *
     * @return the strategy {@code round-robin}
     */
    public static PlacementStrategy roundRobin() {
        return new TurnStrategy(
                "round-robin", (candidates, turn) -> candidates.get(Math.floorMod(turn, candidates.size())));
    }

    /**
     * The hosts whose {@code region} label is the room's wish, if any of them can take it; otherwise the others.
     *
     * @param within chooses among them
     * @return the strategy {@code region-aware …}
     */
    public static PlacementStrategy regionAware(PlacementStrategy within) {
        return new RegionAwareStrategy(within);
    }

    /**
     * The hosts that have certain labels, and no others.
     *
     * @param labels what a host must have, for example {@code gpu=yes}
     * @param within chooses among them
     * @return the strategy
     */
    public static PlacementStrategy labelled(Map<String, String> labels, PlacementStrategy within) {
        Map<String, String> needed = Map.copyOf(labels);
        return new LabelStrategy(spec -> needed, within);
    }

    /**
     * The hosts that have the labels which rooms of a type need, and no others. Types that are not named need none.
     *
     * @param labelsByType what a host must have to take a room of each type
     * @param within chooses among them
     * @return the strategy
     */
    public static PlacementStrategy labelledByType(
            Map<String, Map<String, String>> labelsByType, PlacementStrategy within) {
        Map<String, Map<String, String>> needed = labelsByType.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, type -> Map.copyOf(type.getValue())));
        return new LabelStrategy(spec -> needed.getOrDefault(spec.type(), Map.of()), within);
    }

    /**
     * A share of the rooms goes to hosts whose {@code version} label is a new one, all others to the other hosts.
     *
     * <p>Whether a room is among them depends on its id and the version only, so that it stays so when the room is placed
     * again, and that a larger share contains a smaller one. When no host of the new version can take such a room, the
     * others do. The other rooms never go to the new version, even if it alone has space: a fault in it harms that share
     * and no more. End the canary when all hosts run the version.
     *
     * @param version the label
     * @param share 0 to 1
     * @param within chooses among the hosts on either side
     * @return the strategy {@code canary …}
     * @throws IllegalArgumentException if the share is out of bounds
     */
    public static PlacementStrategy canary(String version, double share, PlacementStrategy within) {
        return new CanaryStrategy(version, share, within);
    }

    /**
     * Hosts that have just joined get a part of their share (one of n hosts: 1/n of the rooms) that grows with their
     * {@link HostSnapshot#age()}, so that one whose caches are cold is not given everything because it is the emptiest.
     * While all are young, the oldest counts as grown. A fresh host still takes a room that nobody else can.
     *
     * @param warmUp how long it takes until a host is like the others
     * @param within chooses among the others
     * @return the strategy {@code warming-up …}
     */
    public static PlacementStrategy warmingUp(Duration warmUp, PlacementStrategy within) {
        return new WarmUpStrategy(warmUp, within);
    }

    private static HostSnapshot lessUsedOfTwo(List<HostSnapshot> candidates, long turn) {
        int size = candidates.size();
        long chance = Hash64.mix(turn);
        int first = Math.floorMod(chance, size);
        int second = (first + 1 + Math.floorMod(chance >>> 32, Math.max(1, size - 1))) % size;
        HostSnapshot one = candidates.get(first);
        HostSnapshot other = candidates.get(second);
        return one.utilisation() <= other.utilisation() ? one : other;
    }
}
