package io.roomrouting.hathora;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the host of one room, and has Hathora start one if need be: asks where the room is until its process runs and its
 * host answers. Runs on one thread, for everybody who wants to know.
 */
final class Search {

    private static final Logger LOG = LoggerFactory.getLogger(HathoraScheduler.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** How often to look whether the host of a running process answers, which costs Hathora nothing. */
    private static final Duration LOOK = Duration.ofMillis(50);

    /** So often, before Hathora is asked again where the room is. */
    private static final int LOOKS_PER_POLL = 20;

    /** So many times a running process may be without a host that answers, before Hathora is told to resume the room. */
    private static final int SILENT_POLLS = 4;

    private final RoomId room;
    private final RoomSpec spec;
    private final Set<HostIncarnation> excluded;
    private final HathoraSchedulerBuilder settings;
    private final RandomGenerator random;
    private volatile Deadline deadline;
    private volatile boolean isStarting;
    private boolean moved;
    private boolean resumed;
    private int silentPolls;

    Search(
            RoomId room,
            RoomSpec spec,
            Set<HostIncarnation> excluded,
            HathoraSchedulerBuilder settings,
            Deadline deadline) {
        this.room = room;
        this.spec = spec;
        this.excluded = excluded;
        this.settings = settings;
        this.random = settings.rooms.random();
        this.deadline = deadline;
    }

    /** Goes on until then, if that is later. */
    void extendTo(Deadline other) {
        if (other.remaining().compareTo(deadline.remaining()) > 0) {
            deadline = other;
        }
    }

    Placement run() {
        try {
            for (int poll = 0; !deadline.hasPassed(); poll++) {
                Optional<Placement> found = look();
                if (found.isPresent()) {
                    return found.get();
                }
                settings.rooms.pause(settings.polls.pause(poll, random));
            }
        } catch (RoutingException.Unavailable e) {
            if (!deadline.hasPassed() || !isStarting) {
                throw e;
            }
        }
        throw late();
    }

    /** What to tell those whose time is over. */
    RoutingException late() {
        return isStarting
                ? RoutingException.unavailable(ErrorCode.NO_CAPACITY, "the room's process is still starting", RETRY)
                : RoutingException.unavailable(
                        ErrorCode.SCHEDULER_UNAVAILABLE, "the provider of hosts did not answer in time", RETRY);
    }

    private Optional<Placement> look() {
        Optional<RoomWhereabouts> whereabouts = settings.rooms.whereabouts(room, deadline);
        if (whereabouts.isEmpty()) {
            create();
            return Optional.empty();
        }
        isStarting = true;
        if (!(whereabouts.get() instanceof RoomWhereabouts.Active active)) {
            return Optional.empty();
        }
        Optional<HostIncarnation> host = hostAt(active.address());
        if (host.isEmpty()) {
            wake(active.address());
            return Optional.empty();
        }
        if (excluded.contains(host.get())) {
            moveAway(host.get());
            return Optional.empty();
        }
        return Optional.of(new Placement(
                host.get(),
                active.address(),
                Optional.of(settings.validity),
                "Hathora runs the room at " + active.address()));
    }

    /** Does no harm to a room that exists after all: there is one of each id. */
    private void create() {
        String process = settings.rooms.create(room, region(), Optional.of(RoomConfig.write(spec)), deadline);
        isStarting = true;
        LOG.debug("Room {} is put on process {}", room, process);
    }

    private HathoraRegion region() {
        return spec.region().flatMap(HathoraRegion::near).orElse(settings.region);
    }

    private Optional<HostIncarnation> hostAt(HostAddress address) {
        Optional<HostIncarnation> host = settings.hosts.at(address);
        for (int i = 0; host.isEmpty() && i < LOOKS_PER_POLL && !deadline.hasPassed(); i++) {
            settings.rooms.pause(LOOK);
            host = settings.hosts.at(address);
        }
        return host;
    }

    /** A process that does not answer may be gone without Hathora having noticed. */
    private void wake(HostAddress address) {
        silentPolls++;
        if (silentPolls >= SILENT_POLLS && !resumed) {
            LOG.warn("Nobody answers at {}, where Hathora says that room {} is; it is resumed", address, room);
            resumed = true;
            settings.rooms.resume(room, deadline);
        }
    }

    /** The host takes no rooms, and nobody owns this one: it begins anew where Hathora puts it next. */
    private void moveAway(HostIncarnation host) {
        if (moved) {
            throw RoutingException.unavailable(
                    ErrorCode.NO_CAPACITY, "the provider names hosts that take no rooms", RETRY);
        }
        LOG.info("Host {} does not take room {}; Hathora is asked for another", host, room);
        moved = true;
        settings.rooms.destroy(room, deadline);
        create();
    }
}
