package io.roomrouting;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leads users into a room: finds it, has it placed if it has no living owner, and reserves their seats where seats are
 * counted. With a directory that is one call of it for a room that has an owner, without one it is one look-up.
 */
final class Seating {

    /** A ticket's longest life, and time for the client to come in and for the host to tell so. */
    static final Duration HOLD = Duration.ofSeconds(Ticket.MAX_LIFE_SECONDS + 15L);

    private static final int ROUNDS = 3;

    private final RoomRegistry registry;
    private final SharedPlacements placements;
    private final @Nullable RoomDirectory directory;

    Seating(RoomRegistry registry, SharedPlacements placements, @Nullable RoomDirectory directory) {
        this.registry = registry;
        this.placements = placements;
        this.directory = directory;
    }

    /**
     * Leads users into a room that exists.
     *
     * @return the room with its owner, and the seats; empty if there is no such room (any more)
     * @throws RoutingException.RoomRefused if it is full or locked
     */
    Optional<SeatResult.Reserved> seat(RoomId room, Set<UserId> users, Deadline deadline) {
        for (int round = 0; round < ROUNDS; round++) {
            SeatResult result = ask(room, users);
            if (result instanceof SeatResult.Vacant) {
                Optional<RoomRecord> owned = placements.owned(room, deadline);
                if (owned.isEmpty() || isUncounted(owned.get())) {
                    return owned.map(record -> new SeatResult.Reserved(record, Map.of()));
                }
            } else {
                return settled(result);
            }
        }
        throw RoutingException.unavailable(
                ErrorCode.OVERLOADED, "the room is being given back again and again", Duration.ofSeconds(1));
    }

    /** Leads users into a room that has just been made, and has no owner yet. */
    Optional<SeatResult.Reserved> seatInNew(RoomId room, Set<UserId> users, Deadline deadline) {
        Optional<RoomRecord> owned = placements.owned(room, deadline);
        if (owned.isEmpty() || isUncounted(owned.get())) {
            return owned.map(record -> new SeatResult.Reserved(record, Map.of()));
        }
        return seat(room, users, deadline);
    }

    private SeatResult ask(RoomId room, Set<UserId> users) {
        if (directory != null) {
            return directory.reserve(room, new SeatWish(users, HOLD));
        }
        Optional<RoomRecord> found = registry.find(room);
        if (found.isEmpty()) {
            return new SeatResult.NoSuchRoom();
        }
        return found.get().assignment().isPresent()
                ? new SeatResult.Reserved(found.get(), Map.of())
                : new SeatResult.Vacant(found.get());
    }

    private boolean isUncounted(RoomRecord room) {
        return directory == null || room.spec().maxClients().isEmpty();
    }

    private static Optional<SeatResult.Reserved> settled(SeatResult result) {
        if (result instanceof SeatResult.Full) {
            throw RoutingException.roomRefused(ErrorCode.ROOM_FULL, "the room has no free seat");
        }
        if (result instanceof SeatResult.Locked) {
            throw RoutingException.roomRefused(ErrorCode.ROOM_LOCKED, "the room takes nobody new");
        }
        return result instanceof SeatResult.Reserved reserved ? Optional.of(reserved) : Optional.empty();
    }
}
