package io.roomrouting.session;

import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.TimeSource;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A room's own timers. */
class RoomTimersTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HostRig rig = new HostRig();
    private final List<String> ran = new ArrayList<>();

    @Test
    void aTimerRunsOnceAsACallbackOfTheRoom() {
        rig.script.on("later", (room, session, event) -> room.schedule(SECOND, () -> session.send("now", room.now())));
        RecordingConnection alice = rig.join("alice");
        alice.send(event("later"));
        Instant due = rig.time.now().plus(SECOND);

        rig.time.advance(Duration.ofMillis(999));
        assertThat(heard(alice)).isEmpty();
        rig.time.advance(Duration.ofSeconds(10));

        assertThat(heard(alice)).containsExactly("now " + due);
    }

    @Test
    void aRepeatedTimerRunsUntilItIsCancelled() {
        List<TimeSource.Cancellable> timers = new ArrayList<>();
        rig.script
                .onOpen(room -> timers.add(room.scheduleEvery(SECOND, () -> ran.add("tick"))))
                .on("stop", (room, session, event) -> timers.get(0).cancel());
        RecordingConnection alice = rig.join("alice");

        rig.time.advance(SECOND.multipliedBy(3));
        assertThat(ran).hasSize(3);
        alice.send(event("stop"));
        rig.time.advance(SECOND.multipliedBy(3));

        assertThat(ran).hasSize(3);
    }

    @Test
    void aTimerMayCancelItself() {
        List<TimeSource.Cancellable> timers = new ArrayList<>();
        rig.script.onOpen(room -> timers.add(room.scheduleEvery(SECOND, () -> {
            ran.add("tick");
            timers.get(0).cancel();
        })));
        rig.join("alice");

        rig.time.advance(SECOND.multipliedBy(5));

        assertThat(ran).containsExactly("tick");
    }

    @Test
    void aTimerThatThrowsGoesOn() {
        rig.script.onOpen(room -> room.scheduleEvery(SECOND, () -> {
            ran.add("tick");
            throw new IllegalStateException("tock");
        }));
        rig.join("alice");

        rig.time.advance(SECOND.multipliedBy(2));

        assertThat(ran).hasSize(2);
        assertThat(rig.reports.lines).endsWith("failed timer tock", "failed timer tock");
    }

    @Test
    void lateRunsAreNotCaughtUp() {
        rig.script.onOpen(room -> room.scheduleEvery(SECOND, () -> ran.add("tick")));
        rig.join("alice");
        rig.roomTasks.hold();

        rig.time.advance(SECOND.multipliedBy(5));
        rig.roomTasks.release();
        assertThat(ran).hasSize(1);
        rig.time.advance(SECOND);

        assertThat(ran).hasSize(2);
    }

    @Test
    void timersEndWithTheRoomAndNothingIsLeftBehind() {
        int before = rig.time.pendingTimers();
        rig.script
                .onOpen(room -> {
                    room.scheduleEvery(SECOND, () -> ran.add("tick"));
                    room.schedule(Duration.ofMinutes(5), () -> ran.add("late"));
                })
                .onClose(room -> room.schedule(SECOND, () -> ran.add("after the end")))
                .on("end", (room, session, event) -> room.close());
        RecordingConnection alice = rig.join("alice");

        alice.send(event("end"));

        assertThat(rig.time.pendingTimers()).isEqualTo(before);
        rig.time.advance(Duration.ofMinutes(10));
        assertThat(ran).isEmpty();
    }

    @Test
    void aTimerThatIsAlreadyOnItsWayDoesNotReachAClosedRoom() {
        rig.script
                .onOpen(room -> room.schedule(SECOND, () -> ran.add("late")))
                .on("end", (room, session, event) -> room.close());
        RecordingConnection alice = rig.join("alice");
        rig.roomTasks.hold();
        alice.send(event("end"));
        rig.time.advance(SECOND);

        rig.roomTasks.runAll();

        assertThat(ran).isEmpty();
    }

    @Test
    void aPeriodUnderAMillisecondIsRefused() {
        rig.script.onJoin((room, session) -> room.scheduleEvery(Duration.ofNanos(999_999), () -> {}));

        rig.knock("alice");

        assertThat(rig.reports.lines).anyMatch(line -> line.startsWith("failed onJoin period = "));
    }
}
