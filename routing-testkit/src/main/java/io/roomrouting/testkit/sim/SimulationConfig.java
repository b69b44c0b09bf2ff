package io.roomrouting.testkit.sim;

import io.roomrouting.HostCapacity;
import io.roomrouting.session.RoomSettings;
import java.time.Duration;
import java.util.List;

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
        return Mixture.of(seed);
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
