package io.roomrouting.internal;

import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what an application's listener throws away from the rooms. */
final class GuardedListener implements SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SessionListener.class);

    private final SessionListener listener;

    GuardedListener(SessionListener listener) {
        this.listener = listener;
    }

    @Override
    public void roomOpened(RoomId room) {
        tell(() -> listener.roomOpened(room));
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        tell(() -> listener.roomClosed(room, reason));
    }

    @Override
    public void joined(RoomId room, UserId user) {
        tell(() -> listener.joined(room, user));
    }

    @Override
    public void dropped(RoomId room, UserId user) {
        tell(() -> listener.dropped(room, user));
    }

    @Override
    public void resumed(RoomId room, UserId user) {
        tell(() -> listener.resumed(room, user));
    }

    @Override
    public void notResumed(RoomId room, UserId user) {
        tell(() -> listener.notResumed(room, user));
    }

    @Override
    public void notSaved(RoomId room, Throwable failure) {
        tell(() -> listener.notSaved(room, failure));
    }

    @Override
    public void left(RoomId room, UserId user, LeaveReason reason) {
        tell(() -> listener.left(room, user, reason));
    }

    @Override
    public void eventRefused(RoomId room, String code) {
        tell(() -> listener.eventRefused(room, code));
    }

    @Override
    public void saturated(RoomId room, UserId user) {
        tell(() -> listener.saturated(room, user));
    }

    @Override
    public void handlerFailed(RoomId room, String callback, Throwable failure) {
        tell(() -> listener.handlerFailed(room, callback, failure));
    }

    @Override
    public void slowHandler(RoomId room, Duration duration) {
        tell(() -> listener.slowHandler(room, duration));
    }

    @Override
    public void leaseChanged(boolean held) {
        tell(() -> listener.leaseChanged(held));
    }

    private static void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A session listener failed", e);
        }
    }
}
