package io.roomrouting.internal;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a handler sees of its room; refuses calls from other threads than the room's. */
final class RoomView implements Room {

    private final RoomRuntime room;
    private final Offloads offloads;

    RoomView(RoomRuntime room) {
        this.room = room;
        this.offloads = new Offloads(room);
    }

    @Override
    public RoomId id() {
        return room.id();
    }

    @Override
    public RoomSpec spec() {
        return room.spec();
    }

    @Override
    public Epoch epoch() {
        return room.assignment().epoch();
    }

    @Override
    public Collection<Session> sessions() {
        return onRoomThread().members().sessions();
    }

    @Override
    public List<UserId> users() {
        return onRoomThread().members().users();
    }

    @Override
    public List<Session> sessionsOf(UserId user) {
        return List.copyOf(onRoomThread().members().sessionsOf(user));
    }

    @Override
    public void broadcastExcept(Session except, String event, Object... arguments) {
        broadcast(sessions(), except, event, arguments);
    }

    @Override
    public void send(Collection<? extends Session> to, String event, Object... arguments) {
        broadcast(to, null, event, arguments);
    }

    private void broadcast(
            Collection<? extends Session> to, @Nullable Session except, String event, Object... arguments) {
        if (onRoomThread().isAtWork()) {
            new Broadcast(room, event, arguments).to(to, except);
        }
    }

    @Override
    public TimeSource.Cancellable schedule(Duration delay, Runnable task) {
        return onRoomThread().timers().once(delay, task);
    }

    @Override
    public TimeSource.Cancellable scheduleEvery(Duration period, Runnable task) {
        return onRoomThread().timers().every(period, task);
    }

    @Override
    public <T> void offload(Callable<? extends T> work, Consumer<? super T> then, Consumer<? super Exception> failed) {
        onRoomThread();
        offloads.run(work, then, failed);
    }

    @Override
    public Delivery execute(Runnable task) {
        if (!room.isAtWork()) {
            return Delivery.CLOSED;
        }
        if (!room.offer("execute", task)) {
            return Delivery.SATURATED;
        }
        room.workElsewhere();
        return Delivery.ACCEPTED;
    }

    @Override
    public void save(Runnable saved, Consumer<? super Exception> failed) {
        onRoomThread().save(saved, failed);
    }

    @Override
    public void lock() {
        onRoomThread().notice().lock(true);
    }

    @Override
    public void unlock() {
        onRoomThread().notice().lock(false);
    }

    @Override
    public boolean isLocked() {
        return onRoomThread().notice().isLocked();
    }

    @Override
    public RoomVisibility visibility() {
        return onRoomThread().notice().visibility();
    }

    @Override
    public void visibility(RoomVisibility value) {
        onRoomThread().notice().visibility(value);
    }

    @Override
    public Map<String, String> metadata() {
        return onRoomThread().notice().metadata();
    }

    @Override
    public void metadata(Map<String, String> value) {
        onRoomThread().notice().metadata(RoomSpec.defaults().withMetadata(value).metadata());
    }

    @Override
    public Instant now() {
        return room.host().time().now();
    }

    @Override
    public void close() {
        onRoomThread().close(CloseReason.CLOSED);
    }

    private RoomRuntime onRoomThread() {
        room.checkThread();
        return room;
    }
}
