package io.roomrouting.scheduling;

import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host that is probed, as far as its replies have told: what to say to it next, and what a reply means for the
 * registry. Used by one thread at a time.
 */
final class StaticHost {

    private static final Logger LOG = LoggerFactory.getLogger(StaticHosts.class);

    /** How often a host is asked for all that it holds, in order to take back claims that were never used. */
    private static final Duration STOCK_INTERVAL = Duration.ofSeconds(30);

    /** How often a host is asked that gives its rooms away: their clients wait until the registry knows. */
    private static final Duration DRAINING_INTERVAL = Duration.ofMillis(200);

    private final HostAddress address;
    private final InMemoryRegistry registry;
    private final String registryLife;
    private final TimeSource time;
    private Optional<HostIncarnation> life = Optional.empty();
    private Optional<HostIncarnation> refused = Optional.empty();
    private OptionalLong stamp = OptionalLong.empty();
    private HostState state = HostState.ACTIVE;
    private long releasesSeen;
    private long reportsSeen;
    private long stockTakenAt;
    private boolean hasJoined;
    private boolean hasLease;
    private long renewedAt;
    private boolean inTrouble;

    StaticHost(HostAddress address, InMemoryRegistry registry, String registryLife, TimeSource time) {
        this.address = address;
        this.registry = registry;
        this.registryLife = registryLife;
        this.time = time;
        this.stockTakenAt = time.nanoTime();
    }

    HostAddress address() {
        return address;
    }

    /** Whether the registry counts it among the living, as far as its last reply told. */
    boolean isLiving() {
        return life.isPresent();
    }

    /** The life of the host that has a lease and knows it: it has answered a probe after the one that it joined by. */
    Optional<HostIncarnation> leased() {
        boolean alive =
                hasLease && time.nanoTime() - renewedAt < registry.lease().toNanos();
        return alive ? life : Optional.empty();
    }

    /**
     * Returns what to say next.
     *
     * <p>A host that has no lease of this registry may still hold rooms of an earlier one, or tickets for such rooms may be
     * under way: it is asked for all rooms, and to open none but those of epochs still to come.
     */
    ProbeRequest nextProbe() {
        if (life.isEmpty()) {
            return request(registry.newestEpoch(), true);
        }
        boolean dueForStock = time.nanoTime() - stockTakenAt >= STOCK_INTERVAL.toNanos();
        long unopened = dueForStock ? registry.unopenedUpTo(life.get()) : 0;
        return request(unopened, unopened > 0);
    }

    private ProbeRequest request(long closedUpTo, boolean adopting) {
        return new ProbeRequest(
                registryLife, registry.lease(), stamp, releasesSeen, closedUpTo, adopting, refused, reportsSeen);
    }

    /**
     * Works a reply in.
     *
     * @return whether this is the first time that the registry knows all that the host holds
     */
    boolean replied(ProbeRequest request, ProbeReply reply) {
        registry.raiseEpochs(reply.newestEpoch());
        if (life.isPresent() && !life.get().equals(reply.host())) {
            beginLife(life.get(), reply.host());
        }
        boolean living = life.isPresent() ? renew(request, reply) : join(reply);
        if (!living) {
            return false;
        }
        state = reply.state();
        if (inTrouble) {
            LOG.info("Host {} at {} answers again", reply.host(), address);
            inTrouble = false;
        }
        boolean first = !hasJoined;
        hasJoined = true;
        return first;
    }

    /** Only the host itself can say that its former life is over; another host at the same address cannot. */
    private void beginLife(HostIncarnation former, HostIncarnation next) {
        LOG.info("Host {} at {} is now {}", former, address, next);
        if (former.host().equals(next.host())) {
            registry.leave(former);
        }
        life = Optional.empty();
        hasLease = false;
        stamp = OptionalLong.empty();
        reportsSeen = 0;
    }

    private boolean join(ProbeReply reply) {
        JoinResult result = registry.joinProbed(
                new HostRegistration(reply.host(), address, reply.capacity(), reply.labels(), reply.held()));
        if (result instanceof JoinResult.Refused no) {
            // It gets no newer stamp, so its lease, if it has one, runs out; and if it serves without, it is told.
            troubled("is not taken as " + reply.host() + ": " + no.why());
            refused = Optional.of(reply.host());
            return false;
        }
        LOG.info(
                "Host {} at {} has joined with {} rooms",
                reply.host(),
                address,
                reply.held().size());
        life = Optional.of(reply.host());
        refused = Optional.empty();
        stamp = OptionalLong.of(reply.stamp());
        state = HostState.ACTIVE;
        releasesSeen = 0;
        // It has no lease before it has taken the next probe, and would turn clients away until then.
        registry.heartbeat(reply.host(), reply.load(), HostState.DRAINING);
        workInNews(reply);
        return true;
    }

    private boolean renew(ProbeRequest request, ProbeReply reply) {
        // Its state before its releases: what a host that drains gives back must not be placed there again.
        HeartbeatResult heartbeat = registry.heartbeat(reply.host(), reply.load(), reply.state());
        workInNews(reply);
        if (request.closedUpTo() > 0) {
            registry.takeStock(reply.host(), request.closedUpTo(), reply.held());
            stockTakenAt = time.nanoTime();
        }
        if (heartbeat instanceof HeartbeatResult.Unknown) {
            // The old stamp stays: by now it grants nothing, and lets the host notice that its lease is over.
            troubled("was not heard of for longer than its lease");
            life = Optional.empty();
            hasLease = false;
            return false;
        }
        stamp = OptionalLong.of(reply.stamp());
        hasLease = true;
        renewedAt = time.nanoTime();
        return true;
    }

    private void workInNews(ProbeReply reply) {
        for (ProbeReply.Released released : reply.releases()) {
            if (released.number() > releasesSeen) {
                registry.release(
                        new RoomAssignment(released.room(), reply.host(), address, released.epoch()),
                        released.release());
                releasesSeen = released.number();
            }
        }
        registry.report(reply.host(), reply.reports());
        reportsSeen = reply.reportNumber();
    }

    /** How long after one probe the next is due, if that long is the rule. */
    Duration interval(Duration rule) {
        boolean drains = isLiving() && state == HostState.DRAINING && !inTrouble;
        return drains && DRAINING_INTERVAL.compareTo(rule) < 0 ? DRAINING_INTERVAL : rule;
    }

    void failed(RoutingException why) {
        if (why instanceof RoutingException.Forbidden) {
            troubled("refuses this backend; does another one have it in its list? (" + why.getMessage() + ")");
        } else {
            troubled("does not answer (" + why.code() + ": " + why.getMessage() + ")");
        }
    }

    /** Tells operators once until the host is well again. */
    private void troubled(String what) {
        if (inTrouble) {
            LOG.debug("Host at {} {}", address, what);
        } else {
            LOG.warn("Host at {} {}; asking on", address, what);
        }
        inTrouble = true;
    }
}
