package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.SlowConsumer;
import io.roomrouting.session.WhenDraining;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one room on this host, under one epoch: confirmed with the registry, opened, closed or handed over,
 * released. A room that opens again is a new instance.
 *
 * <p>Everything but the methods marked "any thread" belongs to the room's thread, which is whatever thread works off the
 * mailbox.
 */
final class RoomRuntime implements Mailbox.Batch {

    private enum State {
        OPENING,
        OPEN,
        /** The last snapshot has been taken and nothing happens here any more; clients are still connected. */
        MOVING,
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
    private final Callbacks callbacks;
    private final Attendance attendance;
    private final WaitingLinks waiting = new WaitingLinks();
    private final List<SessionRuntime> dirty = new ArrayList<>();
    private final RoomTimers timers;
    private final RoomView view;
    private @Nullable Keeping keeping;
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
        this.mailbox = new Mailbox(type.settings().mailboxCapacity(), host.roomExecutor(), this);
        this.timers = new RoomTimers(this, host.time());
        this.callbacks = new Callbacks(assignment.room(), host.listener());
        this.attendance = new Attendance(this, type, callbacks);
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

    boolean isMovingAway() {
        return state == State.MOVING;
    }

    /** Says whether the room's code is still at work. */
    boolean isAtWork() {
        State now = state;
        return now == State.OPENING || now == State.OPEN;
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
        tenure.confirm(this::confirmed);
    }

    void enter(Link link) {
        link.placedIn(this);
        mailbox.force(() -> admit(link));
        mailbox.run();
    }

    boolean offer(Link link, Numbered<InboundEvent> event) {
        return mailbox.offer(() -> handle(link, event));
    }

