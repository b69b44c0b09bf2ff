package io.roomrouting;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a public room for a group, or makes one.
 *
 * <p>Of those who want the same at the same moment, in this process, one makes a room while the others wait for it and then
 * look again: otherwise a rush to an empty lobby would make as many rooms as there are callers. Each waits until its own
 * deadline and no longer.
 */
final class Matchmaker {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final TimeSource time;
    private final RoomRegistry registry;
    private final RoomDirectory directory;
    private final RoomAuthorizer authorizer;
    private final Seating seating;
    private final ConcurrentMap<RoomSpec, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    Matchmaker(
            TimeSource time,
            RoomRegistry registry,
            RoomDirectory directory,
            RoomAuthorizer authorizer,
            Seating seating) {
        this.time = time;
        this.registry = registry;
        this.directory = directory;
        this.authorizer = authorizer;
        this.seating = seating;
    }

    RoomDirectory directory() {
        return directory;
    }

    SeatResult.Reserved match(Identity identity, RoomSpec wishes, Set<UserId> group, Deadline deadline) {
        RoomSpec spec = wishes.withVisibility(RoomVisibility.PUBLIC);
        Set<UserId> users = new HashSet<>(group);
        users.add(identity.user());
        SeatWish wish = new SeatWish(users, Seating.HOLD);
        if (spec.maxClients().orElse(Integer.MAX_VALUE) < users.size()) {
            throw RoutingException.invalid("maxClients is less than the group");
        }
        Set<RoomId> except = new HashSet<>();
        while (!deadline.hasPassed()) {
            Optional<SeatResult.Reserved> found =
                    find(identity, spec, wish, except).or(() -> makeOrWait(identity, spec, wish, except, deadline));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw late(null);
    }

    /** Looks for a room that this identity may join. */
    private Optional<SeatResult.Reserved> find(Identity identity, RoomSpec spec, SeatWish wish, Set<RoomId> except) {
        while (except.size() < RoomMatch.MAX_EXCEPT) {
            Optional<SeatResult.Reserved> matched = directory.match(new RoomMatch(RoomFilter.like(spec), except), wish);
            if (matched.isEmpty() || isAllowed(identity, matched.get())) {
                return matched;
            }
            except.add(matched.get().room().room());
        }
        return Optional.empty();
    }

    /** Gives the seats back if the identity may not join, or if that cannot be said. */
    private boolean isAllowed(Identity identity, SeatResult.Reserved matched) {
        boolean kept = false;
        try {
            authorizer.authorize(
                    identity, RoomAuthorizer.Action.JOIN, matched.room().room());
            kept = true;
            return true;
        } catch (RoutingException.Forbidden e) {
            return false;
        } finally {
            if (!kept && !matched.seats().isEmpty()) {
                Set<SeatId> seats = new HashSet<>();
                matched.seats().values().forEach(seat -> seats.add(seat.id()));
                directory.cancel(matched.room().room(), seats);
            }
        }
    }

    /** Makes a room; empty if another caller makes one, or if others have filled the new one already. */
    private Optional<SeatResult.Reserved> makeOrWait(
            Identity identity, RoomSpec spec, SeatWish wish, Set<RoomId> except, Deadline deadline) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> others = underWay.putIfAbsent(spec, mine);
        if (others != null) {
            await(others, deadline);
            return Optional.empty();
        }
        try {
            // Whoever made one before may have finished between this caller's look and its turn.
            return find(identity, spec, wish, except).or(() -> make(identity, spec, wish, deadline));
        } finally {
            underWay.remove(spec, mine);
            mine.complete(null);
        }
    }

    private Optional<SeatResult.Reserved> make(Identity identity, RoomSpec spec, SeatWish wish, Deadline deadline) {
        RoomId room = RoomId.random();
        authorizer.authorize(identity, RoomAuthorizer.Action.CREATE, room);
        registry.create(room, spec);
        try {
            return seating.seatInNew(room, wish.users(), deadline);
        } catch (RoutingException.RoomRefused e) {
            return Optional.empty();
        }
    }

    private void await(CompletableFuture<Void> others, Deadline deadline) {
        try {
            if (!time.await(others, deadline.remaining())) {
                throw late(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late(e);
        }
    }

    private static RoutingException late(@Nullable Throwable cause) {
        return RoutingException.unavailable(
                ErrorCode.SCHEDULER_UNAVAILABLE, "no room was found or made in time", RETRY, cause);
    }
}
