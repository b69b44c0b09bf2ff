package io.roomrouting.internal;

import io.roomrouting.RoomOwnership;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import java.time.Duration;

/** What the end of a room means for its sessions and for the registry. */
final class Endings {

    private Endings() {}

    static LeaveReason leaveReason(CloseReason reason) {
        return switch (reason) {
            case IDLE, CLOSED -> LeaveReason.ROOM_CLOSED;
            case HOST_DRAINING -> LeaveReason.HOST_DRAINING;
            case SERVER_STOPPING -> LeaveReason.SERVER_STOPPING;
            case LEASE_LOST -> LeaveReason.LEASE_LOST;
            case MOVED, HANDED_OVER -> LeaveReason.MOVED;
        };
    }

    /** Over how long the sessions' return is spread; zero where they shall not return. */
    static Duration spread(CloseReason reason, Duration drainSpread) {
        return switch (reason) {
            case IDLE, CLOSED -> Duration.ZERO;
            case HOST_DRAINING, HANDED_OVER -> drainSpread;
            case SERVER_STOPPING, LEASE_LOST, MOVED -> LocalSessionHost.RECONNECT_SPREAD;
        };
    }

    /** A room that is no longer ours is not ours to release. */
    static boolean releases(CloseReason reason) {
        return switch (reason) {
            case IDLE, CLOSED, HOST_DRAINING, HANDED_OVER, SERVER_STOPPING -> true;
            case LEASE_LOST, MOVED -> false;
        };
    }

    static RoomOwnership.Release release(CloseReason reason) {
        return reason == CloseReason.CLOSED ? RoomOwnership.Release.CLOSED : RoomOwnership.Release.IDLE;
    }
}
