package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What a {@link RoomHandler} can do.
 *
 * <p>Belongs to the room's thread: calling it from elsewhere throws {@link IllegalStateException}, but for {@link #id()},
 * {@link #spec()}, {@link #epoch()} and {@link #execute}. No method blocks.
 */
public interface Room {

    /**
     * Returns the room's id.
     *
     * @return the id
     */
    RoomId id();

    /**
     * Returns how the room was created.
     *
     * @return the spec
     */
    RoomSpec spec();

    /**
     * Returns the ownership under which the room is open here: larger than that of every earlier owner. Send it along with
     * what the room writes to systems of your own, and let them refuse what is older than the newest they have seen.
     *
     * @return the fencing token
     */
    Epoch epoch();

    /**
     * Returns the sessions in the order in which they joined.
     *
     * @return a read-only view
     */
    Collection<Session> sessions();

    /**
     * Returns the users in the order in which their first sessions joined; a user with two sessions is one user.
     *
     * @return a snapshot
     */
    List<UserId> users();

    /**
     * Returns the sessions of one user.
     *
     * @param user the user
     * @return a snapshot, empty if the user is not here. In {@link RoomHandler#onJoin} it has one element when the user
     *     has just come, in {@link RoomHandler#onLeave} none when the user has just gone.
     */
    List<Session> sessionsOf(UserId user);

    /**
     * Sends an event to every session, encoded once per wire format.
     *
     * @param event the event's name
     * @param arguments its arguments, for plain WebSocket clients at most one
     */
    default void broadcast(String event, Object... arguments) {
        send(sessions(), event, arguments);
    }

    /**
     * Sends an event to every session but one.
     *
     * @param except who does not get it
     * @param event the event's name
     * @param arguments its arguments
     */
    void broadcastExcept(Session except, String event, Object... arguments);

    /**
     * Sends an event to some sessions, encoded once per wire format.
     *
     * @param to who gets it; those who have left are passed over
     * @param event the event's name
     * @param arguments its arguments
     */
    void send(Collection<? extends Session> to, String event, Object... arguments);

    /**
     * Runs a task later, as a callback of this room.
     *
     * @param delay how long to wait
     * @param task what to run; not run when the room has ended
     * @return to cancel it
     */
    TimeSource.Cancellable schedule(Duration delay, Runnable task);

    /**
     * Runs a task again and again, as a callback of this room. Runs that are late are not caught up.
     *
     * @param period from the start of one run to the start of the next, 1 ms or more
     * @param task what to run
     * @return to end it; it ends by itself with the room
     */
    TimeSource.Cancellable scheduleEvery(Duration period, Runnable task);

    /**
     * Does slow or blocking work on another thread and comes back.
     *
     * @param work what to do; must not touch the room
     * @param then a callback of this room with the result; not run when the room has ended
     * @param failed a callback of this room with what the work threw
     * @param <T> the result's type
     */
    <T> void offload(Callable<? extends T> work, Consumer<? super T> then, Consumer<? super Exception> failed);

    /**
     * Runs a task as a callback of this room. May be called from any thread.
     *
     * @param task what to run
     * @return {@link Delivery#SATURATED} if the room has too much to do, {@link Delivery#CLOSED} if it has ended; then
     *     the task will not run
     */
    Delivery execute(Runnable task);

    /**
     * Takes nobody new from now on, whatever ticket he has: newcomers are refused with
     * {@link io.roomrouting.ErrorCode#ROOM_LOCKED}, here and as soon as the directory knows also when they look the room up.
     * Who is in the room can come back to it. A lock ends with {@link #unlock()}, and when the room ends on this host.
     */
    void lock();

    /** Takes newcomers again. */
    void unlock();

    /**
     * Says whether the room is locked.
     *
     * @return true between {@link #lock()} and {@link #unlock()}
     */
    boolean isLocked();

    /**
     * Says whether the room is listed and matched, if its host reports to a {@link io.roomrouting.RoomDirectory}.
     *
     * @return at first as the room was made
     */
    RoomVisibility visibility();

    /**
     * Shows the room to everybody, or hides it; known within about a second. To be said again by each next owner, best in
     * {@link RoomHandler#onOpen()}.
     *
     * @param value whether it is listed and matched
     */
    void visibility(RoomVisibility value);

    /**
     * Returns what lists tell of the room and what filters compare.
     *
     * @return at first as the room was made
     */
    Map<String, String> metadata();

    /**
     * Replaces what lists tell of the room; known within about a second. To be said again by each next owner, best in
     * {@link RoomHandler#onOpen()}.
     *
     * @param value at most 16 entries, keys up to 64 and values up to 256 characters
     * @throws io.roomrouting.RoutingException.InvalidRequest if a bound is exceeded
     */
    void metadata(Map<String, String> value);

    /**
     * Returns the time, which moves by hand in tests.
     *
     * @return the time of day
     */
    Instant now();

    /**
     * Saves the state of a {@link RestorableRoom} soon, with everything that has happened in it until now.
     *
     * @param saved a callback of this room when that state is safe
     * @param failed a callback of this room with what went wrong: {@link io.roomrouting.RoutingException.LookUpAgain} if
     *     the room has a newer owner (then it is about to close here), {@link io.roomrouting.RoutingException.Unavailable}
     *     if the store is out of reach, {@link UnsupportedOperationException} if the room is not restorable or its host
     *     has no store
     */
    void save(Runnable saved, Consumer<? super Exception> failed);

    /** Ends the room for good: its sessions are told, and who asks for it later is told that it does not exist. */
    void close();
}
