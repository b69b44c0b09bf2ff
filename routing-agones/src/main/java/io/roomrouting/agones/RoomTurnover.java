package io.roomrouting.agones;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionListener;
import java.time.Duration;

/** Counts the rooms that open and close, and passes on all that it hears. Thread-safe. */
final class RoomTurnover implements SessionListener {

    private final SessionListener next;
    private final Runnable wake;
    private int opened;
    private int closed;

    RoomTurnover(SessionListener next, Runnable wake) {
        this.next = next;
        this.wake = wake;
    }

    /** Returns what has happened since the last call. */
    synchronized RoomLedger.Turnover take() {
        RoomLedger.Turnover turnover = new RoomLedger.Turnover(opened, closed);
        opened = 0;
        closed = 0;
        return turnover;
    }

    /** Takes back what could not be used. */
    synchronized void putBack(RoomLedger.Turnover turnover) {
        opened += turnover.opened();
        closed += turnover.closed();
    }

    @Override
    public void roomOpened(RoomId room) {
        synchronized (this) {
            opened++;
        }
        next.roomOpened(room);
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        synchronized (this) {
            closed++;
        }
        wake.run();
        next.roomClosed(room, reason);
    }

    @Override
    public void connectionRefused(ErrorCode code) {
        next.connectionRefused(code);
    }

    @Override
    public void admissionRefused(RoomId room, UserId user, ErrorCode code) {
        next.admissionRefused(room, user, code);
    }

    @Override
    public void joined(RoomId room, UserId user) {
        next.joined(room, user);
    }

    @Override
    public void dropped(RoomId room, UserId user) {
        next.dropped(room, user);
    }

    @Override
    public void resumed(RoomId room, UserId user) {
        next.resumed(room, user);
    }

    @Override
    public void notResumed(RoomId room, UserId user) {
        next.notResumed(room, user);
    }

    @Override
    public void notSaved(RoomId room, Throwable failure) {
        next.notSaved(room, failure);
    }

    @Override
    public void left(RoomId room, UserId user, LeaveReason reason) {
        next.left(room, user, reason);
    }

    @Override
    public void eventRefused(RoomId room, String code) {
        next.eventRefused(room, code);
    }

    @Override
    public void saturated(RoomId room, UserId user) {
        next.saturated(room, user);
    }

    @Override
    public void worked(RoomId room, int events, int messages, Duration took) {
        next.worked(room, events, messages, took);
    }

    @Override
    public void handlerFailed(RoomId room, String callback, Throwable failure) {
        next.handlerFailed(room, callback, failure);
    }

    @Override
    public void slowHandler(RoomId room, Duration duration) {
        next.slowHandler(room, duration);
    }

    @Override
    public void leaseChanged(boolean held) {
        next.leaseChanged(held);
        wake.run();
    }
}
