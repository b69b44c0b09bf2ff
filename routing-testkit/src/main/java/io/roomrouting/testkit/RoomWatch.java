package io.roomrouting.testkit;

import io.roomrouting.RoomId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.SessionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps what a room's host reports of it. */
final class RoomWatch implements SessionListener {

    private final List<Fault> faults = new ArrayList<>();
    private final List<String> slow = new ArrayList<>();
    private @Nullable CloseReason closed;

    /**
     * Something that a room's code threw.
     *
     * @param callback what was running
     * @param thrown what it threw
     */
    record Fault(String callback, Throwable thrown) {}

    @Override
    public void roomOpened(RoomId room) {
        closed = null;
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        closed = reason;
    }

    @Override
    public void handlerFailed(RoomId room, String callback, Throwable failure) {
        faults.add(new Fault(callback, failure));
    }

    @Override
    public void slowHandler(RoomId room, Duration duration) {
        slow.add("the room held its thread for " + duration.toMillis() + " ms");
    }

    Optional<CloseReason> closed() {
        return Optional.ofNullable(closed);
    }

    Optional<Fault> takeFault() {
        return faults.isEmpty() ? Optional.empty() : Optional.of(faults.remove(0));
    }

    List<String> leftOver() {
        return Stream.concat(faults.stream().map(fault -> fault.callback() + " threw " + fault.thrown()), slow.stream())
                .toList();
    }

    List<Throwable> thrown() {
        return faults.stream().map(Fault::thrown).toList();
    }
}