    boolean offer(String name, Runnable task) {
        return mailbox.offer(() -> {
            if (isAtWork()) {
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

    /** A link has ended. */
    void left(Link link, LeaveReason reason) {
        mailbox.force(() -> {
            RoomRuntime now = link.room();
            if (now != null && now != this) {
                now.left(link, reason);
            } else if (link.isWaiting()) {
                waiting.remove(link);
                link.end();
            } else if (state != State.MOVING) {
                attendance.unlinked(link, reason);
            }
        });
        mailbox.run();
    }

    /** Sends a client away after the current callback, in the room or not yet; the first reason counts. */
    void end(Link link, LeaveReason reason) {
        forceElsewhere(() -> {
            RoomRuntime now = link.room();
            SessionRuntime session = link.session();
            if (now != null && now != this) {
                now.end(link, reason);
            } else if (session != null && session.link() == link) {
                endNow(session, reason, Duration.ZERO);
            } else if (link.isWaiting()) {
                waiting.remove(link);
                link.close(reason, Duration.ZERO);
            }
        });
    }

    /** Sends a session away after the current callback; the first reason counts. */
    void end(SessionRuntime session, LeaveReason reason, Duration retryAfter) {
        forceElsewhere(() -> endNow(session, reason, retryAfter));
    }

    private void endNow(SessionRuntime session, LeaveReason reason, Duration retryAfter) {
        if (session.stage() != SessionRuntime.Stage.GONE && state != State.MOVING) {
            session.close(reason, retryAfter);
            attendance.leave(session, reason);
        }
    }

    void close(CloseReason reason) {
        forceElsewhere(() -> shut(reason));
    }

    /** Takes the room away from here, with its state and its seats if that is possible. */
    void leaveHost(CloseReason reason) {
        forceElsewhere(() -> {
            boolean finishes = type.settings().whenDraining() == WhenDraining.FINISH;
            if (reason == CloseReason.HOST_DRAINING && finishes) {
                return;
            }
            moveOrShut(reason);
        });
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
        callbacks.guard("room", task);
    }

    @Override
    public void end() {
        if (callbacks.takeRan() && keeping != null && state == State.OPEN) {
            keeping.touch();
        }
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

    private void confirmed(@Nullable RoutingException refusal) {
        if (state != State.OPENING) {
            return;
        }
        if (refusal != null || !lease.commits()) {
            disown(refusal == null ? Tenure.notOwner() : refusal);
            return;
        }
        RoutingException stopping = host.stopping(type);
        RoutingException failure = stopping != null ? stopping : callbacks.create(type.factory(), view);
        RoomStateStore store = host.settings().stateStore();
        if (failure != null) {
            giveUp(failure);
        } else if (store != null && callbacks.isRestorable()) {
            keeping = new Keeping(
                    this, store, assignment, lease, callbacks, type.settings().saveInterval());
            keeping.load(this::loaded, this::notLoaded);
        } else {
            begin(null);
        }
    }

    private void loaded(@Nullable RoomSnapshot found) {
        if (state != State.OPENING) {
            return;
        }
        if (!lease.commits()) {
            disown(Tenure.notOwner());
            return;
        }
        begin(found);
    }

    private void notLoaded(RoutingException why) {
        if (state != State.OPENING) {
            return;
        }
        if (why instanceof RoutingException.LookUpAgain) {
            disown(why);
        } else {
            giveUp(why);
        }
    }

    private void begin(@Nullable RoomSnapshot found) {
        RoutingException failure = null;
        if (found != null) {
            attendance.restore(found.seats());
            failure = callbacks.restore(found.state());
        }
        failure = failure != null ? failure : callbacks.open();
        if (failure != null) {
            giveUp(failure);
            return;
        }
        state = State.OPEN;
        host.listener().roomOpened(id());
        waiting.takeAll().forEach(this::admit);
        closeWhenIdle();
    }

    /** The room is not this host's; but who has a newer ticket may open it under that. */
    private void disown(RoutingException why) {
        waiting.takeUpTo(assignment.epoch()).forEach(link -> link.refuse(why));
        finish();
    }

    /** The room is this host's, but does not open. */
    private void giveUp(RoutingException why) {
        timers.end();
        attendance.abandon();
        refuseWaiting(why);
        release(CloseReason.IDLE, () -> {});
    }

    // Joining

    private void admit(Link link) {
        if (!link.isWaiting()) {
            return;
        }
        switch (state) {
            case OPENING, MOVING, CLOSING -> waiting.add(link);
            case CLOSED -> host.place(link);
            case OPEN -> admitByEpoch(link);
        }
    }

    private void admitByEpoch(Link link) {
        if (assignment.epoch().isNewerThan(link.epoch()) || !lease.admits()) {
            link.refuse(Tenure.notOwner());
        } else if (link.epoch().isNewerThan(assignment.epoch())) {
            waiting.add(link);
            shut(CloseReason.MOVED);
        } else {
            attendance.enter(link);
        }
    }

    // Inside

    Members members() {
        return attendance.members();
    }

    RoomTimers timers() {
        return timers;
    }

    void callback(String name, Runnable task) {
        callbacks.run(name, task);
    }

    void handle(Link link, Numbered<InboundEvent> event) {
        SessionRuntime session = link.session();
        if (session == null || session.link() != link) {
            return;
        }
        if (session.stage() == SessionRuntime.Stage.JOINED) {
            session.took(event.number());
            callbacks.event(session, new EventRuntime(session, event.value()));
        }
    }

    /** Answers an event that was not handled. */
    void tell(Link link, Numbered<Encoded> refusal) {
        attendance.tell(link, refusal);
    }

    void save(Runnable saved, Consumer<? super Exception> failed) {
        if (keeping == null) {
            failed.accept(
                    new UnsupportedOperationException("the room is not restorable, or its host has no state store"));
        } else if (state == State.OPEN) {
            keeping.save(saved, failed);
        } else {
            failed.accept(
                    RoutingException.unavailable(ErrorCode.OVERLOADED, "the room is not open", Duration.ofSeconds(1)));
        }
    }

    void saturated(SessionRuntime session) {
        host.listener().saturated(id(), session.user());
        if (type.settings().slowConsumer() == SlowConsumer.CLOSE) {
            session.ending();
            end(session, LeaveReason.SLOW_CONSUMER, host.spread(LocalSessionHost.RECONNECT_SPREAD));
        }
    }

    /** The state store has seen a newer epoch than this room's. */
    void hasNewerOwner() {
        shut(CloseReason.MOVED);
    }

    // Ending

    void isNeeded() {
        idleTimer.cancel();
    }

    void closeWhenIdle() {
        if (state == State.OPEN && attendance.isEmpty()) {
            idleTimer.cancel();
            idleTimer = host.time().schedule(type.settings().idleTimeout(), () -> forceElsewhere(this::passivate));
        }
    }

    private void passivate() {
        if (state != State.OPEN || !attendance.isEmpty()) {
            return;
        }
        if (keeping == null) {
            shut(CloseReason.IDLE);
            return;
        }
        keeping.save(
                () -> {
                    if (attendance.isEmpty()) {
                        shut(CloseReason.IDLE);
                    }
                },
                failure -> closeWhenIdle());
    }

    private void moveOrShut(CloseReason reason) {
        if (state != State.OPEN || keeping == null) {
            shut(reason);
            return;
        }
        Keeping keeper = keeping;
        Duration spread = Endings.spread(reason, host.drainSpread());
        idleTimer.cancel();
        List<SavedSeat> seats = attendance.seatsToHandOver(Endings.leaveReason(reason), spread);
        byte[] own = callbacks.snapshot();
        if (own == null || own.length > RoomSnapshot.MAX_STATE) {
            shut(reason);
            return;
        }
        state = State.MOVING;
        timers.end();
        attendance.silence();
        keeper.saveLast(new RoomSnapshot(own, seats), saved -> {
            if (state != State.MOVING) {
                return;
            }
            if (saved) {
                handOver(spread);
            } else {
                shut(lease.serves() ? reason : CloseReason.LEASE_LOST);
            }
        });
    }

    private void handOver(Duration spread) {
        state = State.CLOSING;
        callbacks.close(CloseReason.HANDED_OVER);
        host.listener().roomClosed(id(), CloseReason.HANDED_OVER);
        release(CloseReason.HANDED_OVER, () -> attendance.leadAway(host.newsDelay(), spread));
    }

    private void shut(CloseReason reason) {
        if (hasEnded()) {
            return;
        }
        boolean wasOpen = state != State.OPENING;
        state = State.CLOSING;
        idleTimer.cancel();
        timers.end();
        if (keeping != null) {
            keeping.end();
        }
        attendance.sendAway(Endings.leaveReason(reason), Endings.spread(reason, host.drainSpread()));
        if (wasOpen) {
            callbacks.close(reason);
            host.listener().roomClosed(id(), reason);
        }
        if (Endings.releases(reason)) {
            release(reason, () -> {});
        } else {
            finish();
        }
    }

    private void release(CloseReason reason, Runnable then) {
        state = State.CLOSING;
        Keeping keeper = keeping;
        Runnable before = reason == CloseReason.CLOSED && keeper != null ? keeper::delete : () -> {};
        Runnable after = () -> {
            then.run();
            finish();
        };
        tenure.release(Endings.release(reason), before, after, this::refuseWaiting);
    }

    /** Those who wait come with a newer ticket, or learn from a new beginning why they cannot. */
    private void finish() {
        state = State.CLOSED;
        host.forget(this);
        waiting.takeAll().forEach(host::place);
    }

    private void refuseWaiting(RoutingException why) {
        waiting.takeAll().forEach(link -> link.refuse(why));
    }
}
