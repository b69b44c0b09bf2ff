package io.roomrouting.session;

/**
 * A room whose state outlives its host: it is kept in the host's {@link RoomStateStore} and handed to the next owner.
 *
 * <p>A snapshot is taken now and then ({@link RoomSettings#saveInterval()}), when the room asks for it
 * ({@link Room#save}), when it has been idle, and when the host drains. After the crash of a host the room goes on with
 * the last snapshot that was saved, without its sessions. When a host drains, the room goes on where it stopped: clients
 * that have seats come back to them, and neither side misses a message.
 */
public interface RestorableRoom extends RoomHandler {

    /**
     * Writes the state. A callback of the room, so it sees the state between two events; must be quick and must not
     * change anything.
     *
     * @return the state, at most 2 MiB; not changed afterwards
     */
    byte[] snapshot();

    /**
     * Takes over the state of an earlier owner. The first callback after construction, before {@link #onOpen}; not called
     * when there is no earlier state. {@link Room#sessions()} has the sessions that may come back: they count as dropped
     * until they do, and {@link #onJoin} is not called for them again. When this throws, the room does not open.
     *
     * @param state what {@link #snapshot} returned, perhaps of an earlier version of this program
     */
    void restore(byte[] state);
}
