package io.roomrouting.scheduling;

import io.roomrouting.HeldRoom;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The host's side of probing in its simplest form: it uses its lease up to the last nanosecond, and knows the stamps of
 * its current life only. Its clock is off by a constant.
 */
final class ModelHost {

    private static final long CLOCK_OFFSET = Duration.ofDays(40).toNanos();

    final HostAddress address;
    final List<ProbeRequest> probes = new ArrayList<>();
    final List<HeldRoom> held = new ArrayList<>();
    final List<ProbeReply.Released> releases = new ArrayList<>();
    HostIncarnation life;
    HostState state = HostState.ACTIVE;
    boolean outlivesSilence;
    HostLoad load = HostLoad.NONE;
    long newestEpoch;
    long closedUpTo;
    private final TimeSource time;
    private final Set<Long> stamps = new HashSet<>();
    private String registry = "";
    private long probedAt;
    private OptionalLong leaseEnd = OptionalLong.empty();

    ModelHost(TimeSource time, String name) {
        this.time = time;
        this.address = new HostAddress(name, 8000, false);
        this.life = HostIncarnation.next(HostId.of(name));
    }

    ProbeReply onProbe(ProbeRequest request) {
        boolean refused = request.refused().equals(Optional.of(life));
        if (leaseEnd.isPresent() && !serves() && (!outlivesSilence || refused)) {
            restart();
        }
        boolean busy = serves() && now() - probedAt < request.lease().toNanos() / 3;
        if (busy && !registry.equals(request.registry())) {
            throw RoutingException.forbidden("this host serves another registry");
        }
        probedAt = now();
        registry = request.registry();
        probes.add(request);
        closedUpTo = Math.max(closedUpTo, request.closedUpTo());
        request.stamp().stream()
                .filter(stamps::contains)
                .forEach(stamp -> extend(stamp + request.lease().toNanos()));
        stamps.add(now());
        releases.removeIf(released -> released.number() <= request.releasesSeen());
        return new ProbeReply(
                life,
                now(),
                state,
                new HostCapacity(100, 1_000),
                load,
                Map.of("region", "Tokyo"),
                newestEpoch,
                request.adopting() ? held : List.of(),
                releases);
    }

    private void extend(long end) {
        if (leaseEnd.isEmpty() || end - leaseEnd.getAsLong() > 0) {
            leaseEnd = OptionalLong.of(end);
        }
    }

    /** Whether the host believes that it may act. */
    boolean serves() {
        return leaseEnd.isPresent() && leaseEnd.getAsLong() - now() > 0;
    }

    void restart() {
        life = HostIncarnation.next(life.host());
        leaseEnd = OptionalLong.empty();
        registry = "";
        held.clear();
        releases.clear();
        stamps.clear();
        closedUpTo = 0;
    }

    void release(long number, RoomAssignment assignment, RoomOwnership.Release release) {
        held.removeIf(room -> room.room().equals(assignment.room()));
        releases.add(new ProbeReply.Released(number, assignment.room(), assignment.epoch(), release));
    }

    private long now() {
        return time.nanoTime() + CLOCK_OFFSET;
    }
}
