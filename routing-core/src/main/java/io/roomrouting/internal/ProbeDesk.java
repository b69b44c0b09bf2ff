package io.roomrouting.internal;

import io.roomrouting.Epoch;
import io.roomrouting.HeldRoom;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int MAX_RELEASES_PER_REPLY = 1_000;

    private @Nullable LocalSessionHost attached;
    private @Nullable Lease life;
    private Optional<String> registry = Optional.empty();
    private long lastProbeNanos;
    private final Map<Long, Lease.Moment> stamps = new LinkedHashMap<>();
    private final List<ProbeReply.Released> untold = new ArrayList<>();
    private final Map<RoomId, Epoch> released = new HashMap<>();
    private long releases;
    private long told;
    private long closedUpTo;
    private TimeSource.Cancellable fence = () -> {};

    /** Makes the desk of a host that is not started yet. */
    public ProbeDesk() {}

    synchronized void attach(LocalSessionHost host) {
        if (attached != null) {
            throw new IllegalStateException("a probed host serves one session host");
        }
        attached = host;
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
        if (current.isGranted() && !current.serves()) {
            host.leaseLost(current);
            current = host.lease();
        }
        return reply(host, current, request);
    }

    private synchronized ProbeReply reply(LocalSessionHost host, Lease current, ProbeRequest request) {
        beginLife(current);
        serve(current, request);
        Lease.Moment now = Lease.Moment.now(host.time());
        lastProbeNanos = now.nanos();
        if (request.stamp().isPresent()) {
            renew(host, current, request);
        }
        forgetSeen(request.releasesSeen());
        rememberStamp(now);
        closedUpTo = Math.max(closedUpTo, request.closedUpTo());
        List<HeldRoom> held = request.adopting() ? host.held() : List.of();
        List<ProbeReply.Released> news = untold.subList(0, Math.min(untold.size(), MAX_RELEASES_PER_REPLY));
        told = news.isEmpty() ? told : news.get(news.size() - 1).number();
        return new ProbeReply(
                current.incarnation(),
                now.nanos(),
                host.state(),
                host.settings().capacity(),
                host.load(),
                host.settings().labels(),
                host.newestEpoch(),
                held,
                news);
    }

    private void serve(Lease current, ProbeRequest request) {
        if (registry.isPresent() && !registry.get().equals(request.registry())) {
            long silence = host().time().nanoTime() - lastProbeNanos;
            if (current.serves() && silence < request.lease().toNanos() / TAKEOVER_SHARE) {
                throw RoutingException.forbidden("this host serves another backend's registry");
            }
            LOG.info("Host {} now serves another registry", current.incarnation());
            stamps.clear();
            untold.clear();
        }
        registry = Optional.of(request.registry());
    }

    private void renew(LocalSessionHost host, Lease lease, ProbeRequest request) {
        Lease.Moment from = stamps.get(request.stamp().getAsLong());
        if (from == null) {
            return;
        }
        boolean first = !lease.isGranted();
        lease.renew(from, request.lease());
        fence.cancel();
        fence = host.time().schedule(lease.untilFence(), () -> host.blocking(() -> fenceIfDue(lease)));
        if (first) {
            LOG.info(
                    "Host {} has a lease of {} s",
                    lease.incarnation(),
                    request.lease().toSeconds());
            host.listener().leaseChanged(true);
        }
    }

    private void fenceIfDue(Lease lease) {
        if (!lease.serves()) {
            host().leaseLost(lease);
        }
    }

    private void rememberStamp(Lease.Moment now) {
        stamps.put(now.nanos(), now);
        if (stamps.size() > STAMPS) {
            stamps.remove(stamps.keySet().iterator().next());
        }
    }

    private void forgetSeen(long seen) {
        untold.removeIf(release -> release.number() <= seen);
    }

    private void beginLife(Lease current) {
        if (life != current) {
            life = current;
            registry = Optional.empty();
            stamps.clear();
            untold.clear();
            released.clear();
            releases = 0;
            told = 0;
            closedUpTo = 0;
        }
    }

    // The host's side

    @Override
    public boolean confirm(RoomAssignment assignment) {
        LocalSessionHost host = host();
        Lease current = host.lease();
        synchronized (this) {
            beginLife(current);
            if (!assignment.owner().equals(current.incarnation()) || !current.serves()) {
                return false;
            }
            if (assignment.epoch().value() <= closedUpTo) {
                tell(assignment, Release.IDLE);
                return false;
            }
            Epoch ended = released.get(assignment.room());
            return ended == null || assignment.epoch().isNewerThan(ended) || takeBack(assignment);
        }
    }

    /** A release that no reply has carried yet has not happened. */
    private boolean takeBack(RoomAssignment assignment) {
        boolean removed = untold.removeIf(release -> release.number() > told
                && release.room().equals(assignment.room())
                && release.epoch().equals(assignment.epoch())
                && release.release() == Release.IDLE);
        if (removed) {
            released.remove(assignment.room());
        }
        return removed;
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        LocalSessionHost host = host();
        Lease current = host.lease();
        synchronized (this) {
            beginLife(current);
            if (!assignment.owner().equals(current.incarnation())) {
                return;
            }
            released.put(assignment.room(), assignment.epoch());
            tell(assignment, release);
            Duration memory = UsedTickets.MEMORY;
            host.time().schedule(memory, () -> forgetReleased(current, assignment));
        }
    }

    private void tell(RoomAssignment assignment, Release release) {
        untold.add(new ProbeReply.Released(++releases, assignment.room(), assignment.epoch(), release));
    }

    /** By now every ticket for the ended ownership has expired. */
    private synchronized void forgetReleased(Lease ofLife, RoomAssignment assignment) {
        if (life == ofLife) {
            released.remove(assignment.room(), assignment.epoch());
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
    public synchronized void stop() {
        fence.cancel();
    }

    private synchronized LocalSessionHost host() {
        if (attached == null) {
            throw RoutingException.forbidden("the session host has not been started");
        }
        return attached;
    }
}
