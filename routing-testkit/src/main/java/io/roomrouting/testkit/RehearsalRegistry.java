package io.roomrouting.testkit;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A registry for one host and one room, with a lease that no test outlives. */
final class RehearsalRegistry implements RoomOwnership, HostRegistry {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final RoomId room;
    private final HostAddress address;
    private Optional<RoomAssignment> owner = Optional.empty();
    private long epochs;
    private boolean closed;

    RehearsalRegistry(RoomId room, HostAddress address) {
        this.room = room;
        this.address = address;
    }

    /** Who owns the room, for a ticket. */
    RoomAssignment assign(HostIncarnation host) {
        if (closed) {
            throw RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "the room has closed for good");
        }
        RoomAssignment current = owner.orElseGet(() -> new RoomAssignment(room, host, address, new Epoch(++epochs)));
        owner = Optional.of(current);
        return current;
    }

    @Override
    public boolean confirm(RoomAssignment assignment) {
        return owner.equals(Optional.of(assignment));
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        if (confirm(assignment)) {
            owner = Optional.empty();
            closed = release == Release.CLOSED;
        }
    }

    @Override
    public JoinResult join(HostRegistration registration) {
        return new JoinResult.Joined(FOR_EVER);
    }

    @Override
    public HeartbeatResult heartbeat(HostIncarnation host, HostLoad load) {
        return new HeartbeatResult.Renewed(FOR_EVER, HostState.ACTIVE);
    }

    @Override
    public void mark(HostIncarnation host, HostState state) {
        // Nobody else places rooms here.
    }

    @Override
    public void leave(HostIncarnation host) {
        owner = Optional.empty();
    }

    @Override
    public List<HostSnapshot> list() {
        return List.of();
    }
}
