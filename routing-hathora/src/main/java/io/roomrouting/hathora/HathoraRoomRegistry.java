package io.roomrouting.hathora;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A registry that asks Hathora about rooms that it does not know, so that a room is "not found" only if neither of them has
 * heard of it: a backend that has restarted without its memory still finds the rooms whose processes run.
 *
 * <p>Everything else is the other registry's business. Thread-safe; blocks as long as that one, and for an unknown room up to
 * the given patience. At most 32 unknown rooms are asked for at a time, others wait for their turn; whoever has none within the
 * patience is told {@link ErrorCode#OVERLOADED}. So guessed ids do not use up what Hathora allows.
 */
public final class HathoraRoomRegistry implements RoomRegistry {

    private static final int MAX_QUESTIONS = 32;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RoomRegistry registry;
    private final HathoraRooms rooms;
    private final Duration patience;
    private final Semaphore questions = new Semaphore(MAX_QUESTIONS);

    /**
     * Adds Hathora's knowledge to a registry.
     *
     * @param registry keeps rooms and ownerships
     * @param rooms the application at Hathora
     * @param patience how long to wait for Hathora's answer about an unknown room
     */
    public HathoraRoomRegistry(RoomRegistry registry, HathoraRooms rooms, Duration patience) {
        this.registry = registry;
        this.rooms = rooms;
        this.patience = patience;
    }

    @Override
    public Optional<RoomRecord> find(RoomId room) {
        try {
            Optional<RoomRecord> known = registry.find(room);
            return known.isPresent() ? known : askFor(room);
        } catch (RoutingException.Unavailable e) {
            if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE) {
                throw e;
            }
            // It may have restarted and not know all rooms yet; if Hathora does not know this one either, that counts.
            return Optional.of(askFor(room).orElseThrow(() -> e));
        }
    }

    private Optional<RoomRecord> askFor(RoomId room) {
        Deadline deadline = Deadline.in(rooms.time(), patience);
        awaitTurn(deadline);
        try {
            Optional<HathoraRoom> found =
                    rooms.find(room, deadline).filter(there -> there.status() != HathoraRoom.Status.DESTROYED);
            if (found.isPresent()) {
                return Optional.of(remember(room, RoomConfig.read(found.get().config())));
            }
            // A single "unknown" of somebody who also errs is not enough to send a client away.
            return rooms.whereabouts(room, deadline).map(where -> remember(room, RoomSpec.defaults()));
        } finally {
            questions.release();
        }
    }

    private void awaitTurn(Deadline deadline) {
        try {
            if (questions.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RoutingException.unavailable(ErrorCode.OVERLOADED, "the look-up was cancelled", RETRY, e);
        }
        throw RoutingException.unavailable(ErrorCode.OVERLOADED, "too many unknown rooms are asked for", RETRY);
    }

    private RoomRecord remember(RoomId room, RoomSpec spec) {
        try {
            return registry.create(room, spec);
        } catch (RoutingException.InvalidRequest e) {
            // Somebody else has just remembered it.
            return registry.find(room).orElseThrow(() -> e);
        }
    }

    @Override
    public RoomRecord create(RoomId fresh, RoomSpec spec) {
        return registry.create(fresh, spec);
    }

    @Override
    public RoomRecord ensure(RoomId room, RoomSpec spec) {
        return registry.ensure(room, spec);
    }

    @Override
    public ClaimResult claim(Claim claim) {
        return registry.claim(claim);
    }

    @Override
    public boolean confirm(RoomAssignment assignment) {
        return registry.confirm(assignment);
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        registry.release(assignment, release);
    }
}
