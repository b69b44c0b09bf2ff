package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.Epoch;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoutingException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where those who come to a room wait, in their order, until it is open or has ended, and where it is seen whether they mean
 * this ownership of it. Belongs to the room's thread; bounded by the host's connections and by how many rooms an operator
 * may be about to open.
 */
final class Gate {

    private final RoomRuntime room;
    private final RoomAssignment assignment;
    private final Lease lease;
    private final HostRooms rooms;
    private final Set<Arrival> waiting = new LinkedHashSet<>();

    Gate(RoomRuntime room) {
        this.room = room;
        this.assignment = room.assignment();
        this.lease = room.lease();
        this.rooms = room.host().hostRooms();
    }

    /** Somebody has come. */
    void come(Arrival arrival) {
        if (arrival.isWaiting()) {
            CorrelationId.during(arrival.correlation(), () -> receive(arrival));
        }
    }

    private void receive(Arrival arrival) {
        switch (room.state()) {
            case OPENING, MOVING, CLOSING -> waiting.add(arrival);
            case CLOSED -> rooms.place(arrival);
            case OPEN -> admit(arrival);
        }
    }

    private void admit(Arrival arrival) {
        if (assignment.epoch().isNewerThan(arrival.epoch()) || !lease.admits()) {
            arrival.refuse(Tenure.notOwner());
        } else if (arrival.epoch().isNewerThan(assignment.epoch())) {
            waiting.add(arrival);
            room.hasNewerOwner();
        } else {
            arrival.enter(room);
        }
    }

    /** Somebody does not wait any more. */
    void goes(Arrival arrival) {
        waiting.remove(arrival);
    }

    /** The room is open. */
    void open() {
        takeAll().forEach(this::come);
    }

    /** The room has ended: those who wait come with a newer ticket, or learn from a new beginning why they cannot. */
    void sendOn() {
        takeAll().forEach(rooms::place);
    }

    /** Nobody comes in; who comes later may. */
    void refuse(RoutingException why) {
        takeAll().forEach(arrival -> arrival.refuse(why));
    }

    /** Nobody comes in who knows of no newer ownership than this. */
    void refuseUpTo(Epoch epoch, RoutingException why) {
        List<Arrival> refused = waiting.stream()
                .filter(arrival -> !arrival.epoch().isNewerThan(epoch))
                .toList();
        refused.forEach(waiting::remove);
        refused.forEach(arrival -> arrival.refuse(why));
    }

    private List<Arrival> takeAll() {
        List<Arrival> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
