package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a room's code may only do inside the room's callbacks, and the way back into them. */
class RoomThreadTest {

    private final HostRig rig = new HostRig();
    private Optional<Room> leaked = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private Optional<Event> event = Optional.empty();
    private Optional<TimeSource.Cancellable> timer = Optional.empty();

    RoomThreadTest() {
        rig.script
                .onOpen(room -> {
                    leaked = Optional.of(room);
                    timer = Optional.of(room.schedule(Duration.ofMinutes(1), () -> {}));
                })
                .onJoin((room, newcomer) -> session = Optional.of(newcomer))
                .on("ask", (room, sender, asked) -> event = Optional.of(asked));
    }

    @Test
    void everythingElseThrowsOutsideTheCallbacks() {
        RecordingConnection alice = rig.join("alice");
        alice.send(asking(1, "ask"));
        Room room = leaked.orElseThrow();
        Session member = session.orElseThrow();
        Event asked = event.orElseThrow();

        List<ThrowingCallable> uses = List.of(
                room::sessions,
                room::users,
                () -> room.sessionsOf(UserId.of("alice")),
                () -> room.broadcast("x"),
                () -> room.broadcastExcept(member, "x"),
                () -> room.send(List.of(member), "x"),
                () -> room.schedule(Duration.ZERO, () -> {}),
                () -> room.scheduleEvery(Duration.ofSeconds(1), () -> {}),
                () -> room.offload(() -> 1, one -> {}, failure -> {}),
                room::close,
                () -> member.send("x"),
                () -> member.disconnect(LeaveReason.KICKED),
                () -> asked.reply("x"),
                () -> asked.fail("X", "x"),
                () -> timer.orElseThrow().cancel());

        assertThat(uses)
                .allSatisfy(use -> assertThatIllegalStateException()
                        .isThrownBy(use)
                        .withMessageContaining("use Room.execute to get back into it"));
        assertThat(heard(alice)).isEmpty();
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void whatNeverChangesMayBeReadAnywhere() {
        rig.join("alice");
        Room room = leaked.orElseThrow();

        assertThat(room.id()).isEqualTo(ROOM);
        assertThat(room.now()).isEqualTo(rig.time.now());
        assertThatCode(room::spec).doesNotThrowAnyException();
        assertThat(session.orElseThrow().user()).isEqualTo(UserId.of("alice"));
    }

    @Test
    void executeLeadsBackIntoTheRoom() {
        RecordingConnection alice = rig.join("alice");
        Room room = leaked.orElseThrow();

        assertThat(room.execute(() -> room.broadcast("hello"))).isEqualTo(Delivery.ACCEPTED);

        assertThat(heard(alice)).containsExactly("hello");
    }

    @Test
    void executeFromInsideRunsAfterTheCallback() {
        List<String> order = new ArrayList<>();
        rig.script.on("go", (room, sender, asked) -> {
            room.execute(() -> order.add("task"));
            order.add("callback");
        });

        rig.join("alice").send(event("go"));

        assertThat(order).containsExactly("callback", "task");
    }

    @Test
    void executeAfterTheEndSaysSo() {
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(RoomSettings.defaults().idleTimeout());

        assertThat(leaked.orElseThrow().execute(() -> rig.script.happened.add("never")))
                .isEqualTo(Delivery.CLOSED);

        assertThat(rig.script.happened).doesNotContain("never");
    }

    @Test
    void aTaskThatTheRoomsEndOvertookIsNotRun() {
        rig.join("alice");
        Room room = leaked.orElseThrow();
        rig.roomTasks.hold();
        room.execute(room::close);
        room.execute(() -> rig.script.happened.add("before the end"));
        rig.roomTasks.runAll();

        assertThat(rig.script.happened).endsWith("before the end", "leave alice ROOM_CLOSED", "close CLOSED");
    }
}
