package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all of an application's listeners, and keeps what one throws away from the others and from the rooms. */
final class GuardedListener implements SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SessionListener.class);

    private final SessionListener[] listeners;

    GuardedListener(List<SessionListener> listeners) {
        this.listeners = listeners.toArray(SessionListener[]::new);
    }

    @Override
    public void roomOpened(RoomId room) {
        tell(listener -> listener.roomOpened(room));
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        tell(listener -> listener.roomClosed(room, reason));
    }

    @Override
    public void connectionRefused(ErrorCode code) {
        tell(listener -> listener.connectionRefused(code));
    }

    @Override
    public void admissionRefused(RoomId room, UserId user, ErrorCode code) {
        tell(listener -> listener.admissionRefused(room, user, code));
    }

    @Override
    public void joined(RoomId room, UserId user) {
        tell(listener -> listener.joined(room, user));
    }

    @Override
    public void dropped(RoomId room, UserId user) {
        tell(listener -> listener.dropped(room, user));
    }

    @Override
    public void resumed(RoomId room, UserId user) {
        tell(listener -> listener.resumed(room, user));
    }

    @Override
    public void notResumed(RoomId room, UserId user) {
        tell(listener -> listener.notResumed(room, user));
    }

    @Override
    public void notSaved(RoomId room, Throwable failure) {
        tell(listener -> listener.notSaved(room, failure));
    }

    @Override
    public void left(RoomId room, UserId user, LeaveReason reason) {
        tell(listener -> listener.left(room, user, reason));
    }

    @Override
    public void eventRefused(RoomId room, String code) {
        tell(listener -> listener.eventRefused(room, code));
    }

    @Override
    public void saturated(RoomId room, UserId user) {
        tell(listener -> listener.saturated(room, user));
    }

    @Override
    public void worked(RoomId room, int events, int messages, Duration took) {
        tell(listener -> listener.worked(room, events, messages, took));
    }

    @Override
    public void handlerFailed(RoomId room, String callback, Throwable failure) {
        tell(listener -> listener.handlerFailed(room, callback, failure));
    }

    @Override
    public void slowHandler(RoomId room, Duration duration) {
        tell(listener -> listener.slowHandler(room, duration));
    }

    @Override
    public void leaseChanged(boolean held) {
        tell(listener -> listener.leaseChanged(held));
    }

    @Override
    public void drainChanged(boolean draining) {
        tell(listener -> listener.drainChanged(draining));
    }

    private void tell(Consumer<SessionListener> what) {
        for (SessionListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.error("A session listener failed", e);
            }
        }
    }
}
