package io.roomrouting.session;

import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a room says: encoded once, flushed once, in order, and never at the others' cost. */
class SendingTest {

    private final HostRig rig = new HostRig();

    @Test
    void aBroadcastIsEncodedOnceForAllWhoShareAFormat() {
        rig.script.on("say", (room, session, event) -> room.broadcast("said", "hello"));
        List<RecordingConnection> clients =
                IntStream.range(0, 10).mapToObj(i -> rig.join("user-" + i)).toList();

        clients.get(0).send(event("say"));

        assertThat(clients).allSatisfy(client -> assertThat(heard(client)).containsExactly("said \"hello\""));
        assertThat(rig.format.encodings()).isEqualTo(1);
        Object shared = clients.get(0).received().get(0);
        assertThat(clients)
                .allSatisfy(client -> assertThat(client.received().get(0)).isSameAs(shared));
    }

    @Test
    void aBroadcastIsEncodedOncePerFormat() {
        RecordingFormat first = rig.format;
        RecordingFormat second = RecordingFormat.plain();
        RecordingFormat third = RecordingFormat.plain();
        rig.script.on("say", (room, session, event) -> room.broadcastExcept(session, "said", "hello"));
        RecordingConnection sender = rig.join("sender");
        List<RecordingConnection> clients = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            rig.format = List.of(first, second, third).get(i % 3);
            clients.add(rig.join("user-" + i));
        }

        sender.send(event("say"));

