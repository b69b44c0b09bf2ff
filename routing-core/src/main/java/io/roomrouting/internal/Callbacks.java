package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the application's handler so that what it throws costs one event, not the room. Belongs to the room's thread.
 *
 * <p>A {@link RoutingException} is the handler's way to refuse, and is told to the client; everything else is a fault, is
 * logged and reported once, and the client learns no more than that.
 */
final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(RoomHandler.class);
    private static final long SLOW_NANOS = Duration.ofMillis(100).toNanos();
    private static final String FAULT = "the room could not handle this";

    private final RoomId room;
    private final SessionListener listener;
    private RoomHandler handler = new RoomHandler() {};
    private boolean ran;

    /**
     * Why a newcomer must go again.
     *
     * @param reason how its session ends
     * @param code what it is told
     * @param detail one line for people
     */
    record Rejection(LeaveReason reason, String code, String detail) {}

    Callbacks(RoomId room, SessionListener listener) {
        this.room = room;
        this.listener = listener;
    }

    /** Makes the handler; returns what to tell those who wait when that fails. */
    @Nullable RoutingException create(RoomHandlerFactory factory, Room view) {
        return beginning("onOpen", () -> handler = factory.create(view));
    }

    /** Says whether the room can be kept and handed over. */
    boolean isRestorable() {
        return handler instanceof RestorableRoom;
    }

    /** Gives the handler its earlier state; returns what to tell those who wait when that fails. */
    @Nullable RoutingException restore(byte[] state) {
        return beginning("restore", () -> ((RestorableRoom) handler).restore(state));
    }

    /** Opens the room; returns what to tell those who wait when that fails. */
    @Nullable RoutingException open() {
        return beginning("onOpen", () -> handler.onOpen());
    }

    private @Nullable RoutingException beginning(String name, Runnable callback) {
        try {
            callback.run();
            return null;
        } catch (RoutingException e) {
            return e;
        } catch (RuntimeException | Error e) {
            report(name, e);
            return RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "the room could not be opened", Duration.ofSeconds(5), e);
        }
    }

    /** Takes a snapshot; null, and a report, if the handler has none to give, or too large a one. */
    byte @Nullable [] snapshot() {
        try {
            return checkSize(((RestorableRoom) handler).snapshot());
        } catch (RuntimeException | Error e) {
            report("snapshot", e);
            return null;
        }
    }

    private static byte[] checkSize(byte[] state) {
        if (state.length > RoomSnapshot.MAX_STATE) {
            throw new IllegalStateException(
                    "the room's state has " + state.length + " bytes; at most " + RoomSnapshot.MAX_STATE + " are kept");
        }
        return state;
    }

    /** Lets the handler meet the newcomer; returns why it must go again if the handler does not take it. */
    @Nullable Rejection join(Session session) {
        ran = true;
        try {
            handler.onJoin(session);
            return null;
        } catch (RoutingException e) {
            return new Rejection(LeaveReason.KICKED, e.code().name(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            report("onJoin", e);
            return new Rejection(LeaveReason.FAILED, ErrorCode.INTERNAL_ERROR.name(), FAULT);
        }
    }

    void event(Session session, EventRuntime event) {
        ran = true;
        try {
            handler.onEvent(session, event);
        } catch (RoutingException e) {
            event.fail(e.code().name(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            report("onEvent", e);
            event.fail(ErrorCode.INTERNAL_ERROR.name(), FAULT);
        }
    }

    void drop(Session session) {
        run("onDrop", () -> handler.onDrop(session));
    }

    void resume(Session session) {
        run("onResume", () -> handler.onResume(session));
    }

    void leave(Session session, LeaveReason reason) {
        run("onLeave", () -> handler.onLeave(session, reason));
    }

    void close(CloseReason reason) {
        run("onClose", () -> handler.onClose(reason));
    }

    void run(String name, Runnable task) {
        ran = true;
        guard(name, task);
    }

    /** Says whether the handler was called since {@link #takeRan} was last asked. */
    boolean hasRun() {
        return ran;
    }

    /** Says whether the handler, whose state may have changed, was called since this was last asked. */
    boolean takeRan() {
        boolean before = ran;
        ran = false;
        return before;
    }

    /** Runs what is not the handler's, but may call it. */
    void guard(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            report(name, e);
        }
    }

    void report(String name, Throwable failure) {
        LOG.error("Room {}: {} failed", room, name, failure);
        listener.handlerFailed(room, name, failure);
    }

    /** Reports a batch of callbacks that held the thread for long. */
    void watch(long nanos) {
        if (nanos >= SLOW_NANOS) {
            Duration duration = Duration.ofNanos(nanos);
            LOG.warn(
                    "Room {} held its thread for {} ms; slow work belongs into Room.offload",
                    room,
                    duration.toMillis());
            listener.slowHandler(room, duration);
        }
    }
}
