package io.roomrouting.examples.chatserver;

import io.roomrouting.RoomId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.SessionListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the rooms that are open, and passes on that one has come or gone, or that no more are taken. */
final class OpenRooms implements SessionListener {

    private final AtomicInteger count = new AtomicInteger();
    private volatile Consumer<RoomId> closed = room -> {};
    private volatile Runnable changed = () -> {};

    /** Says what happens when a room has ended; quick, and before anybody can open it again. */
    void onClosed(Consumer<RoomId> action) {
        closed = action;
    }

    /** Says what happens when the count has changed, or whether more are taken; quick. */
    void onChanged(Runnable action) {
        changed = action;
    }

    int count() {
        return count.get();
    }

    @Override
    public void roomOpened(RoomId room) {
        count.incrementAndGet();
        changed.run();
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        count.decrementAndGet();
        closed.accept(room);
        changed.run();
    }

    @Override
    public void drainChanged(boolean draining) {
        changed.run();
    }
}
