package io.roomrouting.session;

import io.roomrouting.CorrelationId;
import io.roomrouting.Identity;
import io.roomrouting.UserId;
import java.util.Optional;

/**
 * One client's stay in a room. A user with two windows has two sessions.
 *
 * <p>Belongs to the room's thread, but for {@link #id()}, {@link #identity()} and {@link #user()}, which never change, and
 * {@link #correlation()}.
 */
public interface Session {

    /**
     * Returns the session's public name.
     *
     * @return 20 characters of base64url, unique among all hosts; the same when the client comes back to its seat
     */
    String id();

    /**
     * Returns who it is.
     *
     * @return as the ticket says
     */
    Identity identity();

    /**
     * Returns the user.
     *
     * @return the identity's user
     */
    default UserId user() {
        return identity().user();
    }

    /**
     * Returns what the look-up that led the client here is called in the logs. It stands in the logs of the session's joining,
     * dropping, resuming and leaving, callbacks included, as {@value CorrelationId#MDC_KEY}; not in those of its events, where
     * {@link CorrelationId#during} can add it. Any thread.
     *
     * @return as the ticket says that the client came with last: another one after {@link RoomHandler#onResume}; empty if the
     *     look-up had no name, or if the session was handed over by another host and the client has not come back yet
     */
    Optional<CorrelationId> correlation();

    /**
     * Says whether the client is connected at the moment.
     *
     * @return false between {@link RoomHandler#onDrop} and {@link RoomHandler#onResume}
     */
    boolean isConnected();

    /**
     * Sends an event to this client alone.
     *
     * @param event the event's name
     * @param arguments its arguments, for plain WebSocket clients at most one
     * @return what became of it; on {@link Delivery#SATURATED} the room's {@link SlowConsumer} policy applies
     */
    Delivery send(String event, Object... arguments);

    /**
     * Sends the client away; {@link RoomHandler#onLeave} follows.
     *
     * @param reason what it is told, usually {@link LeaveReason#KICKED}
     */
    void disconnect(LeaveReason reason);
}
