package io.roomrouting.session;

import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomSpec;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many clients a room takes, how fast a client may be, and how much may wait in a room. */
class LimitsTest {

    private static final SessionLimits TWO_AT_ONCE = SessionLimits.defaults().withEvents(1, 2);

    @Test
    void aFullRoomRefusesUntilSomebodyLeaves() {
        HostRig rig = new HostRig(RoomSettings.defaults().withMaxClients(2));
        RecordingConnection alice = rig.join("alice");
        rig.join("bob");

        assertThat(refusal(rig.knock("carol"))).isEqualTo(ErrorCode.ROOM_FULL);
        assertThat(rig.script.happened).containsExactly("open", "join alice", "join bob");
        assertThat(rig.reports.lines).endsWith("not admitted carol ROOM_FULL");
        alice.end(LeaveReason.LEFT);

        assertThat(rig.knock("carol").isOpen()).isTrue();
    }

    @Test
    void aRoomsOwnWishCanOnlyLowerTheLimitOfItsType() {
        HostRig rig = new HostRig(RoomSettings.defaults().withMaxClients(2));
        RoomSpec one = RoomSpec.defaults().withMaxClients(1);
        rig.knock(rig.ticket("alice", rig.assignment(), one));
        assertThat(refusal(rig.knock(rig.ticket("bob", rig.assignment(), one)))).isEqualTo(ErrorCode.ROOM_FULL);

        HostRig wishful = new HostRig(RoomSettings.defaults().withMaxClients(2));
        RoomSpec many = RoomSpec.defaults().withMaxClients(100);
        wishful.knock(wishful.ticket("alice", wishful.assignment(), many));
        wishful.join("bob");
        assertThat(refusal(wishful.knock("carol"))).isEqualTo(ErrorCode.ROOM_FULL);
    }

    @Test
    void whoIsTooFastIsToldAndLosesTheEventsOverTheRate() {
        HostRig rig =
                new HostRig(builder -> builder.limits(SessionLimits.defaults().withEvents(1, 3)));
        RecordingConnection alice = rig.join("alice");

        List<Delivery> deliveries = alice.send(event("a"), event("b"), event("c"), event("d"), asking(4, "e"));

        assertThat(deliveries.subList(0, 3)).containsOnly(Delivery.ACCEPTED);
        assertThat(deliveries.subList(3, 5)).containsOnly(Delivery.SATURATED);
        assertThat(rig.script.happened).containsExactly("open", "join alice", "alice a", "alice b", "alice c");
        assertThat(heard(alice))
                .containsExactly(
                        "error RATE_LIMITED (too many events, slow down)",
                        "reply 4 error RATE_LIMITED (too many events, slow down)");
        assertThat(rig.reports.lines).endsWith("refused RATE_LIMITED", "refused RATE_LIMITED");
    }

    @Test
    void withTimeThereIsRoomForMoreEvents() {
        HostRig rig = new HostRig(builder -> builder.limits(TWO_AT_ONCE));
        RecordingConnection alice = rig.join("alice");
        alice.send(event("a"), event("b"));

        rig.time.advance(Duration.ofMillis(999));
        assertThat(alice.send(event("c"))).containsExactly(Delivery.SATURATED);
        rig.time.advance(Duration.ofMillis(1));

        assertThat(alice.send(event("d"))).containsExactly(Delivery.ACCEPTED);
    }

    @Test
    void whoKeepsFloodingIsSentAwayAndTheOthersStay() {
        HostRig rig = new HostRig(builder -> builder.limits(TWO_AT_ONCE));
        RecordingConnection bob = rig.join("bob");
        RecordingConnection alice = rig.join("alice");

        alice.send(event("a"), event("b"), event("c"));
        assertThat(alice.isOpen()).isTrue();
        alice.send(event("d"));

        assertThat(closing(alice)).isEqualTo(LeaveReason.FLOODING);
        assertThat(bob.isOpen()).isTrue();
        assertThat(rig.script.happened).endsWith("alice a", "alice b", "leave alice FLOODING");
        assertThat(alice.send(event("e"))).containsExactly(Delivery.CLOSED);
    }

    @Test
    void whoFloodsBeforeItIsInNeverGetsIn() {
        HostRig rig = new HostRig(builder -> builder.limits(TWO_AT_ONCE));
        rig.registryTasks.hold();
        RecordingConnection alice = rig.knock("alice");

        IntStream.range(0, 10).forEach(i -> alice.send(event("x")));
        rig.registryTasks.runAll();

        assertThat(closing(alice)).isEqualTo(LeaveReason.FLOODING);
        assertThat(rig.script.happened).containsExactly("open");
    }

    @Test
    void anOccasionalBurstIsForgiven() {
        HostRig rig = new HostRig(builder -> builder.limits(TWO_AT_ONCE));
        RecordingConnection alice = rig.join("alice");

        for (int i = 0; i < 20; i++) {
            alice.send(event("a"), event("b"), event("too much"));
            rig.time.advance(Duration.ofSeconds(2));
        }

        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void whatDoesNotFitIntoTheMailboxIsRefused() {
        HostRig rig = new HostRig(RoomSettings.defaults().withMailboxCapacity(16));
        RecordingConnection alice = rig.join("alice");
        InboundEvent[] many =
                IntStream.range(0, 20).mapToObj(i -> asking(i, "e")).toArray(InboundEvent[]::new);

        List<Delivery> deliveries = alice.send(many);

        assertThat(Collections.frequency(deliveries, Delivery.ACCEPTED)).isEqualTo(16);
        assertThat(heard(alice)).hasSize(4).startsWith("reply 16 error OVERLOADED (the room has too much to do)");
        assertThat(alice.send(event("later"))).containsExactly(Delivery.ACCEPTED);
    }

    @Test
    void anOverflowOfOneRoomDoesNotTouchAnother() {
        HostRig rig = new HostRig(RoomSettings.defaults().withMailboxCapacity(16));
        RecordingConnection alice = rig.join("alice");
        InboundEvent[] many = IntStream.range(0, 20).mapToObj(i -> event("e")).toArray(InboundEvent[]::new);
        RecordingConnection elsewhere = rig.knock(rig.ticket(
                "bob",
                rig.registry.assign(
                        io.roomrouting.RoomId.of("other"), rig.host.status().host()),
                RoomSpec.defaults()));

        alice.send(many);

        assertThat(elsewhere.send(event("e"))).containsExactly(Delivery.ACCEPTED);
    }

    @Test
    void aTaskThatDoesNotFitIntoTheMailboxIsRefused() {
        HostRig rig = new HostRig(RoomSettings.defaults().withMailboxCapacity(16));
        rig.script.on("fill", (room, session, event) -> {
            for (int i = 0; i < 17; i++) {
                session.send("task", room.execute(() -> {}));
            }
        });
        RecordingConnection alice = rig.join("alice");

        alice.send(event("fill"));

        assertThat(Collections.frequency(heard(alice), "task ACCEPTED")).isEqualTo(16);
        assertThat(heard(alice)).endsWith("task SATURATED");
    }
}
