package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.RoomStateStore.Loaded;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of one restorable room in a store, one call at a time: what is asked for while a call is under way goes
 * together into the next. Belongs to the room's thread; the store is called where that may block.
 */
final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(RoomStateStore.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int MAX_WAITING = 10_000;

    private final RoomRuntime room;
    private final LocalSessionHost host;
    private final RoomStateStore store;
    private final RoomAssignment assignment;
    private final Lease lease;
    private final Callbacks callbacks;
    private final Duration interval;
    private List<Waiting> waiting = new ArrayList<>();
    private TimeSource.Cancellable timer = () -> {};
    private long version;
    private boolean saving;
    private boolean changed;
    private boolean failing;
    private boolean ended;

    /** Who wants to know when what has happened until now is safe. */
    private record Waiting(Runnable saved, Consumer<? super Exception> failed) {}

    /** How a call of the store ended. */
    private sealed interface Outcome {
        record Saved() implements Outcome {}

        record Fenced() implements Outcome {}

        record Failed(RuntimeException why) implements Outcome {}
    }

    Keeping(RoomRuntime room, RoomStateStore store, Callbacks callbacks, Duration interval) {
        this.room = room;
        this.host = room.host();
        this.store = store;
        this.assignment = room.assignment();
        this.lease = room.lease();
        this.callbacks = callbacks;
        this.interval = interval;
    }

    // Opening

    /**
     * Looks for what an earlier owner has left.
     *
     * @param then gets it, null if there is nothing; its seats are only there if nothing has happened since
     * @param failed why the room cannot open
     */
    void load(Consumer<@Nullable RoomSnapshot> then, Consumer<RoutingException> failed) {
        host.store(CorrelationId.carriedOn(() -> room.forceElsewhere(CorrelationId.carriedOn(looked(then, failed)))));
    }

    private Runnable looked(Consumer<@Nullable RoomSnapshot> then, Consumer<RoutingException> failed) {
        try {
            RoomSnapshot found = found();
            return () -> then.accept(found);
        } catch (RoutingException e) {
            return () -> failed.accept(e);
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("The state of room {} could not be read", assignment.room(), e);
            return () -> failed.accept(outOfReach(e));
        }
    }

    private @Nullable RoomSnapshot found() throws IOException {
        Loaded loaded = store.load(assignment.room(), assignment.epoch());
        if (loaded instanceof Loaded.Found found) {
            RoomSnapshot snapshot = RoomSnapshot.from(found.state());
            return found.untouched() ? snapshot : new RoomSnapshot(snapshot.state(), List.of());
        }
        if (loaded instanceof Loaded.Fenced) {
            throw Tenure.notOwner();
        }
        return null;
    }

    // Saving

    /** Something happened in the room. */
    void touch() {
        if (!changed && !ended) {
            changed = true;
            if (!interval.isZero()) {
                timer = host.time().schedule(interval, () -> room.forceElsewhere(this::saveChanges));
            }
        }
    }

    /** Says whether nothing has happened since the last snapshot. */
    boolean isUpToDate() {
        return !changed && !callbacks.hasRun();
    }

    private void saveChanges() {
        if (changed && !ended) {
            save(() -> {}, failure -> touch());
        }
    }

    /** Saves everything that has happened until now. */
    void save(Runnable saved, Consumer<? super Exception> failed) {
        if (waiting.size() >= MAX_WAITING) {
            failed.accept(RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "too many wait for the room's state to be saved", RETRY));
            return;
        }
        waiting.add(new Waiting(saved, failed));
        if (!saving) {
            saveNow();
        }
    }

    private void saveNow() {
        List<Waiting> served = waiting;
        waiting = new ArrayList<>();
        changed = false;
        timer.cancel();
        byte[] state = callbacks.snapshot();
        if (state == null) {
            Exception why = new IllegalStateException("the room gave no snapshot");
            served.forEach(
                    one -> callbacks.guard("save failed", () -> one.failed().accept(why)));
            return;
        }
        saving = true;
        byte[] content = new RoomSnapshot(state, List.of()).toBytes();
        long own = ++version;
        host.store(() -> {
            Outcome outcome = write(own, content);
            room.forceElsewhere(() -> written(outcome, served));
        });
    }

    private void written(Outcome outcome, List<Waiting> served) {
        saving = false;
        if (outcome instanceof Outcome.Saved) {
            failing = false;
            served.forEach(one -> callbacks.guard("saved", one.saved()));
        } else if (outcome instanceof Outcome.Failed failure) {
            warn(failure.why());
            served.forEach(
                    one -> callbacks.guard("save failed", () -> one.failed().accept(failure.why())));
        } else {
            served.forEach(
                    one -> callbacks.guard("save failed", () -> one.failed().accept(Tenure.notOwner())));
            room.hasNewerOwner();
        }
        if (!waiting.isEmpty() && !saving) {
            saveNow();
        }
    }

    /**
     * Saves the last snapshot of this ownership, again and again until the store has taken it or the room may write no
     * more.
     *
     * @param last the state and the seats
     * @param then gets true when it is saved, false if it will not be
     */
    void saveLast(RoomSnapshot last, Consumer<Boolean> then) {
        ended = true;
        timer.cancel();
        byte[] content = last.toBytes();
        attemptLast(++version, content, then);
    }

    private void attemptLast(long own, byte[] content, Consumer<Boolean> then) {
        host.store(() -> {
            Outcome outcome = write(own, content);
            room.forceElsewhere(() -> {
                if (outcome instanceof Outcome.Failed failure && lease.serves() && room.isMovingAway()) {
                    warn(failure.why());
                    host.time().schedule(RETRY, () -> attemptLast(own, content, then));
                } else {
                    then.accept(outcome instanceof Outcome.Saved);
                }
            });
        });
    }

    /** Looks at the lease last of all; what happens behind that, the store's own fence stops. */
    private Outcome write(long own, byte[] content) {
        if (!lease.commits()) {
            return new Outcome.Failed(lease.serves() ? Tenure.withoutLease() : Tenure.notOwner());
        }
        try {
            return store.save(assignment.room(), assignment.epoch(), own, content)
                    ? new Outcome.Saved()
                    : new Outcome.Fenced();
        } catch (RuntimeException e) {
            return new Outcome.Failed(e);
        } catch (Error e) {
            return new Outcome.Failed(outOfReach(e));
        }
    }

    /** The room has ended for good: its state goes, too. May block; called off the room's thread. */
    void delete() {
        store.delete(assignment.room(), assignment.epoch());
    }

    /** Saves no more by itself. */
    void end() {
        ended = true;
        timer.cancel();
    }

    private void warn(RuntimeException why) {
        if (!failing) {
            LOG.warn("The state of room {} could not be saved; trying again", assignment.room(), why);
        }
        failing = true;
        host.listener().notSaved(assignment.room(), why);
    }

    private static RoutingException outOfReach(Throwable cause) {
        return RoutingException.unavailable(
                ErrorCode.REGISTRY_UNAVAILABLE, "the room's state is out of reach", RETRY, cause);
    }
}
