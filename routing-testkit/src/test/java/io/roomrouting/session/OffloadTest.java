package io.roomrouting.session;

import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.testkit.RecordingConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Slow work that a room does elsewhere. */
class OffloadTest {

    private final HostRig rig = new HostRig();

    private void onEventOffload(HostRig where, Callable<String> work) {
        where.script.on(
                "load",
                (room, session, event) ->
                        room.offload(work, event::reply, failure -> event.fail("FAILED", String.valueOf(failure))));
    }

    @Test
    void itsResultComesBackAsACallback() {
        onEventOffload(rig, () -> "loaded");
        rig.offloaded.hold();
        RecordingConnection alice = rig.join("alice");

        alice.send(asking(1, "load"), event("next"));
        assertThat(heard(alice)).isEmpty();
        rig.offloaded.runAll();

        assertThat(heard(alice)).containsExactly("reply 1 \"loaded\"");
        assertThat(rig.script.happened).endsWith("alice load", "alice next");
    }

    @Test
    void evenIfItIsDoneAtOnceItsResultComesAfterTheCallback() {
        List<String> order = new ArrayList<>();
        rig.script.on("load", (room, session, event) -> {
            room.offload(() -> order.add("work"), done -> order.add("result"), failure -> {});
            order.add("callback");
        });

        rig.join("alice").send(event("load"));

        assertThat(order).containsExactly("work", "callback", "result");
    }

    @Test
    void itsFailureComesBackToo() {
        onEventOffload(rig, () -> {
            throw new IOException("disk full");
        });
        RecordingConnection alice = rig.join("alice");

        alice.send(asking(1, "load"));

        assertThat(heard(alice)).containsExactly("reply 1 error FAILED (java.io.IOException: disk full)");
    }

    @Test
    void anErrorComesBackAsAFailure() {
        onEventOffload(rig, () -> {
            throw new StackOverflowError("too deep");
        });
        RecordingConnection alice = rig.join("alice");

        alice.send(asking(1, "load"));

        assertThat(heard(alice).get(0)).contains("ExecutionException", "StackOverflowError: too deep");
    }

    @Test
    void aResultForAClosedRoomIsDropped() {
        onEventOffload(rig, () -> "loaded");
        rig.script.on("end", (room, session, event) -> room.close());
        rig.offloaded.hold();
        RecordingConnection alice = rig.join("alice");
        alice.send(asking(1, "load"), event("end"));

        rig.offloaded.runAll();

        assertThat(heard(alice)).isEmpty();
        assertThat(rig.reports.lines).noneMatch(line -> line.startsWith("failed"));
    }

    @Test
    void aResultForWhoHasLeftIsHarmless() {
        onEventOffload(rig, () -> "loaded");
        rig.offloaded.hold();
        RecordingConnection alice = rig.join("alice");
        alice.send(asking(1, "load"));
        alice.end(LeaveReason.LEFT);

        rig.offloaded.runAll();

        assertThat(heard(alice)).isEmpty();
        assertThat(rig.reports.lines).noneMatch(line -> line.startsWith("failed"));
    }

    @Test
    void anExecutorThatTakesNoMoreIsAFailureOfTheWork() {
        HostRig busy = new HostRig(builder -> builder.offloadExecutor(work -> {
            throw new RejectedExecutionException("busy");
        }));
        onEventOffload(busy, () -> "loaded");
        RecordingConnection alice = busy.join("alice");

        alice.send(asking(1, "load"));

        assertThat(heard(alice).get(0)).contains("FAILED", "the host takes no more work");
    }

    @Test
    void aRoomHasABoundOfWorkUnderWay() {
        rig.offloaded.hold();
        List<String> refused = new ArrayList<>();
        rig.script.on("much", (room, session, event) -> {
            for (int i = 0; i < 10_001; i++) {
                room.offload(() -> "", done -> {}, failure -> refused.add(String.valueOf(failure.getMessage())));
            }
        });

        rig.join("alice").send(event("much"));

        assertThat(refused).containsExactly("the room waits for too much work");
        assertThat(rig.offloaded.size()).isEqualTo(10_000);
    }

    @Test
    void aFaultInTheWorkGivesItsPlaceBack() {
        rig.script.on("much", (room, session, event) -> {
            for (int i = 0; i < 10_000; i++) {
                room.offload(
                        () -> {
                            throw new AssertionError("broken");
                        },
                        done -> {},
                        failure -> {});
            }
        });
        onEventOffload(rig, () -> "loaded");
        RecordingConnection alice = rig.join("alice");
        alice.send(event("much"));

        alice.send(asking(1, "load"));

        assertThat(heard(alice)).containsExactly("reply 1 \"loaded\"");
    }
}
