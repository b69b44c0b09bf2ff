package io.roomrouting.testkit.sim;

import io.roomrouting.HostRegistry;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRegistry;
import io.roomrouting.TimeSource;
import java.time.Duration;

/**
 * Starts the registry of a simulated cluster. Its methods are called by one thread at a time, wait for nothing, and take
 * no time; all delays are the network's.
 */
@FunctionalInterface
public interface RegistryFactory {

    /**
     * Both halves of a registry.
     *
     * @param rooms knows the rooms
     * @param hosts knows the hosts
     */
    record Registry(RoomRegistry rooms, HostRegistry hosts) {}

    /**
     * Starts the registry's process.
     *
     * @param time the clock of the machine that it runs on
     * @param config tells how long leases are
     * @param again false for the first process of a run; true for the ones that follow when it has died. A registry that
     *     remembers goes on where it was; one that does not must find out what the hosts hold
     * @return the registry
     */
    Registry start(TimeSource time, SimulationConfig config, boolean again);

    /**
     * The registry of this library that lives in memory, and forgets everything when its process dies.
     *
     * @return a factory without state
     */
    static RegistryFactory inMemory() {
        return (time, config, again) -> {
            InMemoryRegistry registry = InMemoryRegistry.builder()
                    .time(time)
                    .lease(config.lease())
                    .unconfirmedClaimLife(config.unconfirmedClaimLife())
                    .settleTime(again ? config.settleTime() : Duration.ZERO)
                    .build();
            return new Registry(registry, registry);
        };
    }
}
