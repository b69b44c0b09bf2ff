package io.roomrouting.testkit.sim;

import io.roomrouting.session.CloseReason;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;
import io.roomrouting.testkit.sim.Happening.Stay;
import java.nio.ByteBuffer;

/** The room of every run: numbers what is said in it, tells everybody the number, and keeps a record. */
final class NumberingRoom implements RestorableRoom {

    static final String SAY = "say";
    static final String SHUT = "shut";
    static final String WELCOME = "welcome";
    static final String SAID = "said";

    /** Where the library's snapshot has the handler's own: behind its version and the length. */
    private static final int OWN_STATE = Byte.BYTES + Integer.BYTES;

    private final HostLife host;
    private final Room room;
    private final Stay stay;
    private long newest;

    NumberingRoom(HostLife host, Room room, Stay stay) {
        this.host = host;
        this.room = room;
        this.stay = stay;
    }

    /** Reads the number in what a host has saved. */
    static long numberIn(byte[] saved) {
        return ByteBuffer.wrap(saved).getLong(OWN_STATE);
    }

    @Override
    public byte[] snapshot() {
        host.record(new Happening.Snapped(stay, newest));
        return ByteBuffer.allocate(Long.BYTES).putLong(newest).array();
    }

    @Override
    public void restore(byte[] state) {
        newest = ByteBuffer.wrap(state).getLong();
        host.record(new Happening.Restored(
                stay, newest, room.sessions().stream().map(Session::id).toList()));
    }

    @Override
    public void onOpen() {
        host.record(new Happening.Opened(stay));
    }

    @Override
    public void onJoin(Session session) {
        host.record(new Happening.Entered(stay, session.id(), connectionOf(session), newest));
        session.send(WELCOME, newest);
    }

    @Override
    public void onEvent(Session session, Event event) {
        if (event.name().equals(SHUT)) {
            room.close();
            return;
        }
        newest++;
        host.record(new Happening.Handled(stay, session.id(), connectionOf(session), event.data(String.class), newest));
        room.broadcast(SAID, newest);
        event.reply(newest);
    }

    @Override
    public void onDrop(Session session) {
        host.record(new Happening.Dropped(stay, session.id(), connectionOf(session)));
    }

    @Override
    public void onResume(Session session) {
        host.record(new Happening.CameBack(stay, session.id(), connectionOf(session)));
    }

    @Override
    public void onLeave(Session session, LeaveReason reason) {
        host.record(new Happening.Left(stay, session.id(), connectionOf(session), newest, reason.name()));
    }

    @Override
    public void onClose(CloseReason reason) {
        host.record(new Happening.Closed(stay, reason.name()));
    }

    private int connectionOf(Session session) {
        return host.connectionOf(session.id());
    }
}
