package io.roomrouting.scheduling;

import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.HostProber;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks hosts how they are, each on a thread of its own, so that one that hangs delays no other. The probes of one host
 * follow one another, so that its state needs no lock.
 */
final class ProbeLoop {

    private static final Logger LOG = LoggerFactory.getLogger(StaticHosts.class);

    private final HostProber prober;
    private final TimeSource time;
    private final Duration interval;
    private final Duration timeout;
    private final ExecutorService executor;
    private volatile boolean closed;

    /** Looks at a host after each of its probes, on the thread of the probe. */
    @FunctionalInterface
    interface Watcher {

        /**
         * A probe is over, answered or not.
         *
         * @param first whether the registry knows for the first time all that the host holds
         * @return whether to ask on
         */
        boolean probed(boolean first);
    }

    ProbeLoop(HostProber prober, TimeSource time, Duration interval, Duration timeout, ExecutorService executor) {
        this.prober = prober;
        this.time = time;
        this.interval = interval;
        this.timeout = timeout;
        this.executor = executor;
    }

    /** Asks a host from now on. */
    void begin(StaticHost host, Watcher watcher) {
        probeNow(host, watcher);
    }

    private synchronized void probeNow(StaticHost host, Watcher watcher) {
        if (!closed) {
            executor.execute(() -> probe(host, watcher));
        }
    }

    private void probe(StaticHost host, Watcher watcher) {
        long started = time.nanoTime();
        boolean first = false;
        boolean hasJustJoined = false;
        try {
            ProbeRequest request = host.nextProbe();
            ProbeReply reply = prober.probe(host.address(), request, timeout);
            if (!closed) {
                first = host.replied(request, reply);
                hasJustJoined = request.stamp().isEmpty() && host.isLiving();
            }
        } catch (RoutingException e) {
            if (!closed) {
                host.failed(e);
            }
        } catch (RuntimeException e) {
            LOG.error("Probing host {} failed", host.address(), e);
        } finally {
            if (watcher.probed(first)) {
                // A host that has just joined gets its lease with the next probe, and rooms are placed on it already.
                probeLater(host, watcher, hasJustJoined ? interval : Duration.ofNanos(time.nanoTime() - started));
            }
        }
    }

    private void probeLater(StaticHost host, Watcher watcher, Duration spent) {
        time.schedule(host.interval(interval).minus(spent), () -> probeNow(host, watcher));
    }

    /** Asks no more. Does not wait for probes under way. */
    synchronized void close() {
        closed = true;
        executor.shutdownNow();
    }
}
