package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.ErrorCode;
import io.roomrouting.HeldRoom;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A host's rooms, at most one under each id: whoever comes is led to his, which is opened if need be. Thread-safe. */
final class HostRooms {

    private final LocalSessionHost host;
    private final ConcurrentMap<RoomId, RoomRuntime> rooms = new ConcurrentHashMap<>();
    private final Collection<RoomRuntime> all = Collections.unmodifiableCollection(rooms.values());
    private final AtomicLong newestEpoch = new AtomicLong();

    HostRooms(LocalSessionHost host) {
        this.host = host;
    }

    /** A live view of all that are here, also those that are about to open or to go. */
    Collection<RoomRuntime> all() {
        return all;
    }

    /** The room, whatever its state; null if there is none. */
    @Nullable RoomRuntime find(RoomId id) {
        return rooms.get(id);
    }

    /** Leads somebody to his room, which is opened if need be; again when the room has ended meanwhile. */
    void place(Arrival arrival) {
        CorrelationId.during(arrival.correlation(), () -> placeNamed(arrival));
    }

    private void placeNamed(Arrival arrival) {
        try {
            Lease current = livingLease(arrival.assignment());
            RoomRuntime open = rooms.get(arrival.assignment().room());
            if (open != null && !open.isClosed()) {
                open.enter(arrival);
            } else {
                placeInNew(newRoom(arrival, current), arrival);
            }
        } catch (RoutingException e) {
            arrival.refuse(e);
        }
    }

    /** The lease of the life that the ownership is of, if that is the current one. */
    Lease livingLease(RoomAssignment assignment) {
        Lease current = host.lease();
        if (!assignment.owner().equals(current.incarnation())) {
            throw RoutingException.lookUpAgain(
                    ErrorCode.TICKET_WRONG_HOST, "this ticket is for another host, or an earlier life of this one");
        }
        if (host.isStopped() || !current.admits()) {
            throw RoutingException.lookUpAgain(ErrorCode.NOT_OWNER, "this host takes nobody at the moment");
        }
        return current;
    }

    private void placeInNew(RoomRuntime fresh, Arrival arrival) {
        RoomRuntime room = rooms.compute(fresh.id(), (id, open) -> open != null && !open.isClosed() ? open : fresh);
        room.enter(arrival);
        if (room == fresh) {
            fresh.open();
        }
    }

    private RoomRuntime newRoom(Arrival arrival, Lease current) {
        RoomType type = host.settings().typeOf(arrival.spec().type());
        if (type == null) {
            throw RoutingException.invalid("this host has no rooms of that type");
        }
        newestEpoch.accumulateAndGet(arrival.epoch().value(), Math::max);
        return new RoomRuntime(host, arrival.assignment(), arrival.spec(), type, current);
    }

    /** The newest epoch under which a room was to open here. */
    long newestEpoch() {
        return newestEpoch.get();
    }

    void remove(RoomRuntime room) {
        rooms.remove(room.id(), room);
    }

    /** The rooms of one life; those of a former life that are still about to close are not its. */
    List<HeldRoom> held(Lease life) {
        return rooms.values().stream()
                .filter(room -> room.lease() == life && !room.hasEnded())
                .map(room ->
                        new HeldRoom(room.id(), room.spec(), room.assignment().epoch()))
                .toList();
    }
}
