package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.internal.Hash64;
import java.util.List;

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
