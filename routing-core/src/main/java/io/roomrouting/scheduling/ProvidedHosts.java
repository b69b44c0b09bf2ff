package io.roomrouting.scheduling;

import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.TimeSource;
import io.roomrouting.internal.Threads;
import io.roomrouting.spi.HostProber;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;

/**
 * Keeps a registry informed of hosts that a provider starts and stops: like {@link StaticHosts}, but a host is asked from
 * the moment that somebody wants to know who answers at its address, until it has been silent for long.
 *
 * <p>For schedulers whose provider names addresses: {@link #at} turns an address into the life of a host that tickets and
 * claims name. Thread-safe, and no call waits. Asks at most 1,000 hosts at a time, each twice a second on a thread of its
 * own. Does not close the registry, the prober or the clock.
 */
public final class ProvidedHosts implements AutoCloseable {

    private static final int MAX_HOSTS = 1_000;
    private static final Duration LONGEST_INTERVAL = Duration.ofMillis(500);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(2);

    /** How many leases a host may be silent for before it is asked no more. */
    private static final int PATIENCE_LEASES = 4;

    private final InMemoryRegistry registry;
    private final TimeSource time;
    private final ProbeLoop probes;
    private final String registryLife = UUID.randomUUID().toString();
    private final ConcurrentMap<HostAddress, Known> known = new ConcurrentHashMap<>();

    /** One host, as other threads than that of its probes may see it. */
    private final class Known {

        private final StaticHost host;
        private volatile Optional<HostIncarnation> life = Optional.empty();
        private volatile long wantedOrHeardAt = time.nanoTime();

        Known(HostAddress address) {
            host = new StaticHost(address, registry, registryLife, time);
        }

        Optional<HostIncarnation> life() {
            wantedOrHeardAt = time.nanoTime();
            return life;
        }

        boolean probed() {
            life = host.leased();
            long now = time.nanoTime();
            if (life.isPresent()) {
                wantedOrHeardAt = now;
            }
            boolean goesOn = now - wantedOrHeardAt
                    < registry.lease().multipliedBy(PATIENCE_LEASES).toNanos();
            if (!goesOn) {
                known.remove(host.address(), this);
            }
            return goesOn;
        }
    }

    private ProvidedHosts(InMemoryRegistry registry, HostProber prober, TimeSource time, ExecutorService executor) {
        this.registry = registry;
        this.time = time;
        Duration third = registry.lease().dividedBy(3);
        this.probes = new ProbeLoop(
                prober, time, shorter(third, LONGEST_INTERVAL), shorter(third, LONGEST_TIMEOUT), executor);
    }

    /**
     * Begins with no host.
     *
     * @param registry is kept informed
     * @param prober reaches the hosts
     * @return to be closed by the caller
     */
    public static ProvidedHosts start(InMemoryRegistry registry, HostProber prober) {
        return start(registry, prober, TimeSource.system(), Threads.blocking("host-probe"));
    }

    static ProvidedHosts start(
            InMemoryRegistry registry, HostProber prober, TimeSource time, ExecutorService executor) {
        return new ProvidedHosts(registry, prober, time, executor);
    }

    /**
     * Says who answers at an address. The first question for an address begins to find out: ask again a little later.
     *
     * @param address as the provider names it; the prober must reach it
     * @return the life of the host there that has a lease of the registry; empty while there is none, or while as many hosts
     *     as possible are asked already
     */
    public Optional<HostIncarnation> at(HostAddress address) {
        Known there = known.get(address);
        if (there == null && known.size() < MAX_HOSTS) {
            Known added = new Known(address);
            there = known.putIfAbsent(address, added);
            if (there == null) {
                probes.begin(added.host, first -> added.probed());
            }
        }
        return there == null ? Optional.empty() : there.life();
    }

    /** Stops asking. The leases that the hosts have run out. Does not wait for probes under way. */
    @Override
    public void close() {
        probes.close();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
