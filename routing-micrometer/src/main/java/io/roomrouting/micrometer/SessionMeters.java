package io.roomrouting.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionListener;
import java.time.Duration;
import java.util.stream.Stream;

/** Counts what happens in and around the rooms of a session host. */
final class SessionMeters implements SessionListener {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter roomsOpened;
    private final TaggedCounter roomsClosed;
    private final TaggedCounter connectionsRefused;
    private final TaggedCounter admissionsRefused;
    private final Counter joined;
    private final Counter dropped;
    private final TaggedCounter returned;
    private final TaggedCounter left;
    private final Counter events;
    private final TaggedCounter eventsRefused;
    private final Counter messages;
    private final Counter saturated;
    private final Timer batches;
    private final Counter slow;
    private final TaggedCounter failures;
    private final Counter notSaved;
    private final Counter leasesLost;
    private volatile boolean leaseHeld;

    SessionMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        roomsOpened = counter("rooms.opened", "Rooms that were opened on the host");
        roomsClosed = counters("rooms.closed", "Rooms that ended on the host", "reason")
                .expecting(CloseReason.values());
        connectionsRefused = counters("connections.refused", "Connections that were not taken", "code")
                .expecting(ErrorCode.RATE_LIMITED, ErrorCode.OVERLOADED);
        admissionsRefused = counters("admissions.refused", "Clients with a ticket that were not let in", "code")
                .expecting(ErrorCode.RATE_LIMITED, ErrorCode.OVERLOADED, ErrorCode.ROOM_FULL, ErrorCode.NOT_OWNER);
        joined = counter("sessions.joined", "Clients that came into a room");
        dropped = counter("sessions.dropped", "Clients whose connection broke and whose seat is kept");
        returned = counters("sessions.returned", "Clients that came back for their seat", "outcome")
                .expecting(Stream.of("resumed", "newcomer"));
        left = counters("sessions.left", "Clients that are out of their room", "reason")
                .expecting(LeaveReason.values());
        events = counter("events", "Events of clients that rooms have handled");
        eventsRefused = counters("events.refused", "Events of clients that were turned away", "code")
                .expecting(ErrorCode.RATE_LIMITED, ErrorCode.OVERLOADED);
        messages = counter("messages", "Messages that were queued for clients, one for each recipient");
        saturated = counter("messages.refused", "Messages for clients that do not read fast enough");
        batches = Timer.builder("room.routing.batches")
                .description("How long rooms held a thread, a batch of events at a time")
                .tags(tags)
                .register(registry);
        slow = counter("batches.slow", "Batches that held a thread for 100 ms and more");
        failures = counters("handler.failures", "What rooms' code threw", "callback")
                .expecting(Stream.of("onEvent", "onJoin", "onOpen"));
        notSaved = counter("saves.failed", "Room states that could not be saved at the first attempt");
        leasesLost = counter("leases.lost", "How often the host lost its lease");
        Gauge.builder("room.routing.host.lease", () -> HostGauges.oneIf(leaseHeld))
                .description("1 if the host has a lease")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder("room.routing." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private TaggedCounter counters(String name, String description, String key) {
        return new TaggedCounter(registry, tags, "room.routing." + name, description, key);
    }

    @Override
    public void roomOpened(RoomId room) {
        roomsOpened.increment();
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        roomsClosed.count(reason);
    }

    @Override
    public void connectionRefused(ErrorCode code) {
        connectionsRefused.count(code);
    }

    @Override
    public void admissionRefused(RoomId room, UserId user, ErrorCode code) {
        admissionsRefused.count(code);
    }

    @Override
    public void joined(RoomId room, UserId user) {
        joined.increment();
    }

    @Override
    public void dropped(RoomId room, UserId user) {
        dropped.increment();
    }

    @Override
    public void resumed(RoomId room, UserId user) {
        returned.count("resumed");
    }

    @Override
    public void notResumed(RoomId room, UserId user) {
        returned.count("newcomer");
    }

    @Override
    public void left(RoomId room, UserId user, LeaveReason reason) {
        left.count(reason);
    }

    @Override
    public void eventRefused(RoomId room, String code) {
        eventsRefused.count(code);
    }

    @Override
    public void saturated(RoomId room, UserId user) {
        saturated.increment();
    }

    @Override
    public void worked(RoomId room, int handled, int queued, Duration took) {
        if (handled > 0) {
            events.increment(handled);
        }
        if (queued > 0) {
            messages.increment(queued);
        }
        batches.record(took);
    }

    @Override
    public void slowHandler(RoomId room, Duration duration) {
        slow.increment();
    }

    @Override
    public void handlerFailed(RoomId room, String callback, Throwable failure) {
        failures.count(callback);
    }

    @Override
    public void notSaved(RoomId room, Throwable failure) {
        notSaved.increment();
    }

    @Override
    public void leaseChanged(boolean held) {
        leaseHeld = held;
        if (!held) {
            leasesLost.increment();
        }
    }
}
