package io.roomrouting.internal;

import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a host's lease with a registry that the host joins by itself: join, renew every third of the lease, notice its
 * end. One renewal is under way at a time; each counts from the moment before it was asked for.
 */
final class LeaseKeeper implements LeaseSource {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int RENEWALS_PER_LEASE = 3;

    private final LocalSessionHost host;
    private final HostRegistry registry;
    private Duration interval = RETRY;
    private TimeSource.Cancellable nextBeat = () -> {};
    private TimeSource.Cancellable fence = () -> {};
    private boolean stopped;
    private boolean beating;
    private boolean beatAgain;
    private boolean outage;

    LeaseKeeper(LocalSessionHost host, HostRegistry registry) {
        this.host = host;
        this.registry = registry;
    }

    @Override
    public void start() {
        beatNow();
    }

    @Override
    public void restart() {
        beatNow();
    }

    @Override
    public void drain() {
        host.blocking(() -> tell(() -> registry.mark(host.lease().incarnation(), HostState.DRAINING)));
    }

    @Override
    public void stop() {
        synchronized (this) {
            stopped = true;
            nextBeat.cancel();
            fence.cancel();
        }
        tell(() -> registry.leave(host.lease().incarnation()));
    }

    private synchronized void beatNow() {
        if (stopped) {
            return;
        }
        nextBeat.cancel();
        if (beating) {
            beatAgain = true;
            return;
        }
        beating = true;
        host.blocking(this::beat);
    }

    private void beat() {
        Lease lease = host.lease();
        try {
            if (lease.isGranted()) {
                renew(lease);
            } else {
                join(lease);
            }
            reached();
        } catch (RoutingException e) {
            unreachable(e);
        } catch (RuntimeException e) {
            LOG.error("Renewing the lease failed", e);
        } finally {
            scheduleNext(lease);
        }
    }

    private void join(Lease lease) {
        Lease.Moment asked = Lease.Moment.now(host.time());
        HostSettings settings = host.settings();
        JoinResult result = registry.join(new HostRegistration(
                lease.incarnation(), settings.address(), settings.capacity(), settings.labels(), host.held()));
        if (result instanceof JoinResult.Joined joined) {
            granted(lease, asked, joined.lease());
        } else if (result instanceof JoinResult.Refused refused) {
            LOG.warn("The registry refused host {}: {}", lease.incarnation(), refused.why());
            host.leaseLost(lease);
        }
    }

    private void renew(Lease lease) {
        Lease.Moment asked = Lease.Moment.now(host.time());
        HeartbeatResult result = registry.heartbeat(lease.incarnation(), host.load());
        if (result instanceof HeartbeatResult.Renewed renewed) {
            granted(lease, asked, renewed.lease());
        } else if (lease.serves()) {
            join(lease);
        } else {
            host.leaseLost(lease);
        }
    }

    private void granted(Lease lease, Lease.Moment asked, Duration length) {
        boolean first = !lease.isGranted();
        lease.renew(asked, length);
        synchronized (this) {
            interval = length.dividedBy(RENEWALS_PER_LEASE);
            fence.cancel();
            if (!stopped) {
                fence = host.time().schedule(lease.untilFence(), () -> host.blocking(() -> fenceIfDue(lease)));
            }
        }
        if (first) {
            LOG.info("Host {} has a lease of {} s", lease.incarnation(), length.toSeconds());
            host.listener().leaseChanged(true);
        }
    }

    private void fenceIfDue(Lease lease) {
        if (!lease.serves()) {
            host.leaseLost(lease);
        }
    }

    private synchronized void scheduleNext(Lease lease) {
        beating = false;
        if (stopped) {
            return;
        }
        boolean now = beatAgain || lease != host.lease();
        beatAgain = false;
        Duration wait = outage || !lease.isGranted() ? RETRY : interval;
        nextBeat = host.time().schedule(now ? Duration.ZERO : wait, this::beatNow);
    }

    private synchronized void reached() {
        if (outage) {
            LOG.info("The registry is back");
        }
        outage = false;
    }

    private synchronized void unreachable(RoutingException e) {
        if (!outage) {
            LOG.warn("The registry is out of reach ({}: {}); trying again every second", e.code(), e.getMessage());
        }
        outage = true;
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RoutingException e) {
            LOG.warn("The registry could not be told: {}", e.code());
        }
    }
}
