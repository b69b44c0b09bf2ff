package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostState;
import io.roomrouting.RoutingException;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.WhenDraining;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a host gets rid of its rooms: it drains, perhaps takes rooms again, and stops for good. Thread-safe; nothing is
 * called while the lock is held.
 */
final class Retreat {

    /** How long rooms may take that have been told to end at once. */
    static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Retreat.class);

    private final LocalSessionHost host;
    private final Collection<RoomRuntime> rooms;
    private volatile HostState state = HostState.ACTIVE;
    private volatile boolean stopped;
    private volatile boolean ordered;
    private volatile Duration spread = LocalSessionHost.RECONNECT_SPREAD;

    /** Completed when the last room has gone, or when nobody waits for that any more. */
    private volatile CompletableFuture<Void> end = new CompletableFuture<>();

    /**
     * Begins with a host that takes rooms.
     *
     * @param rooms a view of the host's rooms
     */
    Retreat(LocalSessionHost host, Collection<RoomRuntime> rooms) {
        this.host = host;
        this.rooms = rooms;
    }

    HostState state() {
        return state;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Over how long the clients' return is spread. */
    Duration spread() {
        return spread;
    }

    /** Why the host opens no more rooms of this type, or null if it does. */
    @Nullable RoutingException refusal(RoomType type) {
        boolean drains = state == HostState.DRAINING && type.settings().whenDraining() == WhenDraining.MOVE;
        return stopped || drains
                ? RoutingException.unavailable(
                        ErrorCode.HOST_DRAINING, "the host is about to stop", host.spread(spread))
                : null;
    }

    /** A room has gone. */
    void roomGone() {
        if (rooms.isEmpty()) {
            end.complete(null);
        }
    }

    /** Takes no new rooms from now on; returns what to wait for, or null if the host has stopped. */
    @Nullable CompletableFuture<Void> begin(boolean byOrder) {
        synchronized (this) {
            if (stopped || (byOrder && state == HostState.DRAINING)) {
                return null;
            }
            state = HostState.DRAINING;
            ordered = byOrder;
            return waitAnew();
        }
    }

    /** Gets the rooms away, and says whether the host is empty. Blocks. */
    boolean moveRoomsAway(CompletableFuture<Void> empty, Duration longestDelay, Duration deadline, LeaseSource leases) {
        spread = longestDelay;
        rooms.forEach(room -> room.leaveHost(CloseReason.HOST_DRAINING));
        long start = host.time().nanoTime();
        if (!await(empty, deadline)) {
            rooms.forEach(room -> room.close(CloseReason.HOST_DRAINING));
            await(empty, STOP_PATIENCE);
        }
        if (state == HostState.ACTIVE) {
            return false;
        }
        warnOfLeftRooms();
        leases.settle(deadline.plus(STOP_PATIENCE).minusNanos(host.time().nanoTime() - start));
        return rooms.isEmpty();
    }

    /** Takes rooms again; false if there is nothing to undo, or only what somebody else may undo. */
    synchronized boolean undo(boolean byOrder) {
        if (stopped || state == HostState.ACTIVE || (byOrder && !ordered)) {
            return false;
        }
        state = HostState.ACTIVE;
        ordered = false;
        end.complete(null);
        return true;
    }

    /** Ends all rooms, for good; false if that has been done. Blocks. */
    boolean stop() {
        CompletableFuture<Void> empty;
        synchronized (this) {
            if (stopped) {
                return false;
            }
            stopped = true;
            state = HostState.DRAINING;
            empty = waitAnew();
        }
        rooms.forEach(room -> room.leaveHost(CloseReason.SERVER_STOPPING));
        if (!await(empty, STOP_PATIENCE)) {
            rooms.forEach(room -> room.close(CloseReason.SERVER_STOPPING));
            warnOfLeftRooms();
        }
        return true;
    }

    private CompletableFuture<Void> waitAnew() {
        end.complete(null);
        end = new CompletableFuture<>();
        return end;
    }

    /** Waits until no room is left, or until somebody else takes over; says whether that was in time. */
    private boolean await(CompletableFuture<Void> empty, Duration patience) {
        if (rooms.isEmpty()) {
            return true;
        }
        try {
            return host.time().await(empty, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void warnOfLeftRooms() {
        if (!rooms.isEmpty()) {
            LOG.warn("{} rooms were not released in time", rooms.size());
        }
    }
}
