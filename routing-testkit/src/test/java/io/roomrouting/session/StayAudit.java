package io.roomrouting.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rooms that check the promises made to a {@link RoomHandler}, whatever happens to them. The rooms' own fields are plain,
 * as an application's are, so that a missing happens-before shows as a broken promise.
 */
final class StayAudit implements RoomHandlerFactory {

    final AtomicLong joins = new AtomicLong();
    final AtomicLong leaves = new AtomicLong();
    final AtomicLong events = new AtomicLong();
    final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<RoomId, AtomicInteger> openRooms = new ConcurrentHashMap<>();

    private void check(boolean promise, String what) {
        if (!promise) {
            violations.add(what);
        }
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    void checkEverybodyHasLeft() {
        assertThat(violations).isEmpty();
        assertThat(leaves.get()).isEqualTo(joins.get());
        assertThat(closed.get()).isEqualTo(opened.get());
    }

    @Override
    public RoomHandler create(Room room) {
        return new Audited(room);
    }

    private final class Audited implements RoomHandler {

        private final Room room;
        private final Set<String> in = new HashSet<>();
        private final Set<String> gone = new HashSet<>();
        private final Map<String, Integer> lastEvents = new HashMap<>();
        private final List<String> order = new ArrayList<>();
        private boolean open;
        private int running;
        private long counted;
        private final AtomicLong handled = new AtomicLong();

        Audited(Room room) {
            this.room = room;
        }

        private void enter(String callback) {
            check(++running == 1, callback + " while another callback runs");
            order.add(callback);
            if (order.size() > 50) {
                order.remove(0);
            }
        }

        private void exit() {
            running--;
        }

        @Override
        public void onOpen() {
            enter("onOpen");
            check(!open && in.isEmpty() && gone.isEmpty(), "onOpen is not the first callback");
            open = true;
            opened.incrementAndGet();
            int together = openRooms
                    .computeIfAbsent(room.id(), id -> new AtomicInteger())
                    .incrementAndGet();
            check(together == 1, "two rooms are open under the same id");
            exit();
        }

        @Override
        public void onJoin(Session session) {
            enter("onJoin");
            check(open, "onJoin in a room that is not open: " + order);
            check(in.add(session.id()), "a second onJoin");
            check(!gone.contains(session.id()), "onJoin after onLeave");
            check(room.sessions().contains(session), "onJoin of a session that is not in the room");
            joins.incrementAndGet();
            if (session.user().value().startsWith("unwanted")) {
                exit();
                throw new Fault();
            }
            room.broadcast("came", session.user().value());
            exit();
        }

        @Override
        public void onEvent(Session session, Event event) {
            enter("onEvent");
            check(open, "onEvent in a room that is not open: " + order);
            check(in.contains(session.id()), "onEvent of a session that is not in the room: " + order);
            int number = event.data(Integer.class);
            Integer last = lastEvents.put(session.id(), number);
            check(last == null || last < number, "event " + number + " after " + last);
            counted++;
            check(counted == handled.incrementAndGet(), "a callback did not see what one before it did");
            events.incrementAndGet();
            switch (event.name()) {
                case "say" -> room.broadcast("said", number);
                case "ask" -> event.reply(number);
                case "kick" -> session.disconnect(LeaveReason.KICKED);
                case "close" -> room.close();
                case "crash" -> {
                    exit();
                    throw new Fault();
                }
                default -> room.execute(() -> room.broadcast("executed"));
            }
            exit();
        }

        @Override
        public void onLeave(Session session, LeaveReason reason) {
            enter("onLeave");
            check(open, "onLeave in a room that is not open");
            check(in.remove(session.id()), "onLeave without onJoin, or a second one: " + order);
            check(gone.add(session.id()), "a second onLeave");
            check(!room.sessions().contains(session), "onLeave of a session that is in the room");
            leaves.incrementAndGet();
            room.broadcast("went", session.user().value());
            exit();
        }

        @Override
        public void onClose(CloseReason reason) {
            enter("onClose");
            check(open, "a second onClose");
            check(in.isEmpty(), "onClose before everybody's onLeave");
            open = false;
            closed.incrementAndGet();
            AtomicInteger together = openRooms.get(room.id());
            check(together != null && together.decrementAndGet() == 0, "the room was open twice");
            exit();
        }
    }

    /** A fault without a stack trace, since there are many and each is logged. */
    private static final class Fault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Fault() {
            super("meant", null, false, false);
        }
    }
}
