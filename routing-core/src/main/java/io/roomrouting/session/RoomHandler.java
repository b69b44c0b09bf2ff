package io.roomrouting.session;

/**
 * An application's room: a plain class with plain fields.
 *
 * <p>All callbacks of a room, its timers and its {@link Room#execute} tasks run one at a time, each seeing everything
 * that the one before did, though not always on the same thread. They must not block: slow work goes through
 * {@link Room#offload}.
 *
 * <p>A callback that throws loses that session's event, not the room. Throwing a {@link io.roomrouting.RoutingException}
 * refuses: the client is told its code and message. Anything else is reported to the {@link SessionListener}, and the
 * client is told {@code INTERNAL_ERROR}.
 */
public interface RoomHandler {

    /** The room exists and has no sessions yet. When this throws, the room does not open and who waits is refused. */
    default void onOpen() {}

    /**
     * A client is in; it is already among {@link Room#sessions()}.
     *
     * @param session the newcomer; when this throws it is sent away, and {@link #onLeave} follows
     */
    default void onJoin(Session session) {}

    /**
     * A client said something.
     *
     * @param session who
     * @param event what
     */
    default void onEvent(Session session, Event event) {}

    /**
     * A client's connection broke, and its seat is kept for a while. It is still among {@link Room#sessions()}, and what
     * is sent to it is kept for it. {@link #onResume} or {@link #onLeave} follows.
     *
     * @param session who
     */
    default void onDrop(Session session) {}

    /**
     * A client whose connection broke is back on its seat and gets what it missed. Also called on the next host after a
     * hand-over.
     *
     * @param session who
     */
    default void onResume(Session session) {}

    /**
     * A client is gone; it is no longer among {@link Room#sessions()}. Exactly one per {@link #onJoin}, and nothing of
     * that session after it. For a session that was in the last snapshot of a {@link RestorableRoom} it is called by the
     * next owner, if that one restores it, and not here.
     *
     * @param session who
     * @param reason why
     */
    default void onLeave(Session session, LeaveReason reason) {}

    /**
     * The room ends; nothing follows. Not called when {@link #onOpen} threw.
     *
     * @param reason why
     */
    default void onClose(CloseReason reason) {}
}
