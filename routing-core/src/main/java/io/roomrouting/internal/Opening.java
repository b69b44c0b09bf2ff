package io.roomrouting.internal;

import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore;
import org.jspecify.annotations.Nullable;

/**
 * How a room begins: confirmed with the registry, made, given its earlier state, opened. Every step may find that there is
 * nothing to open any more. Belongs to the room's thread.
 */
final class Opening {

    private final RoomRuntime room;
    private final LocalSessionHost host;
    private final RoomType type;
    private final Lease lease;
    private final Tenure tenure;
    private final Callbacks callbacks;
    private final Attendance attendance;

    Opening(RoomRuntime room, RoomType type, Tenure tenure, Callbacks callbacks, Attendance attendance) {
        this.room = room;
        this.host = room.host();
        this.type = type;
        this.lease = room.lease();
        this.tenure = tenure;
        this.callbacks = callbacks;
        this.attendance = attendance;
    }

    /** Begins; from any thread. */
    void begin() {
        tenure.confirm(this::confirmed);
    }

    private void confirmed(@Nullable RoutingException refusal) {
        if (!room.isOpening()) {
            return;
        }
        if (refusal != null || !lease.commits()) {
            room.disown(refusal == null ? Tenure.notOwner() : refusal);
            return;
        }
        RoutingException stopping = host.stopping(type);
        RoutingException failure = stopping != null ? stopping : callbacks.create(type.factory(), room.view());
        RoomStateStore store = host.settings().stateStore();
        if (failure != null) {
            room.giveUp(failure);
        } else if (store != null && callbacks.isRestorable()) {
            Keeping keeping =
                    new Keeping(room, store, callbacks, type.settings().saveInterval());
            room.keeps(keeping);
            keeping.load(this::loaded, this::notLoaded);
        } else {
            open(null);
        }
    }

    private void loaded(@Nullable RoomSnapshot found) {
        if (!room.isOpening()) {
            return;
        }
        if (!lease.commits()) {
            room.disown(Tenure.notOwner());
            return;
        }
        open(found);
    }

    private void notLoaded(RoutingException why) {
        if (!room.isOpening()) {
            return;
        }
        if (why instanceof RoutingException.LookUpAgain) {
            room.disown(why);
        } else {
            room.giveUp(why);
        }
    }

    private void open(@Nullable RoomSnapshot found) {
        RoutingException failure = null;
        if (found != null) {
            attendance.restore(found.seats());
            failure = callbacks.restore(found.state());
        }
        failure = failure != null ? failure : callbacks.open();
        if (failure != null) {
            room.giveUp(failure);
        } else {
            room.opened();
        }
    }
}
