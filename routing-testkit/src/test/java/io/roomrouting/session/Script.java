package io.roomrouting.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Rooms that do what a test says, and keep what happens to them. */
final class Script implements RoomHandlerFactory {

    /** What a room does with an event. */
    @FunctionalInterface
    interface Reaction {
        void to(Room room, Session session, Event event);
    }

    final List<String> happened = new ArrayList<>();
    private final Map<String, Reaction> reactions = new HashMap<>();
    private Consumer<Room> open = room -> {};
    private BiConsumer<Room, Session> join = (room, session) -> {};
    private BiConsumer<Room, Session> leave = (room, session) -> {};
    private Consumer<Room> close = room -> {};

    Script onOpen(Consumer<Room> action) {
        open = action;
        return this;
    }

    Script onJoin(BiConsumer<Room, Session> action) {
        join = action;
        return this;
    }

    Script onLeave(BiConsumer<Room, Session> action) {
        leave = action;
        return this;
    }

    Script onClose(Consumer<Room> action) {
        close = action;
        return this;
    }

    Script on(String event, Reaction reaction) {
        reactions.put(event, reaction);
        return this;
    }

    @Override
    public RoomHandler create(Room room) {
        return new RoomHandler() {
            @Override
            public void onOpen() {
                happened.add("open");
                open.accept(room);
            }

            @Override
            public void onJoin(Session session) {
                happened.add("join " + session.user());
                join.accept(room, session);
            }

            @Override
            public void onEvent(Session session, Event event) {
                happened.add(session.user() + " " + event.name());
                reactions.getOrDefault(event.name(), (r, s, e) -> {}).to(room, session, event);
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
                leave.accept(room, session);
            }

            @Override
            public void onClose(CloseReason reason) {
                happened.add("close " + reason);
                close.accept(room);
            }
        };
    }
}
