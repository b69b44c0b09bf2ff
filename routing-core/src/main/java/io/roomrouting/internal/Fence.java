package io.roomrouting.internal;

import io.roomrouting.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices the end of a lease even when nothing happens on the host, and pauses of the process. Thread-safe. */
final class Fence {

    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);

    private final LocalSessionHost host;
    private TimeSource.Cancellable timer = () -> {};
    private TimeSource.Cancellable ticker = () -> {};
    private @Nullable Lease ticking;
    private boolean off;

    Fence(LocalSessionHost host) {
        this.host = host;
    }

    /** Looks at this lease, and at no other, when it is due to end; to be called again when it was renewed. */
    synchronized void watch(Lease lease) {
        timer.cancel();
        if (off) {
            return;
        }
        timer = host.time().schedule(lease.untilFence(), () -> host.blocking(() -> check(lease)));
        if (lease.mayDrift() && ticking != lease) {
            ticker.cancel();
            ticking = lease;
            ticksOn(lease);
        }
        if (lease.comesBack()) {
            LOG.info("Host {} has its lease again", lease.incarnation());
            host.listener().leaseChanged(true);
        }
    }

    private void check(Lease lease) {
        if (lease.commits()) {
            watch(lease);
        } else if (lease.serves()) {
            tellOfDrift(lease);
        } else {
            host.leaseLost(lease);
        }
    }

    /** Under the lock, so that the listener is told of the end and of the return in their order. */
    private synchronized void tellOfDrift(Lease lease) {
        if (!off && lease.comesAdrift()) {
            LOG.warn(
                    "Host {} has no lease, as its registry is silent; it serves the sessions it has, admits nobody and"
                            + " commits nothing",
                    lease.incarnation());
            host.listener().leaseChanged(false);
        }
    }

    private void tick(Lease lease) {
        if (!ticksOn(lease)) {
            host.blocking(() -> host.leaseLost(lease));
        }
    }

    private synchronized boolean ticksOn(Lease lease) {
        boolean wanted = !off && ticking == lease;
        if (wanted && !lease.tick()) {
            ticking = null;
            return false;
        }
        if (wanted) {
            ticker = host.time().schedule(lease.tickInterval(), () -> tick(lease));
        }
        return true;
    }

    /** Looks no more. */
    synchronized void off() {
        off = true;
        timer.cancel();
        ticker.cancel();
    }
}
