package io.roomrouting.examples.chatserver;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostState;
import io.roomrouting.Identity;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.jetty.RoomPorts;
import io.roomrouting.session.SessionHost;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Creates rooms: has them placed like any room, opens them before anybody comes, and gives them ports. A room that gets no
 * port is given back. Thread-safe; blocks for as long as a room takes to open.
 */
final class RoomDesk {

    /** Who creates rooms has shown the key for that, and is nobody in particular. */
    private static final Identity CREATOR = Identity.of("chatserver");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int ROUNDS = 5;
    private static final int LOCKS = 64;

    private final RoomRouter router;
    private final RoomRegistry registry;
    private final SessionHost host;
    private final RoomPorts ports;

    /** So that of those who create one room at once, one does and the others find it; rooms may share a lock. */
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    RoomDesk(RoomRouter router, RoomRegistry registry, SessionHost host, RoomPorts ports) {
        this.router = router;
        this.registry = registry;
        this.host = host;
        this.ports = ports;
    }

    /**
     * Finds a room that is open, or makes it; either way it stays for its idle time at least.
     *
     * @throws RoutingException.Unavailable with {@link ErrorCode#NO_CAPACITY} if the server is full, with
     *     {@link ErrorCode#HOST_DRAINING} if it is about to stop
     */
    RoomPlace findOrCreate(RoomId room) {
        synchronized (locks[Math.floorMod(room.hashCode(), LOCKS)]) {
            for (int round = 0; round < ROUNDS; round++) {
                boolean known = isOpen(room) && ports.portOf(room).isPresent();
                OptionalInt port = place(room, known);
                if (port.isPresent()) {
                    return new RoomPlace(port.getAsInt(), !known);
                }
            }
        }
        throw RoutingException.unavailable(ErrorCode.OVERLOADED, "The room ends again and again", RETRY_AFTER);
    }

    private boolean isOpen(RoomId room) {
        return host.rooms().find(room).isPresent();
    }

    /** Gives nothing if an end of the room came in between. */
    private OptionalInt place(RoomId room, boolean known) {
        if (host.status().state() == HostState.DRAINING) {
            throw RoutingException.unavailable(ErrorCode.HOST_DRAINING, "The server is about to stop", RETRY_AFTER);
        }
        router.findOrStart(room, RoomSpec.defaults(), CREATOR);
        RoomRecord placed = registry.find(room).orElse(null);
        if (placed == null || placed.assignment().isEmpty()) {
            return OptionalInt.empty();
        }
        RoomAssignment assignment = placed.assignment().get();
        boolean open = known;
        try {
            awaitOpen(assignment, placed.spec());
            int port = ports.open(room);
            open = isOpen(room);
            return open ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (RoutingException.LookUpAgain | RoutingException.RoomRefused e) {
            // It was about to end when it was found.
            return OptionalInt.empty();
        } finally {
            if (!open) {
                giveBack(assignment);
            }
        }
    }

    private void giveBack(RoomAssignment assignment) {
        ports.close(assignment.room());
        if (!host.rooms().close(assignment.room())) {
            registry.release(assignment, Release.CLOSED);
        }
    }

    private void awaitOpen(RoomAssignment assignment, RoomSpec spec) {
        try {
            host.rooms().open(assignment, spec).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RoutingException why) {
                throw why;
            }
            throw new IllegalStateException("Room " + assignment.room() + " could not be opened", e);
        } catch (TimeoutException e) {
            throw RoutingException.unavailable(ErrorCode.OVERLOADED, "The room takes too long to open", RETRY_AFTER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RoutingException.unavailable(ErrorCode.HOST_DRAINING, "The server is about to stop", RETRY_AFTER, e);
        }
    }
}
