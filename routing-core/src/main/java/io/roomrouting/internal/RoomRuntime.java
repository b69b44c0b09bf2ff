package io.roomrouting.internal;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SameUser;
import io.roomrouting.session.SlowConsumer;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final Members members = new Members();
    private final List<SessionRuntime> waiting = new ArrayList<>();
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

    /** Asks the registry, on a thread that may block, and opens. */
    void open() {
        host.blocking(() -> {
            RoutingException refusal = confirm();
            forceElsewhere(() -> opened(refusal));
        });
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
        mailbox.force(() -> leave(session, reason));
        mailbox.run();
    }

    /** Sends a session away after the current callback; the first reason counts. */
    void end(SessionRuntime session, LeaveReason reason, Duration retryAfter) {
        forceElsewhere(() -> {
            if (session.stage() != SessionRuntime.Stage.GONE) {
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
            dirty.get(i).flush();
        }
        dirty.clear();
        callbacks.watch(host.time().nanoTime() - batchStart);
        worker = null;
    }

    void flushLater(SessionRuntime session) {
        dirty.add(session);
    }

    // Opening

    private @Nullable RoutingException confirm() {
        try {
            return host.ownership().confirm(assignment) ? null : notOwner();
        } catch (RoutingException e) {
            return e;
        } catch (RuntimeException e) {
            callbacks.report("confirm", e);
            return RoutingException.unavailable(
                    ErrorCode.REGISTRY_UNAVAILABLE, "the registry failed", Duration.ofSeconds(1), e);
        }
    }

    private void opened(@Nullable RoutingException refusal) {
        if (state != State.OPENING) {
            return;
        }
        if (refusal != null || !lease.serves()) {
            abandon(refusal == null ? notOwner() : refusal);
            return;
        }
        RoutingException failure = callbacks.open(type.factory(), view);
        if (failure != null) {
            abandon(failure);
            return;
        }
        state = State.OPEN;
        host.listener().roomOpened(id());
        List<SessionRuntime> newcomers = List.copyOf(waiting);
        waiting.clear();
        newcomers.forEach(this::admit);
        closeWhenIdle();
    }

    private void abandon(RoutingException why) {
        refuseWaiting(why);
        state = State.CLOSING;
        finish();
    }

    private static RoutingException notOwner() {
        return RoutingException.lookUpAgain(ErrorCode.NOT_OWNER, "this host does not own the room");
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
        Epoch theirs = session.ticket().assignment().epoch();
        if (assignment.epoch().isNewerThan(theirs) || !lease.admits()) {
            session.refuse(notOwner());
        } else if (theirs.isNewerThan(assignment.epoch())) {
            waiting.add(session);
            shut(CloseReason.MOVED);
        } else {
            join(session);
        }
    }

    private void join(SessionRuntime session) {
        List<SessionRuntime> older = members.sessionsOf(session.user());
        RoutingException refusal = refusal(older);
        if (refusal != null) {
            session.refuse(refusal);
            return;
        }
        idleTimer.cancel();
        boolean replaces = sameUserReplaces() && !older.isEmpty();
        if (replaces) {
            older.forEach(old -> old.close(LeaveReason.REPLACED, Duration.ZERO));
        }
        members.add(session);
        session.stage(SessionRuntime.Stage.JOINED);
        session.accept();
        host.listener().joined(id(), session.user());
        if (!callbacks.join(session)) {
            end(session, callbacks.refused() ? LeaveReason.KICKED : LeaveReason.FAILED, Duration.ZERO);
            session.stage(SessionRuntime.Stage.ENDING);
        }
        if (replaces) {
            older.forEach(old -> leave(old, LeaveReason.REPLACED));
        }
        for (InboundEvent event = session.nextEarly(); event != null; event = session.nextEarly()) {
            handle(session, event);
        }
    }

    private @Nullable RoutingException refusal(List<SessionRuntime> older) {
        return switch (type.settings().sameUser()) {
            case REJECT -> older.isEmpty() ? full(0) : alreadyJoined();
            case REPLACE -> full(older.size());
            case ALLOW -> full(0);
        };
    }

    private static RoutingException alreadyJoined() {
        return RoutingException.roomRefused(ErrorCode.ALREADY_JOINED, "this user is already in the room");
    }

    private @Nullable RoutingException full(int leaving) {
        int limit = Math.min(
                spec.maxClients().orElse(Integer.MAX_VALUE), type.settings().maxClients());
        return members.size() - leaving < limit
                ? null
                : RoutingException.roomRefused(ErrorCode.ROOM_FULL, "the room takes " + limit + " clients");
    }

    private boolean sameUserReplaces() {
        return type.settings().sameUser() == SameUser.REPLACE;
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
        switch (session.stage()) {
            case WAITING -> session.keepEarly(event);
            case JOINED -> callbacks.event(session, new EventRuntime(session, event));
            case ENDING, GONE -> {}
        }
    }

    void saturated(SessionRuntime session) {
        host.listener().saturated(id(), session.user());
        if (type.settings().slowConsumer() == SlowConsumer.CLOSE) {
            session.stage(SessionRuntime.Stage.ENDING);
            end(session, LeaveReason.SLOW_CONSUMER, host.spread(LocalSessionHost.RECONNECT_SPREAD));
        }
    }

    // Leaving and closing

    private void leave(SessionRuntime session, LeaveReason reason) {
        if (session.stage() == SessionRuntime.Stage.WAITING) {
            waiting.remove(session);
        }
        session.stage(SessionRuntime.Stage.GONE);
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
        for (SessionRuntime session : members.snapshot()) {
            LeaveReason why = Endings.leaveReason(reason);
            session.close(why, host.spread(Endings.spread(reason, host.drainSpread())));
            leave(session, why);
        }
        if (wasOpen) {
            callbacks.close(reason);
            host.listener().roomClosed(id(), reason);
        }
        if (Endings.releases(reason)) {
            host.blocking(() -> {
                host.release(assignment, Endings.release(reason));
                forceElsewhere(this::finish);
            });
        } else {
            finish();
        }
    }

    private void finish() {
        state = State.CLOSED;
        host.forget(this);
        List<SessionRuntime> late = List.copyOf(waiting);
        waiting.clear();
        late.forEach(host::place);
    }

    private void refuseWaiting(RoutingException why) {
        waiting.forEach(session -> session.refuse(why));
        waiting.clear();
    }
}
