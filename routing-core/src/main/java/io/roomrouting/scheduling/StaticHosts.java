package io.roomrouting.scheduling;

import io.roomrouting.InMemoryRegistry;
import io.roomrouting.spi.HostProber;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a registry informed of a fixed list of hosts that call nobody: asks each how it is, twice a second unless told
 * otherwise (five times a second while it drains), and brings it its lease that way.
 *
 * <p>Every host is asked on a thread of its own, so that one that hangs delays no other. When the registry is still
 * settling and every host has told what it holds, the settling ends. A host that serves another registry, because a second
 * backend has it in its list, is asked again and again until it is free.
 *
 * <p><b>Why no host believes in more than the registry grants.</b> A probe carries the stamp of the last reply that came
 * in, and the host may serve for one lease from the moment that it made that reply. The registry's lease is renewed for
 * the same length when that reply comes <em>in</em>, which is later, and before any probe with its stamp goes out. So
 * whatever becomes of that probe (lost, late, delivered although the wait for its reply was given up), the host's lease
 * ends before the registry's. A probe that goes out after the registry's lease has ended carries a stamp whose lease has
 * ended on the host too; it only makes the host notice. What the registry does not do is to shorten a lease because
 * probes fail: they may have arrived.
 *
 * <p>A host that answers as a new incarnation has given up the former one, so that one's lease ends at once.
 *
 * <p>Thread-safe. Does not close the registry, the prober or the clock.
 */
public final class StaticHosts implements AutoCloseable {

    private final InMemoryRegistry registry;
    private final ProbeLoop probes;
    private final List<StaticHost> hosts;
    private final AtomicInteger silent;

    StaticHosts(StaticHostsBuilder builder, ExecutorService executor) {
        this.registry = builder.registry;
        this.probes = new ProbeLoop(builder.prober, builder.time, builder.interval, builder.timeout, executor);
        String life = UUID.randomUUID().toString();
        this.hosts = builder.hosts.stream()
                .map(address -> new StaticHost(address, registry, life, builder.time))
                .toList();
        this.silent = new AtomicInteger(hosts.size());
    }

    /**
     * Starts to describe a list of hosts.
     *
     * @param registry is kept informed
     * @param prober reaches the hosts
     * @return a builder
     */
    public static StaticHostsBuilder builder(InMemoryRegistry registry, HostProber prober) {
        return new StaticHostsBuilder(registry, prober);
    }

    void start() {
        hosts.forEach(host -> probes.begin(host, this::probed));
    }

    private boolean probed(boolean first) {
        if (first && silent.decrementAndGet() == 0) {
            registry.endSettling();
        }
        return true;
    }

    /** Stops asking. The leases that the hosts have run out. Does not wait for probes under way. */
    @Override
    public void close() {
        probes.close();
    }
}
