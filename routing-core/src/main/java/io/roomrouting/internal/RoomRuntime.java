package io.roomrouting.internal;

import io.roomrouting.Epoch;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SlowConsumer;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life of one room on this host, under one epoch: confirmed with the registry, opened, joined, left, closed,
 * released. A room that opens again is a new instance.
 *
 * <p>Everything but the methods marked "any thread" belongs to the room's thread, which is whatever thread works off the
 * mailbox.
 */
final class RoomRuntime implements Mailbox.Batch {

    private enum State {
        OPENING,
        OPEN,
        /** The handler has ended; the release is on its way. */
        CLOSING,
        CLOSED
    }

    private final LocalSessionHost host;
    private final RoomAssignment assignment;
    private final RoomSpec spec;
    private final RoomType type;
    private final Lease lease;
    private final Mailbox mailbox;
    private final Tenure tenure;
    private final EntryRules rules;
    private final Members members = new Members();
    private final Set<SessionRuntime> waiting = new LinkedHashSet<>();
    private final List<SessionRuntime> dirty = new ArrayList<>();
    private final RoomTimers timers;
    private final Callbacks callbacks;
    private final RoomView view;
    private TimeSource.Cancellable idleTimer = () -> {};
    private volatile State state = State.OPENING;
    private volatile @Nullable Thread worker;
    private long batchStart;

    RoomRuntime(LocalSessionHost host, RoomAssignment assignment, RoomSpec spec, RoomType type, Lease lease) {
        this.host = host;
        this.assignment = assignment;
        this.spec = spec;
        this.type = type;
        this.lease = lease;
        this.tenure = new Tenure(this, host, assignment, lease);
        this.rules = EntryRules.of(spec, type.settings());
        this.mailbox = new Mailbox(type.settings().mailboxCapacity(), host.roomExecutor(), this);
        this.timers = new RoomTimers(this, host.time());
        this.callbacks = new Callbacks(assignment.room(), host.listener());
        this.view = new RoomView(this);
    }

    // Any thread

    RoomId id() {
        return assignment.room();
    }

    RoomSpec spec() {
        return spec;
    }

    RoomAssignment assignment() {
        return assignment;
    }

    LocalSessionHost host() {
        return host;
    }

