package io.roomrouting.testkit.sim;

import io.roomrouting.HostCapacity;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.WhenDraining;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What a run consists of. {@link #of} derives everything from the seed; every seed has another mixture of troubles, since
 * some bugs only show where others do not get in the way.
 *
 * @param seed everything that chance decides in the run follows from it
 * @param troubles which faults and conditions there are, in the order of the enumeration
 * @param routers how many routers
 * @param hosts how many hosts
 * @param clients how many clients
 * @param rooms how many rooms
 * @param restlessness the percentage of moments at which a client leaves for a while instead of saying something
 * @param roomLimit how many clients a room takes, with {@link Trouble#TIGHT_ROOMS}
 * @param capacity what a host takes
 * @param lease how long a lease lasts
 * @param settleTime how long a registry without memory waits for hosts
 * @param unconfirmedClaimLife how long a claim holds that its host has not confirmed
 * @param roomSettings the rooms' settings
 * @param drainSpread over how long a draining host spreads its clients' return
 * @param callTimeout how long a caller waits for the registry
 * @param network what happens to messages
 * @param faultsFrom when the faults begin
 * @param faultsUntil when all faults are over
 * @param betweenFaults the mean time between two faults
 */
public record SimulationConfig(
        long seed,
        List<Trouble> troubles,
        int routers,
        int hosts,
        int clients,
        int rooms,
        int restlessness,
        int roomLimit,
        HostCapacity capacity,
        Duration lease,
        Duration settleTime,
        Duration unconfirmedClaimLife,
        RoomSettings roomSettings,
        Duration drainSpread,
        Duration callTimeout,
        NetworkConditions network,
        Duration faultsFrom,
        Duration faultsUntil,
        Duration betweenFaults) {

    /** What the slowest chain of retries takes besides leases and settling. */
    private static final Duration RETRIES = Duration.ofSeconds(20);

    /** How long clients must have been served on at the end. */
    private static final Duration LAST_PART = Duration.ofSeconds(8);

    /** Copies the list. */
    public SimulationConfig {
        troubles = List.copyOf(troubles);
    }

    /**
     * Derives a run from a seed.
     *
     * @param seed any number
     * @return the same for the same seed
     */
    public static SimulationConfig of(long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        List<Trouble> troubles = mixture(random);
        Duration lease = millis(random, 3_000, 8_000);
        int rooms = random.nextInt(1, 5);
        int clients = random.nextInt(2, 7);
        boolean tightHosts = troubles.contains(Trouble.TIGHT_HOSTS);
        return new SimulationConfig(
                seed,
                troubles,
                random.nextInt(1, 3),
                random.nextInt(2, 4),
                clients,
                rooms,
                random.nextInt(1, 12),
                random.nextInt(1, 4),
                tightHosts
                        ? new HostCapacity(random.nextInt(1, 4), random.nextInt(1, 6))
                        : new HostCapacity(100, 1_000),
                lease,
                lease.plus(millis(random, 0, 3_000)),
                millis(random, 3_000, 60_000),
                roomSettings(random),
                millis(random, 1, 3_000),
                millis(random, 1_000, 4_000),
                network(troubles, random),
                Duration.ofSeconds(4),
                millis(random, 25_000, 45_000),
                millis(random, 1_000, 5_000));
    }

    private static List<Trouble> mixture(SplittableRandom random) {
        int share = random.nextInt(15, 85);
        List<Trouble> troubles = Arrays.stream(Trouble.values())
                .filter(trouble -> random.nextInt(100) < share)
                .collect(Collectors.toCollection(ArrayList::new));
        // A suspended machine whose wall clock is also set back has no clock left that tells.
        without(troubles, Trouble.SUSPEND, Trouble.CLOCK_SET);
        // A host that serves on without a lease may hold a room that a registry without memory has just given away.
        without(troubles, Trouble.AVAILABLE, Trouble.REGISTRY_RESTART);
        return troubles;
    }

    private static void without(List<Trouble> troubles, Trouble together, Trouble with) {
        if (troubles.contains(together)) {
            troubles.remove(with);
        }
    }

    private static RoomSettings roomSettings(SplittableRandom random) {
        return RoomSettings.defaults()
                .withIdleTimeout(millis(random, 0, 4_000))
                .withResume(millis(random, 1_000, 12_000), random.nextInt(4, 60))
                .withSaveInterval(random.nextInt(4) == 0 ? Duration.ZERO : millis(random, 100, 4_000))
                .withWhenDraining(random.nextInt(4) == 0 ? WhenDraining.FINISH : WhenDraining.MOVE);
    }

    private static NetworkConditions network(List<Trouble> troubles, SplittableRandom random) {
        return new NetworkConditions(
                millis(random, 2, 60),
                troubles.contains(Trouble.SLOW_MESSAGES)
                        ? random.nextDouble(0.01, random.nextInt(3) == 0 ? 0.5 : 0.2)
                        : 0,
                millis(random, 100, 3_000),
                troubles.contains(Trouble.LOSS) ? random.nextDouble(0.01, 0.15) : 0,
                troubles.contains(Trouble.DUPLICATION) ? random.nextDouble(0.05, 0.5) : 0,
                millis(random, 100, 10_000));
    }

    private static Duration millis(SplittableRandom random, int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }

    /**
     * Says whether the run has this kind of trouble.
     *
     * @param trouble the kind
     * @return true if it may happen
     */
    public boolean has(Trouble trouble) {
        return troubles.contains(trouble);
    }

    /**
     * Returns how long after the last fault every client must be served again: leases that nobody renews must end, a
     * registry without memory must settle, what is still under way must arrive, and retries take their time.
     *
     * @return the bound of {@link Invariant#NO_LOST_ROOM}
     */
    public Duration bound() {
        return lease.multipliedBy(2)
                .plus(settleTime)
                .plus(network.slowest())
                .plus(network.latestTwin())
                .plus(RETRIES);
    }

    /**
     * Returns how long the run takes.
     *
     * @return virtual time
     */
    public Duration length() {
        return faultsUntil.plus(bound()).plus(LAST_PART);
    }
}
