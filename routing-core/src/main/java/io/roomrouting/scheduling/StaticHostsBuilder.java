package io.roomrouting.scheduling;

import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.TimeSource;
import io.roomrouting.internal.Bounds;
import io.roomrouting.internal.Threads;
import io.roomrouting.spi.HostProber;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Describes {@link StaticHosts} and starts them. Everything but the list has a default. Not thread-safe. */
public final class StaticHostsBuilder {

    private static final int MAX_HOSTS = 1_000;

    final InMemoryRegistry registry;
    final HostProber prober;
    List<HostAddress> hosts = List.of();
    TimeSource time = TimeSource.system();
    Duration interval = Duration.ofMillis(500);
    Duration timeout = Duration.ofSeconds(2);

    StaticHostsBuilder(InMemoryRegistry registry, HostProber prober) {
        this.registry = registry;
        this.prober = prober;
    }

    /**
     * Sets the list: where the prober, and clients, reach the hosts.
     *
     * @param value 1 to 1,000 addresses, all different
     * @return this
     */
    public StaticHostsBuilder hosts(List<HostAddress> value) {
        hosts = List.copyOf(value);
        return this;
    }

    /**
     * Sets the clock; by default the machine's.
     *
     * @param value the clock of the registry
     * @return this
     */
    public StaticHostsBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Sets how often each host is asked; by default twice a second. What a host that begins to drain has released is known
     * after this time at most.
     *
     * @param value 10 ms up to a third of the registry's lease, so that one lost probe does no harm
     * @return this
     */
    public StaticHostsBuilder interval(Duration value) {
        interval = value;
        return this;
    }

    /**
     * Sets how long to wait for a reply; by default 2 s.
     *
     * @param value 10 ms up to a third of the registry's lease
     * @return this
     */
    public StaticHostsBuilder timeout(Duration value) {
        timeout = value;
        return this;
    }

    /**
     * Begins to ask. Does not wait for the first replies.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException if a setting is out of bounds or a host is listed twice
     * @throws IllegalStateException if the registry is not settling: it would give away rooms that the hosts still hold
     *     for an earlier registry; see {@link io.roomrouting.InMemoryRegistryBuilder#settleTime}
     */
    public StaticHosts start() {
        return start(Threads.blocking("host-probe"));
    }

    StaticHosts start(ExecutorService executor) {
        Duration longest = registry.lease().dividedBy(3);
        Bounds.check("interval", interval, Duration.ofMillis(10), longest);
        Bounds.check("timeout", timeout, Duration.ofMillis(10), longest);
        Bounds.check("hosts", hosts.size(), 1, MAX_HOSTS);
        if (new HashSet<>(hosts).size() < hosts.size()) {
            throw new IllegalArgumentException("hosts = " + hosts + " names a host twice");
        }
        if (!registry.isSettling()) {
            throw new IllegalStateException("a registry of static hosts needs a settle time of at least its lease, "
                    + registry.lease() + ", and the probing to start before it has passed");
        }
        StaticHosts started = new StaticHosts(this, executor);
        started.start();
        return started;
    }
}
