package io.roomrouting.internal;

import io.roomrouting.RoomOwnership;
import io.roomrouting.TimeSource;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import java.time.Duration;

/**
 * How a room ends on this host: after it has been idle, because it was closed, or because it moves to the next owner.
 * Belongs to the room's thread.
 */
final class Ending {

    private final RoomRuntime room;
    private final LocalSessionHost host;
    private final Duration idleTimeout;
    private final Tenure tenure;
    private final Callbacks callbacks;
    private final Attendance attendance;
    private final RoomTimers timers;
    private TimeSource.Cancellable idleTimer = () -> {};

    Ending(
            RoomRuntime room,
            RoomType type,
            Tenure tenure,
            Callbacks callbacks,
            Attendance attendance,
            RoomTimers timers) {
        this.room = room;
        this.host = room.host();
        this.idleTimeout = type.settings().idleTimeout();
        this.tenure = tenure;
        this.callbacks = callbacks;
        this.attendance = attendance;
        this.timers = timers;
    }

    // Idle

    void isNeeded() {
        idleTimer.cancel();
    }

    void closeWhenIdle() {
        if (room.state() == RoomState.OPEN && attendance.isEmpty()) {
            idleTimer.cancel();
            idleTimer = host.time().schedule(idleTimeout, () -> room.forceElsewhere(this::passivate));
        }
    }

    private void passivate() {
        if (room.state() != RoomState.OPEN || !attendance.isEmpty()) {
            return;
        }
        Keeping keeping = room.keeping();
        if (keeping == null) {
            shut(CloseReason.IDLE);
            return;
        }
        keeping.save(
                () -> {
                    if (attendance.isEmpty() && keeping.isUpToDate()) {
                        shut(CloseReason.IDLE);
                    } else {
                        closeWhenIdle();
                    }
                },
                failure -> closeWhenIdle());
    }

    // Moving

    /** Hands the room over if that is possible, and ends it otherwise. */
    void moveOrShut(CloseReason reason) {
        Keeping keeping = room.keeping();
        if (room.state() != RoomState.OPEN || keeping == null) {
            shut(reason);
            return;
        }
        idleTimer.cancel();
        Duration spread = spread(reason);
        RoomSnapshot last = attendance.lastSnapshot(leaveReason(reason), spread);
        if (last == null) {
            shut(reason);
            return;
        }
        room.become(RoomState.MOVING);
        timers.end();
        keeping.saveLast(last, saved -> {
            if (room.isMovingAway() && saved) {
                handOver(spread);
            } else if (room.isMovingAway()) {
                shutUnsaved(reason);
            }
        });
    }

    /** A lease whose end is seen here is given up for good, lest a renewal under way bring it back, and the epoch with it. */
    private void shutUnsaved(CloseReason reason) {
        boolean serves = room.lease().serves();
        shut(serves ? reason : CloseReason.LEASE_LOST);
        if (!serves) {
            host.leaseLost(room.lease());
        }
    }

    private void handOver(Duration spread) {
        close(CloseReason.HANDED_OVER);
        release(CloseReason.HANDED_OVER, () -> attendance.leadAway(host.newsDelay(), spread));
    }

    // Closing

    /** Ends the room here and sends everybody away; nothing if it has ended. */
    void shut(CloseReason reason) {
        if (room.hasEnded()) {
            return;
        }
        boolean wasOpen = room.state() != RoomState.OPENING;
        room.become(RoomState.CLOSING);
        idleTimer.cancel();
        timers.end();
        Keeping keeping = room.keeping();
        if (keeping != null) {
            keeping.end();
        }
        attendance.sendAway(leaveReason(reason), spread(reason));
        if (wasOpen) {
            close(reason);
        }
        if (releases(reason)) {
            release(reason, () -> {});
        } else {
            room.finish();
        }
    }

    private void close(CloseReason reason) {
        room.become(RoomState.CLOSING);
        callbacks.close(reason);
        host.listener().roomClosed(room.id(), reason);
    }

    /** Gives the room back to the registry, and is done when that has happened. */
    void release(CloseReason reason, Runnable then) {
        room.become(RoomState.CLOSING);
        Keeping keeping = room.keeping();
        boolean forGood = reason == CloseReason.CLOSED;
        Runnable before = forGood && keeping != null ? keeping::delete : () -> {};
        Runnable after = () -> {
            then.run();
            room.finish();
        };
        tenure.release(
                forGood ? RoomOwnership.Release.CLOSED : RoomOwnership.Release.IDLE,
                before,
                after,
                room::refuseWaiting);
    }

    // What a reason means

    private static LeaveReason leaveReason(CloseReason reason) {
        return switch (reason) {
            case IDLE, CLOSED -> LeaveReason.ROOM_CLOSED;
            case HOST_DRAINING -> LeaveReason.HOST_DRAINING;
            case SERVER_STOPPING -> LeaveReason.SERVER_STOPPING;
            case LEASE_LOST -> LeaveReason.LEASE_LOST;
            case MOVED, HANDED_OVER -> LeaveReason.MOVED;
        };
    }

    /** Over how long the sessions' return is spread; zero where they shall not return. */
    private Duration spread(CloseReason reason) {
        return switch (reason) {
            case IDLE, CLOSED -> Duration.ZERO;
            case HOST_DRAINING, HANDED_OVER -> host.drainSpread();
            case SERVER_STOPPING, LEASE_LOST, MOVED -> LocalSessionHost.RECONNECT_SPREAD;
        };
    }

    /** A room that is no longer ours is not ours to release. */
    private static boolean releases(CloseReason reason) {
        return switch (reason) {
            case IDLE, CLOSED, HOST_DRAINING, HANDED_OVER, SERVER_STOPPING -> true;
            case LEASE_LOST, MOVED -> false;
        };
    }
}
