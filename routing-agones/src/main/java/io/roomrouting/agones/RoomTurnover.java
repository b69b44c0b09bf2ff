package io.roomrouting.agones;

import io.roomrouting.RoomId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.SessionListener;

/** Counts the rooms that open and close, and wakes who waits for places. Thread-safe. */
final class RoomTurnover implements SessionListener {

    private final Runnable wake;
    private int opened;
    private int closed;

    RoomTurnover(Runnable wake) {
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
    public synchronized void roomOpened(RoomId room) {
        opened++;
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        synchronized (this) {
            closed++;
        }
        wake.run();
    }

    @Override
    public void leaseChanged(boolean held) {
        wake.run();
    }
}
