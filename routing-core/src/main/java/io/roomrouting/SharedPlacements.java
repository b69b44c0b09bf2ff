package io.roomrouting;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent callers for one room share one placement, which the first of them makes on its own thread.
 *
 * <p>The others wait, each until its own deadline and no longer. A caller that gives up takes nothing from anybody: if it
 * was the one that placed, because its time was over or its thread interrupted, one of those who wait goes on.
 */
final class SharedPlacements {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final TimeSource time;
    private final RoomRegistry registry;
    private final Placer placer;
    private final ConcurrentMap<RoomId, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();

    /** How a placement ended for those who wait for it. */
    private sealed interface Outcome {

        /** The room with its owner; empty if there is no such room any more. */
        record Done(Optional<RoomRecord> owned) implements Outcome {}

        /** It cannot be placed, whoever asks. */
        record Failed(RuntimeException why) implements Outcome {}

        /** Whoever was at it has given up: the next one tries. */
        record GivenUp() implements Outcome {}
    }

    SharedPlacements(TimeSource time, RoomRegistry registry, Placer placer) {
        this.time = time;
        this.registry = registry;
        this.placer = placer;
    }

    /** Returns the room with its owner, placed if need be; empty if there is no such room (any more). */
    Optional<RoomRecord> owned(RoomId room, Deadline deadline) {
        while (!deadline.hasPassed()) {
            CompletableFuture<Outcome> mine = new CompletableFuture<>();
            CompletableFuture<Outcome> others = underWay.putIfAbsent(room, mine);
            if (others == null) {
                return lead(room, mine, deadline);
            }
            Outcome outcome = await(others, deadline);
            if (outcome instanceof Outcome.Done done) {
                return done.owned();
            }
            if (outcome instanceof Outcome.Failed failed) {
                throw failed.why();
            }
        }
        throw late(null);
    }

    private Optional<RoomRecord> lead(RoomId room, CompletableFuture<Outcome> mine, Deadline deadline) {
        Outcome outcome = new Outcome.GivenUp();
        try {
            Optional<RoomRecord> owned = place(room, deadline);
            outcome = new Outcome.Done(owned);
            return owned;
        } catch (RuntimeException e) {
            boolean personal = deadline.hasPassed() || Thread.currentThread().isInterrupted();
            outcome = personal ? new Outcome.GivenUp() : new Outcome.Failed(e);
            throw e;
        } finally {
            underWay.remove(room, mine);
            mine.complete(outcome);
        }
    }

    /** Looks once more, since the room may have been placed between the caller's look and its turn. */
    private Optional<RoomRecord> place(RoomId room, Deadline deadline) {
        Optional<RoomRecord> known = registry.find(room);
        if (known.isEmpty() || known.get().assignment().isPresent()) {
            return known;
        }
        RoomSpec spec = known.get().spec();
        return placer.place(known.get(), deadline)
                .map(assignment -> new RoomRecord(room, spec, Optional.of(assignment)));
    }

    private Outcome await(CompletableFuture<Outcome> others, Deadline deadline) {
        try {
            return time.await(others, deadline.remaining()) ? others.join() : new Outcome.GivenUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late(e);
        }
    }

    private static RoutingException late(@Nullable Throwable cause) {
        return RoutingException.unavailable(
                ErrorCode.SCHEDULER_UNAVAILABLE, "the room was not placed in time", RETRY, cause);
    }
}
