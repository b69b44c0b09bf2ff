package io.roomrouting.examples.calls;

import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The lines of a real room: a device is a session. */
final class RoomLines implements CallLines {

    private final Room room;

    RoomLines(Room room) {
        this.room = room;
    }

    static Device deviceOf(Session session) {
        return new Device(session.user(), session.id());
    }

    @Override
    public List<Device> devicesOf(UserId user) {
        return room.sessionsOf(user).stream().map(RoomLines::deviceOf).toList();
    }

    @Override
    public boolean isConnected(Device device) {
        return sessionOf(device).map(Session::isConnected).orElse(false);
    }

    @Override
    public void send(Device to, CallEvent event) {
        sessionOf(to).ifPresent(session -> session.send(event.name(), event));
    }

    private Optional<Session> sessionOf(Device device) {
        return room.sessionsOf(device.user()).stream()
                .filter(session -> session.id().equals(device.session()))
                .findFirst();
    }

    @Override
    public TimeSource.Cancellable schedule(Duration delay, Runnable task) {
        return room.schedule(delay, task);
    }

    @Override
    public Instant now() {
        return room.now();
    }
}
