package io.roomrouting.testkit.sim;

import io.roomrouting.session.CloseReason;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import io.roomrouting.testkit.sim.Happening.Stay;

/** The room of every run: numbers what is said in it, tells everybody the number, and keeps a record. */
final class NumberingRoom implements RoomHandler {

    static final String SAY = "say";
    static final String SHUT = "shut";
    static final String WELCOME = "welcome";
    static final String SAID = "said";

    private final HostLife host;
    private final Room room;
    private final Stay stay;
    private long newest;

    NumberingRoom(HostLife host, Room room, Stay stay) {
        this.host = host;
        this.room = room;
        this.stay = stay;
    }

    @Override
    public void onOpen() {
        host.record(new Happening.Opened(stay));
    }

    @Override
    public void onJoin(Session session) {
        host.record(new Happening.Entered(stay, session.id(), host.connectionOf(session.id()), newest));
        session.send(WELCOME, newest);
    }

    @Override
    public void onEvent(Session session, Event event) {
        if (event.name().equals(SHUT)) {
            room.close();
            return;
        }
        newest++;
        host.record(new Happening.Handled(
                stay, session.id(), host.connectionOf(session.id()), event.data(String.class), newest));
        room.broadcast(SAID, newest);
        event.reply(newest);
    }

    @Override
    public void onLeave(Session session, LeaveReason reason) {
        host.record(new Happening.Left(stay, session.id(), host.connectionOf(session.id()), newest, reason.name()));
    }

    @Override
    public void onClose(CloseReason reason) {
        host.record(new Happening.Closed(stay, reason.name()));
    }
}