        assertThat(heard(sender)).isEmpty();
        assertThat(clients).allSatisfy(client -> assertThat(heard(client)).containsExactly("said \"hello\""));
        assertThat(List.of(first.encodings(), second.encodings(), third.encodings()))
                .containsExactly(1, 1, 1);
    }

    @Test
    void whatOneReadCausesIsFlushedOncePerConnection() {
        rig.script.on("say", (room, session, event) -> room.broadcast("said", event.data(Integer.class)));
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");
        int aliceBefore = alice.flushes();
        int bobBefore = bob.flushes();

        alice.send(IntStream.range(0, 8).mapToObj(i -> event("say", i)).toArray(InboundEvent[]::new));

        assertThat(heard(bob)).hasSize(8).startsWith("said 0", "said 1").endsWith("said 7");
        assertThat(alice.flushes() - aliceBefore).isEqualTo(1);
        assertThat(bob.flushes() - bobBefore).isEqualTo(1);
    }

    @Test
    void whoGotNothingIsNotFlushed() {
        rig.script.on("ping", (room, session, event) -> session.send("pong"));
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");
        int before = bob.flushes();

        alice.send(event("ping"));

        assertThat(bob.flushes()).isEqualTo(before);
    }

    @Test
    void repliesGoToWhoAskedAndOnce() {
        rig.script.on("ask", (room, session, event) -> {
            assertThat(event.wantsReply()).isTrue();
            event.reply("first");
            assertThat(event.wantsReply()).isFalse();
            event.reply("second");
        });
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");

        alice.send(asking(5, "ask"));

        assertThat(heard(alice)).containsExactly("reply 5 \"first\"");
        assertThat(heard(bob)).isEmpty();
    }

    @Test
    void aReplyNobodyAskedForIsNotSent() {
        rig.script.on("tell", (room, session, event) -> event.reply("ignored"));
        RecordingConnection alice = rig.join("alice");

        alice.send(event("tell"));

        assertThat(heard(alice)).isEmpty();
        assertThat(rig.format.encodings()).isZero();
    }

    @Test
    void aFailureAfterTheReplyIsAnEventOfItsOwn() {
        rig.script.on("ask", (room, session, event) -> {
            event.reply("done");
            throw new IllegalStateException("not quite");
        });
        RecordingConnection alice = rig.join("alice");

        alice.send(asking(5, "ask"));

        assertThat(heard(alice))
                .containsExactly("reply 5 \"done\"", "error INTERNAL_ERROR (the room could not handle this)");
    }

    @Test
    void aReplyMayComeFromALaterCallback() {
        List<Event> open = new ArrayList<>();
        rig.script
                .on("ask", (room, session, event) -> open.add(event))
                .on("answer", (room, session, event) -> open.get(0).reply("late"));
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");
        alice.send(asking(5, "ask"));

        bob.send(event("answer"));

        assertThat(heard(alice)).containsExactly("reply 5 \"late\"");
    }

    @Test
    void sendsToThoseWhoHaveLeftArePassedOver() {
        List<Session> known = new ArrayList<>();
        List<Delivery> deliveries = new ArrayList<>();
        rig.script.onJoin((room, session) -> known.add(session)).on("say", (room, session, event) -> {
            room.send(known, "said");
            known.forEach(one -> deliveries.add(one.send("again")));
        });
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");
        alice.end(LeaveReason.LEFT);

        bob.send(event("say"));

        assertThat(heard(alice)).isEmpty();
        assertThat(heard(bob)).containsExactly("said", "again");
        assertThat(deliveries).containsExactly(Delivery.CLOSED, Delivery.ACCEPTED);
    }

    @Test
    void aSessionOfAnotherRoomIsNotSpokenTo() {
        List<Session> known = new ArrayList<>();
        rig.script
                .onJoin((room, session) -> known.add(session))
                .on("say", (room, session, event) -> room.send(known, "said"));
        RecordingConnection elsewhere = rig.knock(rig.ticket(
                "bob", rig.registry.assign(RoomId.of("other"), rig.host.status().host()), RoomSpec.defaults()));
        RecordingConnection alice = rig.join("alice");

        alice.send(event("say"));

        assertThat(heard(elsewhere)).isEmpty();
        assertThat(rig.reports.lines).anyMatch(line -> line.contains("is not of room room"));
    }

    @Test
    void aSessionOfTheApplicationsOwnMakingIsSpokenToInItsOwnWay() {
        List<String> told = new ArrayList<>();
        rig.script.on("say", (room, session, event) -> room.send(List.of(new Wrapped(session, told)), "said"));

        rig.join("alice").send(event("say"));

        assertThat(told).containsExactly("said");
    }

    private record Wrapped(Session inner, List<String> told) implements Session {

        @Override
        public String id() {
            return inner.id();
        }

        @Override
        public io.roomrouting.Identity identity() {
            return inner.identity();
        }

        @Override
        public Optional<io.roomrouting.CorrelationId> correlation() {
            return inner.correlation();
        }

        @Override
        public boolean isConnected() {
            return inner.isConnected();
        }

        @Override
        public Delivery send(String event, Object... arguments) {
            told.add(event);
            return inner.send(event, arguments);
        }

        @Override
        public void disconnect(LeaveReason reason) {
            inner.disconnect(reason);
        }
    }

    @Test
    void whoDoesNotReadIsSentAwayAndTheOthersHearAll() {
        rig.script.on("say", (room, session, event) -> room.broadcast("said", event.data(Integer.class)));
        RecordingConnection slow = rig.join("slow");
        RecordingConnection alice = rig.join("alice");
        slow.stopReading();

        alice.send(event("say", 1), event("say", 2));

        assertThat(closing(slow)).isEqualTo(LeaveReason.SLOW_CONSUMER);
        assertThat(slow.closing().orElseThrow().retryAfter()).isPositive();
        assertThat(heard(slow)).isEmpty();
        assertThat(heard(alice)).containsExactly("said 1", "said 2");
        assertThat(rig.reports.lines)
                .containsOnlyOnce("saturated slow")
                .endsWith("saturated slow", "left slow SLOW_CONSUMER");
    }

    @Test
    void whoDoesNotReadMissesMessagesWhereTheRoomAllowsThat() {
        HostRig dropping = new HostRig(RoomSettings.defaults().withSlowConsumer(SlowConsumer.DROP));
        dropping.script.on("say", (room, session, event) -> room.broadcast("said", event.data(Integer.class)));
        RecordingConnection slow = dropping.join("slow");
        RecordingConnection alice = dropping.join("alice");
        slow.stopReading();
        alice.send(event("say", 1), event("say", 2));

        slow.resumeReading();
        alice.send(event("say", 3));

        assertThat(slow.isOpen()).isTrue();
        assertThat(heard(slow)).containsExactly("said 3");
        assertThat(dropping.reports.lines).endsWith("saturated slow", "saturated slow");
    }

    @Test
    void theSenderLearnsWhatBecameOfItsMessage() {
        List<Delivery> deliveries = new ArrayList<>();
        rig.script.on("ping", (room, session, event) -> deliveries.add(session.send("pong")));
        RecordingConnection alice = rig.join("alice");

        alice.send(event("ping"));
        alice.stopReading();
        alice.send(event("ping"));

        assertThat(deliveries).containsExactly(Delivery.ACCEPTED, Delivery.SATURATED);
    }

    @Test
    void aClosedRoomSaysNothingMore() {
        rig.script.on("end", (room, session, event) -> room.close()).onClose(room -> room.broadcast("closed"));
        RecordingConnection alice = rig.join("alice");

        alice.send(event("end"));

        assertThat(heard(alice)).isEmpty();
    }
}
