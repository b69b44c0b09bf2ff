package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RoomStatus;
import io.roomrouting.session.SlowConsumer;
import io.roomrouting.session.WhenDraining;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one room on this host, under one epoch: confirmed with the registry, opened, closed or handed over,
 * released. A room that opens again is a new instance.
 *
 * <p>Everything but the methods marked "any thread" belongs to the room's thread, which is whatever thread works off the
 * mailbox.
 */
final class RoomRuntime {

    private final LocalSessionHost host;
    private final RoomAssignment assignment;
    private final RoomSpec spec;
    private final RoomType type;
    private final Lease lease;
    private final Mailbox mailbox;
    private final Tenure tenure;
    private final Callbacks callbacks;
    private final Notice notice;
    private final Attendance attendance;
    private final Shift shift;
    private final Gate gate;
    private final RoomTimers timers;
    private final Ending ending;
    private final RoomView view;
    private @Nullable Keeping keeping;
    private volatile RoomState state = RoomState.OPENING;
    private volatile long openedAt;

    RoomRuntime(LocalSessionHost host, RoomAssignment assignment, RoomSpec spec, RoomType type, Lease lease) {
        this.host = host;
        this.assignment = assignment;
        this.spec = spec;
        this.type = type;
        this.lease = lease;
        this.tenure = new Tenure(this, host, assignment, lease);
        this.timers = new RoomTimers(this, host.time());
        this.callbacks = new Callbacks(assignment.room(), host.listener());
        this.notice = new Notice(
                assignment, spec, EntryRules.of(spec, type.settings()).limit(), host.noticeBoard());
        this.shift = new Shift(this, callbacks, notice);
        this.mailbox = new Mailbox(type.settings().mailboxCapacity(), host.roomExecutor(), shift);
        this.gate = new Gate(this);
        this.attendance = new Attendance(this, type, callbacks);
        this.ending = new Ending(this, type, tenure, callbacks, attendance, timers);
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

    boolean isOpen() {
        return state == RoomState.OPEN;
    }

    boolean isClosed() {
        return state == RoomState.CLOSED;
    }

    boolean hasEnded() {
        RoomState now = state;
        return now == RoomState.CLOSING || now == RoomState.CLOSED;
    }

    boolean isMovingAway() {
        return state == RoomState.MOVING;
    }

    /** Says whether the room's code is still at work. */
    boolean isAtWork() {
        RoomState now = state;
        return now == RoomState.OPENING || now == RoomState.OPEN;
    }

    /** How the open room is doing. */
    RoomStatus status() {
        return notice.status(spec, Duration.ofNanos(host.time().nanoTime() - openedAt));
    }

    boolean isOnItsThread() {
        return shift.isOurs();
    }

    void checkThread() {
        if (!isOnItsThread()) {
            throw new IllegalStateException("room " + id() + " was used outside its own callbacks on thread "
                    + Thread.currentThread().getName() + "; use Room.execute to get back into it");
        }
    }

    /** Asks the registry and opens. */
    void open() {
        new Opening(this, type, tenure, callbacks, attendance).begin();
    }

    void enter(Arrival arrival) {
        arrival.placedIn(this);
        mailbox.force(() -> gate.come(arrival));
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
                gate.goes(link);
                link.end();
            } else {
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
                gate.goes(link);
                link.close(reason, Duration.ZERO);
            }
        });
    }

    /** Sends a session away after the current callback; the first reason counts. */
    void end(SessionRuntime session, LeaveReason reason, Duration retryAfter) {
        forceElsewhere(() -> endNow(session, reason, retryAfter));
    }

    private void endNow(SessionRuntime session, LeaveReason reason, Duration retryAfter) {
        if (session.stage() != SessionRuntime.Stage.GONE && !isMovingAway()) {
            session.close(reason, retryAfter);
            attendance.leave(session, reason);
        }
    }

    void close(CloseReason reason) {
        forceElsewhere(() -> closeNow(reason));
    }

    /** Ends the room here; nothing if it has ended. */
    void closeNow(CloseReason reason) {
        ending.shut(reason);
    }

    /** Takes the room away from here, with its state and its seats if that is possible. */
    void leaveHost(CloseReason reason) {
        forceElsewhere(() -> {
            boolean finishes = type.settings().whenDraining() == WhenDraining.FINISH;
            if (reason == CloseReason.HOST_DRAINING && finishes) {
                return;
            }
            ending.moveOrShut(reason);
        });
    }

    // Beginning

    boolean isOpening() {
        return state == RoomState.OPENING;
    }

    RoomView view() {
        return view;
    }

    /** What it says of itself to those outside. */
    Notice notice() {
        return notice;
    }

    /** Its state is kept from now on. */
    void keeps(Keeping keeper) {
        keeping = keeper;
    }

    @Nullable Keeping keeping() {
        return keeping;
    }

    RoomState state() {
        return state;
    }

    void become(RoomState next) {
        state = next;
        if (next != RoomState.OPEN) {
            notice.end();
        }
    }

    void opened() {
        openedAt = host.time().nanoTime();
        state = RoomState.OPEN;
        host.listener().roomOpened(id());
        gate.open();
        closeWhenIdle();
    }

    /** The room is not this host's; but who has a newer ticket may open it under that. */
    void disown(RoutingException why) {
        gate.refuseUpTo(assignment.epoch(), why);
        finish();
    }

    /** The room is this host's, but does not open. */
    void giveUp(RoutingException why) {
        timers.end();
        attendance.abandon();
        gate.refuse(why);
        ending.release(CloseReason.IDLE, () -> {});
    }

    // Inside

    /** What counts and flushes what happens in this batch. */
    Shift shift() {
        return shift;
    }

    /** A client has come to the open room. */
    void letIn(Link link) {
        attendance.enter(link);
    }

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
            shift.handles();
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
        } else if (state == RoomState.OPEN) {
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

    /** The room has a newer owner, perhaps this host again under a newer epoch. */
    void hasNewerOwner() {
        closeNow(CloseReason.MOVED);
    }

    // Ending

    void isNeeded() {
        ending.isNeeded();
    }

    void closeWhenIdle() {
        ending.closeWhenIdle();
    }

    /** It is over. */
    void finish() {
        state = RoomState.CLOSED;
        host.forget(this);
        gate.sendOn();
    }

    void refuseWaiting(RoutingException why) {
        gate.refuse(why);
    }
}
