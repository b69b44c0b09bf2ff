package io.roomrouting.session;

import java.nio.ByteBuffer;
import java.util.List;

/** A room with a state: it adds up the numbers that it is given, and tells everybody the sum. */
final class Ledger implements RestorableRoom {

    private final Room room;
    private final List<String> happened;
    private int sum;

    Ledger(Room room, List<String> happened) {
        this.room = room;
        this.happened = happened;
    }

    @Override
    public byte[] snapshot() {
        happened.add("snapshot " + sum);
        return ByteBuffer.allocate(Integer.BYTES).putInt(sum).array();
    }

    @Override
    public void restore(byte[] state) {
        sum = ByteBuffer.wrap(state).getInt();
        happened.add("restore " + sum + " " + room.users());
    }

    @Override
    public void onOpen() {
        happened.add("open");
    }

    @Override
    public void onJoin(Session session) {
        happened.add("join " + session.user());
    }

    @Override
    public void onEvent(Session session, Event event) {
        switch (event.name()) {
            case "save" ->
                room.save(
                        () -> event.reply("saved"),
                        why -> event.fail(why.getClass().getSimpleName(), ""));
            case "close" -> room.close();
            default -> {
                sum += event.data(Integer.class);
                room.broadcast("sum", sum);
                event.reply(sum);
            }
        }
    }

    @Override
    public void onDrop(Session session) {
        happened.add("drop " + session.user());
    }

    @Override
    public void onResume(Session session) {
        happened.add("resume " + session.user());
    }

    @Override
    public void onLeave(Session session, LeaveReason reason) {
        happened.add("leave " + session.user() + " " + reason);
    }

    @Override
    public void onClose(CloseReason reason) {
        happened.add("close " + reason);
        room.broadcast("too late");
        room.sessions().forEach(session -> session.send("too late"));
    }
}
