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
    private volatile boolean stopped;

    /** The host itself wants to drain. */
    private volatile boolean own;

    /** Somebody has ordered it in the registry. */
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
        return own || ordered ? HostState.DRAINING : HostState.ACTIVE;
    }

    /** What the host would do without an order. */
    HostState wants() {
        return own ? HostState.DRAINING : HostState.ACTIVE;
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
        boolean drains = state() == HostState.DRAINING && type.settings().whenDraining() == WhenDraining.MOVE;
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

    /** The host wants to drain; returns what to wait for, or null if it has stopped. */
    synchronized @Nullable CompletableFuture<Void> begin() {
        if (stopped) {
            return null;
        }
        own = true;
        return waitAnew();
    }

    /** Somebody orders a drain; returns what to wait for, or null if there is nothing to do that is not done. */
    synchronized @Nullable CompletableFuture<Void> obey() {
        if (stopped || ordered) {
            return null;
        }
        boolean drains = own;
        ordered = true;
        return drains ? null : waitAnew();
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
        if (state() == HostState.ACTIVE) {
            return false;
        }
        warnOfLeftRooms();
        leases.settle(deadline.plus(STOP_PATIENCE).minusNanos(host.time().nanoTime() - start));
        return rooms.isEmpty();
    }

    /** The host wants to take rooms again; false if it did not want to drain. */
    synchronized boolean undo() {
        if (stopped || !own) {
            return false;
        }
        own = false;
        wakeIfActive();
        return true;
    }

    /** The order is taken back. */
    synchronized void release() {
        if (!stopped && ordered) {
            ordered = false;
            wakeIfActive();
        }
    }

    private void wakeIfActive() {
        if (state() == HostState.ACTIVE) {
            end.complete(null);
        }
    }

    /** Ends all rooms, for good; false if that has been done. Blocks. */
    boolean stop() {
        CompletableFuture<Void> empty;
        synchronized (this) {
            if (stopped) {
                return false;
            }
            stopped = true;
            own = true;
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