    Lease lease() {
        return lease;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    boolean hasEnded() {
        State now = state;
        return now == State.CLOSING || now == State.CLOSED;
    }

    boolean isOnItsThread() {
        return Thread.currentThread() == worker;
    }

    void checkThread() {
        if (!isOnItsThread()) {
            throw new IllegalStateException("room " + id() + " was used outside its own callbacks on thread "
                    + Thread.currentThread().getName() + "; use Room.execute to get back into it");
        }
    }

    /** Asks the registry and opens. */
    void open() {
        tenure.confirm(this::opened);
    }

    void enter(SessionRuntime session) {
        session.placedIn(this);
        mailbox.force(() -> admit(session));
        mailbox.run();
    }

    boolean offer(SessionRuntime session, InboundEvent event) {
        return mailbox.offer(() -> handle(session, event));
    }

    boolean offer(String name, Runnable task) {
        return mailbox.offer(() -> {
            if (!hasEnded()) {
                callback(name, task);
            }
        });
    }

    void work() {
        mailbox.run();
    }

    void workElsewhere() {
        mailbox.runElsewhere();
    }

    void force(Runnable task) {
        mailbox.force(task);
    }

    void forceElsewhere(Runnable task) {
        mailbox.force(task);
        mailbox.runElsewhere();
    }

    void left(SessionRuntime session, LeaveReason reason) {
        mailbox.force(() -> {
            RoomRuntime now = session.room();
            if (now == null || now == this) {
                leave(session, reason);
            } else {
                now.left(session, reason);
            }
        });
        mailbox.run();
    }

    /** Sends a session away after the current callback; the first reason counts. */
    void end(SessionRuntime session, LeaveReason reason, Duration retryAfter) {
        forceElsewhere(() -> {
            RoomRuntime now = session.room();
            if (now != null && now != this) {
                now.end(session, reason, retryAfter);
            } else if (session.stage() != SessionRuntime.Stage.GONE) {
                session.close(reason, retryAfter);
                leave(session, reason);
            }
        });
    }

    void close(CloseReason reason) {
        forceElsewhere(() -> shut(reason));
    }

    // The mailbox's batches

    @Override
    public void begin() {
        worker = Thread.currentThread();
        batchStart = host.time().nanoTime();
        if (state == State.OPEN && !lease.serves()) {
            shut(CloseReason.LEASE_LOST);
            host.leaseLost(lease);
        }
    }

    @Override
    public void run(Runnable task) {
        callbacks.run("room", task);
    }

    @Override
    public void end() {
        for (int i = 0; i < dirty.size(); i++) {
            flush(dirty.get(i));
        }
        dirty.clear();
        callbacks.watch(host.time().nanoTime() - batchStart);
        worker = null;
    }

    private void flush(SessionRuntime session) {
        try {
            session.flush();
        } catch (RuntimeException | Error e) {
            callbacks.report("flush", e);
        }
    }

    void flushLater(SessionRuntime session) {
        dirty.add(session);
    }

    // Opening

    private void opened(@Nullable RoutingException refusal) {
        if (state != State.OPENING) {
            return;
        }
        if (refusal != null || !lease.serves()) {
            disown(refusal == null ? Tenure.notOwner() : refusal);
            return;
        }
        RoutingException stopping = host.stopping();
        RoutingException failure = stopping != null ? stopping : callbacks.open(type.factory(), view);
        if (failure != null) {
            giveUp(failure);
            return;
        }
        state = State.OPEN;
        host.listener().roomOpened(id());
        List<SessionRuntime> newcomers = List.copyOf(waiting);
        waiting.clear();
        newcomers.forEach(this::admit);
        closeWhenIdle();
    }

    /** The room is not this host's; but who has a newer ticket may open it under that. */
    private void disown(RoutingException why) {
        List<SessionRuntime> refused = waiting.stream()
                .filter(session -> !epochOf(session).isNewerThan(assignment.epoch()))
                .toList();
        refused.forEach(waiting::remove);
        refused.forEach(session -> session.refuse(why));
        finish();
    }

    private static Epoch epochOf(SessionRuntime session) {
        return session.ticket().assignment().epoch();
    }

    /** The room is this host's, but does not open. */
    private void giveUp(RoutingException why) {
        timers.end();
        refuseWaiting(why);
        release(CloseReason.IDLE);
    }

    // Joining

    private void admit(SessionRuntime session) {
        if (session.stage() != SessionRuntime.Stage.WAITING) {
            return;
        }
        switch (state) {
            case OPENING, CLOSING -> waiting.add(session);
            case CLOSED -> host.place(session);
            case OPEN -> admitByEpoch(session);
        }
    }

    private void admitByEpoch(SessionRuntime session) {
        Epoch theirs = epochOf(session);
        if (assignment.epoch().isNewerThan(theirs) || !lease.admits()) {
            session.refuse(Tenure.notOwner());
        } else if (theirs.isNewerThan(assignment.epoch())) {
            waiting.add(session);
            shut(CloseReason.MOVED);
        } else {
            join(session);
        }
    }

    private void join(SessionRuntime session) {
        List<SessionRuntime> older = members.sessionsOf(session.user());
        RoutingException refusal = rules.refusal(members.size(), older.size());
        if (refusal != null) {
            session.refuse(refusal);
            return;
        }
        idleTimer.cancel();
        List<SessionRuntime> replaced = rules.newestReplaces() ? older : List.of();
        replaced.forEach(old -> old.close(LeaveReason.REPLACED, Duration.ZERO));
        members.add(session);
        Doorstep.Said said = session.letIn();
        host.listener().joined(id(), session.user());
        Callbacks.Rejection rejection = callbacks.join(session);
        if (rejection != null) {
            session.deliver(session.format().failure(InboundEvent.NO_REPLY, rejection.code(), rejection.detail()));
            session.disconnect(rejection.reason());
        }
        replaced.forEach(old -> leave(old, LeaveReason.REPLACED));
        said.events().forEach(event -> handle(session, event));
        said.refusals().forEach(session::deliver);
    }

    // Inside

    Members members() {
        return members;
    }

    RoomTimers timers() {
        return timers;
    }

    void callback(String name, Runnable task) {
        callbacks.run(name, task);
    }

    private void handle(SessionRuntime session, InboundEvent event) {
        if (session.stage() == SessionRuntime.Stage.JOINED) {
            callbacks.event(session, new EventRuntime(session, event));
        }
    }

    void saturated(SessionRuntime session) {
        host.listener().saturated(id(), session.user());
        if (type.settings().slowConsumer() == SlowConsumer.CLOSE) {
            session.ending();
            end(session, LeaveReason.SLOW_CONSUMER, host.spread(LocalSessionHost.RECONNECT_SPREAD));
        }
    }

    // Leaving and closing

    private void leave(SessionRuntime session, LeaveReason reason) {
        waiting.remove(session);
        session.gone();
        if (members.remove(session)) {
            host.listener().left(id(), session.user(), reason);
            callbacks.leave(session, reason);
            closeWhenIdle();
        }
    }

    private void closeWhenIdle() {
        if (state != State.OPEN || members.size() > 0) {
            return;
        }
        idleTimer.cancel();
        Runnable check = () -> {
            if (members.size() == 0) {
                shut(CloseReason.IDLE);
            }
        };
        idleTimer = host.time().schedule(type.settings().idleTimeout(), () -> forceElsewhere(check));
    }

    private void shut(CloseReason reason) {
        if (hasEnded()) {
            return;
        }
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSING;
        idleTimer.cancel();
        timers.end();
        sendAway(reason);
        if (wasOpen) {
            callbacks.close(reason);
            host.listener().roomClosed(id(), reason);
        }
        if (Endings.releases(reason)) {
            release(reason);
        } else {
            finish();
        }
    }

    /** Tells all before the first of them leaves, so that nobody is told of the others' leaving. */
    private void sendAway(CloseReason reason) {
        LeaveReason why = Endings.leaveReason(reason);
        List<SessionRuntime> all = members.snapshot();
        all.forEach(session -> session.close(why, host.spread(Endings.spread(reason, host.drainSpread()))));
        all.forEach(session -> leave(session, why));
    }

    private void release(CloseReason reason) {
        state = State.CLOSING;
        tenure.release(Endings.release(reason), this::finish, this::refuseWaiting);
    }

    /** Those who wait come with a newer ticket, or learn from a new beginning why they cannot. */
    private void finish() {
        state = State.CLOSED;
        host.forget(this);
        List<SessionRuntime> late = List.copyOf(waiting);
        waiting.clear();
        late.forEach(host::place);
    }

    private void refuseWaiting(RoutingException why) {
        List<SessionRuntime> refused = List.copyOf(waiting);
        waiting.clear();
        refused.forEach(session -> session.refuse(why));
    }
}
