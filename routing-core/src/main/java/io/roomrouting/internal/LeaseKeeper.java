package io.roomrouting.internal;

import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.List;
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
    private final Fence fence;
    private final Farewell farewell;
    private Duration interval = RETRY;
    private TimeSource.Cancellable nextBeat = () -> {};
    private boolean stopped;
    private boolean beating;
    private boolean beatAgain;
    private boolean rejected;
    private boolean outage;

    LeaseKeeper(LocalSessionHost host, HostRegistry registry) {
        this.host = host;
        this.registry = registry;
        this.fence = new Fence(host);
        this.farewell = new Farewell(registry, host.time());
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
        tellState();
    }

    @Override
    public void undrain() {
        tellState();
    }

    /** At once; where that fails, a heartbeat does it soon. */
    private void tellState() {
        Lease lease = host.lease();
        if (lease.isGranted()) {
            toldState(tell(() -> renew(lease)));
        }
    }

    /** A heartbeat that is under way may tell the former state, and arrive last. */
    private synchronized void toldState(boolean told) {
        if (beating) {
            beatAgain = true;
        } else if (!told && !stopped) {
            nextBeat.cancel();
            nextBeat = host.time().schedule(RETRY, this::beatNow);
        }
    }

    @Override
    public boolean carriesReports() {
        return false;
    }

    @Override
    public boolean mayTakeBack() {
        return false;
    }

    @Override
    public Duration newsDelay() {
        return Duration.ZERO;
    }

    @Override
    public void settle(Duration patience) {
        // A room that has been released here has been released there.
    }

    @Override
    public void stop(Duration patience) {
        synchronized (this) {
            stopped = true;
            nextBeat.cancel();
        }
        fence.off();
        farewell.say(host.lease().incarnation(), patience);
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
        } catch (RuntimeException e) {
            unreachable(e);
        } finally {
            scheduleNext(lease);
        }
    }

    private void join(Lease lease) {
        Lease.Moment asked = Lease.Moment.now(host.time());
        HostSettings settings = host.settings();
        List<HeldRoom> held = host.hostRooms().held(lease);
        JoinResult result = registry.join(new HostRegistration(
                lease.incarnation(), settings.address(), settings.capacity(), settings.labels(), held));
        if (result instanceof JoinResult.Joined joined) {
            if (!held.isEmpty()) {
                host.reportAgain(lease);
            }
            granted(lease, asked, joined.lease());
            if (host.wants() == HostState.DRAINING && !isStopped()) {
                tell(() -> renew(lease));
            }
        } else if (result instanceof JoinResult.Refused refused) {
            LOG.warn("The registry refused host {}: {}", lease.incarnation(), refused.why());
            rejected(!lease.isGranted());
            host.leaseLost(lease);
        }
    }

    private void renew(Lease lease) {
        Lease.Moment asked = Lease.Moment.now(host.time());
        HeartbeatResult result = registry.heartbeat(lease.incarnation(), host.load(), host.wants());
        if (result instanceof HeartbeatResult.Renewed renewed) {
            granted(lease, asked, renewed.lease());
            if (!isStopped()) {
                host.ordered(renewed.ordered());
            }
        } else if (lease.serves()) {
            join(lease);
        } else {
            host.leaseLost(lease);
        }
    }

    private void granted(Lease lease, Lease.Moment asked, Duration length) {
        boolean first = lease.renew(asked, length);
        synchronized (this) {
            interval = length.dividedBy(RENEWALS_PER_LEASE);
            rejected = false;
        }
        fence.watch(lease);
        if (first) {
            LOG.info("Host {} has a lease of {} s", lease.incarnation(), length.toSeconds());
            host.listener().leaseChanged(true);
        }
        if (isStopped()) {
            farewell.say(lease.incarnation(), Retreat.STOP_PATIENCE);
        }
    }

    private static boolean tell(Runnable call) {
        try {
            call.run();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The registry could not be told", e);
            return false;
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** A life without a past that is refused has no reason to hurry with the next. */
    private synchronized void rejected(boolean withoutPast) {
        rejected = withoutPast;
    }

    private synchronized void scheduleNext(Lease lease) {
        beating = false;
        if (stopped) {
            return;
        }
        boolean now = !rejected && (beatAgain || lease != host.lease());
        beatAgain = false;
        Duration wait = rejected || outage || !lease.isGranted() ? RETRY : interval;
        nextBeat = host.time().schedule(now ? Duration.ZERO : wait, this::beatNow);
    }

    private synchronized void reached() {
        if (outage) {
            LOG.info("The registry is back");
        }
        outage = false;
    }

    private synchronized void unreachable(RuntimeException e) {
        if (!outage) {
            LOG.warn("The registry is out of reach; trying again every second", e);
        }
        outage = true;
    }
}
