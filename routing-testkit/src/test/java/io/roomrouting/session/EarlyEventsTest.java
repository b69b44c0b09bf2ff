package io.roomrouting.session;

import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.testkit.RecordingConnection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client says before its room has let it in. */
class EarlyEventsTest {

    private static final int KEPT = 32;

    private final HostRig rig = new HostRig();

    EarlyEventsTest() {
        rig.registryTasks.hold();
        rig.script.on("echo", (room, session, event) -> event.reply(event.data(Integer.class)));
    }

    @Test
    void isHandledInOrderOnceItIsIn() {
        RecordingConnection alice = rig.knock("alice");

        List<Delivery> deliveries = alice.send(event("one"), event("two"));
        alice.send(event("three"));
        rig.registryTasks.runAll();
        alice.send(event("four"));

        assertThat(deliveries).containsExactly(Delivery.ACCEPTED, Delivery.ACCEPTED);
        assertThat(rig.script.happened)
                .containsExactly("open", "join alice", "alice one", "alice two", "alice three", "alice four");
    }

    @Test
    void isHandledAfterAllThatTheRoomDoesOnItsJoin() {
        rig.script.onJoin((room, session) -> session.send("welcome"));
        RecordingConnection alice = rig.knock("alice");

        alice.send(asking(1, "echo", 7));
        rig.registryTasks.runAll();

        assertThat(heard(alice)).containsExactly("welcome", "reply 1 7");
    }

    @Test
    void isBoundedAndWhatIsOneTooManyIsRefusedAfterwards() {
        RecordingConnection alice = rig.knock("alice");

        for (int i = 1; i <= KEPT; i++) {
            assertThat(alice.send(asking(i, "echo", i))).containsExactly(Delivery.ACCEPTED);
        }
        assertThat(alice.send(asking(99, "echo", 99))).containsExactly(Delivery.SATURATED);
        rig.registryTasks.runAll();

        assertThat(heard(alice))
                .startsWith("reply 1 1", "reply 2 2")
                .endsWith("reply 32 32", "reply 99 error OVERLOADED (the room has too much to do)");
        assertThat(rig.reports.lines).contains("refused OVERLOADED");
    }

    @Test
    void tellsNoMoreThanSomeOfTheRefusals() {
        RecordingConnection alice = rig.knock("alice");

        IntStream.range(0, 80).forEach(i -> alice.send(asking(i, "echo", i)));
        rig.registryTasks.runAll();

        assertThat(heard(alice)).hasSize(KEPT + 16);
    }

    @Test
    void isForgottenWhenTheClientIsRefused() {
        RecordingConnection alice = rig.knock("alice");
        alice.send(event("one"));
        rig.registry.forgetRoom(HostRig.ROOM);

        rig.registryTasks.runAll();

        assertThat(alice.refusal()).isPresent();
        assertThat(alice.send(event("two"))).containsExactly(Delivery.CLOSED);
        assertThat(rig.script.happened).isEmpty();
    }

    @Test
    void goesToTheRoomThatLetsItInAtLastAndToNoOther() {
        RecordingConnection first = rig.knock("first");
        rig.registryTasks.runAll();
        rig.registry.reassign(HostRig.ROOM, rig.host.status().host());
        rig.roomTasks.hold();
        RecordingConnection alice = rig.knock("alice");

        alice.send(event("before"));
        rig.registryTasks.runAll();
        alice.send(event("while"));
        rig.roomTasks.runAll();
        rig.registryTasks.runAll();
        rig.roomTasks.runAll();
        alice.send(event("after"));

        assertThat(first.isOpen()).isFalse();
        assertThat(rig.script.happened)
                .containsExactly(
                        "open",
                        "join first",
                        "leave first MOVED",
                        "close MOVED",
                        "open",
                        "join alice",
                        "alice before",
                        "alice while",
                        "alice after");
    }
}
