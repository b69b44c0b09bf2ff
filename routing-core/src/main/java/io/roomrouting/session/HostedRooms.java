package io.roomrouting.session;

import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The rooms that are open on a host, and what an operator can do with them; rooms do without it. Got from
 * {@link SessionHost#rooms()}.
 *
 * <p>Thread-safe, and no method blocks: what concerns the inside of a room is done on the room's thread, soon. A room that
 * is about to open, or on its way to another host, is not here. At most 16 questions and announcements wait for one room;
 * the room takes them even when it has too much to do for its clients.
 *
 * <p>A stage completes on a thread of the host's room executor, so do not block in what depends on it.
 */
public interface HostedRooms {

    /**
     * Returns how the open rooms are doing.
     *
     * @return a snapshot, in the order of their ids
     */
    List<RoomStatus> list();

    /**
     * Returns how a room is doing.
     *
     * @param room the room
     * @return empty if it is not here
     */
    Optional<RoomStatus> find(RoomId room);

    /**
     * Asks a room who is in it.
     *
     * @param room the room
     * @return the sessions in the order in which they joined; fails with {@link RoutingException.RoomRefused},
     *     {@link io.roomrouting.ErrorCode#ROOM_NOT_FOUND}, if the room is not here, and with
     *     {@link RoutingException.Unavailable} if too much waits for it
     */
    CompletionStage<List<RoomMember>> members(RoomId room);

    /**
     * Opens a room before anybody comes, as the first client would: it is confirmed with the registry and gets its state
     * back. If it is open under this assignment, nothing changes but that its idle time begins anew. At most 1,000 rooms
     * are on their way at a time.
     *
     * @param assignment the ownership, as the registry has granted it to this host
     * @param spec how the room was created
     * @return completes when the room is open; fails with the {@link RoutingException} that a client would get, and with
     *     {@link RoutingException.Unavailable} if too many rooms are about to open
     */
    CompletionStage<Void> open(RoomAssignment assignment, RoomSpec spec);

    /**
     * Ends a room for good, as {@link Room#close()}: its sessions are told, and who asks for it later is told that it does
     * not exist.
     *
     * @param room the room
     * @return false if it is not here
     */
    boolean close(RoomId room);

    /**
     * Sends an event to every session of every open room, as each room's own {@link Room#broadcast} would: in order with
     * what the room sends, encoded once per room and wire format, and kept for those who are away. Rooms for which too much waits
     * are passed over.
     *
     * @param event the event's name
     * @param arguments its arguments, for plain WebSocket clients at most one; must not change any more
     * @return to how many rooms it goes
     */
    int announce(String event, Object... arguments);

    /**
     * Sends an event to every session of one room, otherwise like {@link #announce(String, Object...)}.
     *
     * @param room the room
     * @param event the event's name
     * @param arguments its arguments, for plain WebSocket clients at most one; must not change any more
     * @return false if the room is not here
     * @throws RoutingException.Unavailable if too much waits for the room; it is not sent
     */
    boolean announce(RoomId room, String event, Object... arguments);
}
