package io.roomrouting.internal;

import io.roomrouting.HeldRoom;
import io.roomrouting.HostState;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoomReport;
import io.roomrouting.RoutingException;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeReply.Released;
import io.roomrouting.spi.ProbeRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host's bond to a backend that has it in a static list: the backend's probes carry the lease, its signed tickets carry
 * the claims, and the replies carry the releases. The host calls nobody.
 *
 * <p>A lease granted by a probe counts from the stamp that the backend echoes, that is from an earlier reply of this life
 * of the host. A probe that was held up on the way, or waited in a socket while the host was paused, therefore extends
 * nothing. Stamps of an earlier life are unknown to the next.
 *
 * <p>A confirmation needs no call because an ownership ends in three ways only: the lease ends (then this life is over and
 * its tickets with it), this host releases, or a probe takes back what has not been opened, up to an epoch. What it has
 * released and told, and what was taken back, is not opened any more under the old epoch.
 */
public final class ProbeDesk implements RoomOwnership, LeaseSource {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeDesk.class);

    /** After how much of a lease without a probe another registry may take over. */
    private static final int TAKEOVER_SHARE = 3;

    private static final int STAMPS = 16;
    private static final int REPORTS_PER_REPLY = 200;
    private static final Duration MAX_NEWS_DELAY = Duration.ofSeconds(1);

    /** For the reply's way and for the backend to work it in. */
    private static final Duration TO_WORK_IN = Duration.ofMillis(100);

    private @Nullable LocalSessionHost attached;
    private @Nullable Fence fence;
    private @Nullable Lease life;
    private Optional<String> registry = Optional.empty();
    private long lastProbeNanos;
    private Duration probeInterval = MAX_NEWS_DELAY;
    private final Map<Long, Lease.Moment> stamps = new LinkedHashMap<>();
    private ReleaseLedger releases = new ReleaseLedger();
    private long closedUpTo;
    private NoticeBoard.@Nullable Batch reported;
    private long reportNumber;

    /** Makes the desk of a host that is not started yet. */
    public ProbeDesk() {}

    synchronized void attach(LocalSessionHost host) {
        if (attached != null) {
            throw new IllegalStateException("a probed host serves one session host");
        }
        attached = host;
        fence = new Fence(host);
    }

    // The backend's side

    /**
     * Takes a probe.
     *
     * @param request the probe, from an authenticated backend
     * @return the reply
     * @throws RoutingException.Forbidden if the host serves another registry
     */
    public ProbeReply onProbe(ProbeRequest request) {
        LocalSessionHost host = host();
        Lease current = host.lease();
        if (current.isGranted() && (!current.serves() || isRefused(current, request))) {
            host.leaseLost(current);
        }
        return reply(host, request);
    }

    /** An adrift life goes on until its own registry, or the one that has taken over, says that it has given its rooms away. */
    private synchronized boolean isRefused(Lease current, ProbeRequest request) {
        return !current.commits()
                && registry.equals(Optional.of(request.registry()))
                && request.refused().equals(Optional.of(current.incarnation()));
    }

    private synchronized ProbeReply reply(LocalSessionHost host, ProbeRequest request) {
        Lease current = currentLife(host);
        serve(host, current, request);
        Lease.Moment now = Lease.Moment.now(host.time());
        probeInterval = Duration.ofNanos(Math.min(MAX_NEWS_DELAY.toNanos(), now.nanos() - lastProbeNanos));
        lastProbeNanos = now.nanos();
        if (request.stamp().isPresent()) {
            renew(host, current, request);
        }
        forgetLater(host, releases.seen(request.releasesSeen()));
        rememberStamp(now);
        closedUpTo = Math.max(closedUpTo, request.closedUpTo());
        List<HeldRoom> held = request.adopting() ? host.hostRooms().held(current) : List.of();
        List<Released> news = releases.tell();
        List<RoomReport> reports = report(host, current, request);
        notifyAll();
        return new ProbeReply(
                current.incarnation(),
                now.nanos(),
                host.state(),
                host.settings().capacity(),
                host.load(),
                host.settings().labels(),
                host.hostRooms().newestEpoch(),
                held,
                news,
                reportNumber,
                reports);
    }

    private List<RoomReport> report(LocalSessionHost host, Lease current, ProbeRequest request) {
        if (reported != null && request.reportsSeen() == reportNumber) {
            reported.arrived();
        } else if (reported != null) {
            reported.lost();
        }
        reported = host.noticeBoard().take(current, REPORTS_PER_REPLY);
        reportNumber++;
        return reported.reports();
    }

    private void serve(LocalSessionHost host, Lease current, ProbeRequest request) {
        if (registry.isPresent() && !registry.get().equals(request.registry())) {
            long silence = host.time().nanoTime() - lastProbeNanos;
            if (current.serves() && silence < request.lease().toNanos() / TAKEOVER_SHARE) {
                throw RoutingException.forbidden("this host serves another backend's registry");
            }
            LOG.info("Host {} now serves another registry", current.incarnation());
            stamps.clear();
            forgetLater(host, releases.seen(Long.MAX_VALUE));
            host.reportAgain(current);
        }
        registry = Optional.of(request.registry());
    }

    private void renew(LocalSessionHost host, Lease lease, ProbeRequest request) {
        Lease.Moment from = stamps.get(request.stamp().getAsLong());
        if (from == null) {
            return;
        }
        boolean first = lease.renew(from, request.lease());
        if (fence != null) {
            fence.watch(lease);
        }
        if (first) {
            LOG.info(
                    "Host {} has a lease of {} s",
                    lease.incarnation(),
                    request.lease().toSeconds());
            host.listener().leaseChanged(true);
        }
    }

    private void rememberStamp(Lease.Moment now) {
        stamps.put(now.nanos(), now);
        if (stamps.size() > STAMPS) {
            stamps.remove(stamps.keySet().iterator().next());
        }
    }

    /** No ticket for a release that the registry has seen is made any more; those that there are end within a while. */
    private void forgetLater(LocalSessionHost host, List<Released> seen) {
        if (!seen.isEmpty()) {
            ReleaseLedger ledger = releases;
            host.time().schedule(UsedTickets.MEMORY, () -> forget(ledger, seen));
        }
    }

    private synchronized void forget(ReleaseLedger ledger, List<Released> seen) {
        ledger.forget(seen);
    }

    private Lease currentLife(LocalSessionHost host) {
        Lease current = host.lease();
        if (life != current) {
            life = current;
            registry = Optional.empty();
            stamps.clear();
            releases = new ReleaseLedger();
            closedUpTo = 0;
        }
        return current;
    }

    // The host's side

    @Override
    public synchronized boolean confirm(RoomAssignment assignment) {
        Lease current = currentLife(host());
        if (!assignment.owner().equals(current.incarnation()) || !current.commits()) {
            return false;
        }
        if (assignment.epoch().value() <= closedUpTo) {
            if (!releases.hasEnded(assignment)) {
                releases.add(assignment, Release.IDLE);
            }
            return false;
        }
        // A host that drains would only release it again, perhaps when nobody asks any more.
        boolean mayTakeBack = host().state() == HostState.ACTIVE;
        return !releases.hasEnded(assignment) || (mayTakeBack && releases.takeBack(assignment));
    }

    @Override
    public synchronized void release(RoomAssignment assignment, Release release) {
        Lease current = currentLife(host());
        if (assignment.owner().equals(current.incarnation())) {
            releases.add(assignment, release);
        }
    }

    @Override
    public void start() {
        // The lease comes with the first probes.
    }

    @Override
    public void restart() {
        // The next probe finds the new life.
    }

    @Override
    public void drain() {
        // The next reply tells the state.
    }

    @Override
    public void undrain() {
        // The next reply tells the state.
    }

    @Override
    public boolean carriesReports() {
        return true;
    }

    @Override
    public boolean mayTakeBack() {
        return true;
    }

    @Override
    public synchronized Duration newsDelay() {
        Duration untilNext = probeInterval.minusNanos(host().time().nanoTime() - lastProbeNanos);
        return (untilNext.isNegative() ? Duration.ZERO : untilNext).plus(TO_WORK_IN);
    }

    @Override
    public synchronized void settle(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toMillis(); !releases.allTold() && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop(Duration patience) {
        if (fence != null) {
            fence.off();
        }
    }

    private synchronized LocalSessionHost host() {
        if (attached == null) {
            throw RoutingException.forbidden("the session host has not been started");
        }
        return attached;
    }
}
