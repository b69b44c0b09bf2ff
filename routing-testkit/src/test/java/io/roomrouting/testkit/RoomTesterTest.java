package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Payload;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SameUser;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.session.SlowConsumer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoomTesterTest {

    private record Said(String by, String text) {}

    /** Enough of a room to need everything that the tester offers. */
    private static final class Pub implements RoomHandler {

        private final Room room;

        Pub(Room room) {
            this.room = room;
        }

        @Override
        public void onJoin(Session session) {
            room.broadcastExcept(session, "came", session.user().value());
        }

        @Override
        public void onEvent(Session session, Event event) {
            switch (event.name()) {
                case "say" -> room.broadcast("said", new Said(session.user().value(), event.data(String.class)));
                case "add" ->
                    event.reply(event.data(int.class) + event.argument(1).as(Integer.class));
                case "later" ->
                    room.schedule(Duration.ofSeconds(60), () -> session.send("now", event.data(String.class)));
                case "slow" -> room.offload(() -> "result", result -> event.reply(result), failure -> {});
                case "kick" -> session.disconnect(LeaveReason.KICKED);
                case "close" -> room.close();
                case "crash" -> throw new IllegalStateException("crashed");
                default -> event.fail("INVALID_REQUEST", "no such thing");
            }
        }

        @Override
        public void onLeave(Session session, LeaveReason reason) {
            room.broadcast("left", session.user().value());
        }
    }

    @Test
    void recordsWhatEveryClientHearsInOrder() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient alice = room.join("alice");
            TestClient bob = room.join("bob");

            bob.send("say", "hello");

            assertThat(alice.expect("came").data(String.class)).isEqualTo("bob");
            assertThat(alice.expect("said").data(Said.class)).isEqualTo(new Said("bob", "hello"));
            assertThat(bob.expect("said").data(Said.class)).isEqualTo(new Said("bob", "hello"));
            alice.expectNothing();
        }
    }

    @Test
    void timeMovesByHand() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient alice = room.join("alice");
            alice.send("later", "a minute is over");

            room.advance(Duration.ofSeconds(59));
            alice.expectNothing();
            room.advance(Duration.ofSeconds(1));

            assertThat(alice.expect("now").data(String.class)).isEqualTo("a minute is over");
        }
    }

    @Test
    void repliesAreReadByWhoAsked() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient alice = room.join("alice");

            TestReply sum = alice.sendForReply("add", 1, 2);
            TestReply unknown = alice.sendForReply("dance");
            alice.send("dance");

            assertThat(sum.data(int.class)).isEqualTo(3);
            assertThat(unknown.expectError("INVALID_REQUEST")).isEqualTo("no such thing");
            assertThat(alice.expectError("INVALID_REQUEST")).isEqualTo("no such thing");
        }
    }

    @Test
    void aValueOfAnotherTypeIsRefusedLikeInProductionAndSaysWhatCame() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient alice = room.join("alice");

            alice.send("say", 17);

            assertThat(alice.expectError("INVALID_REQUEST")).contains("java.lang.Integer", "java.lang.String", "17");
        }
    }

    @Test
    void aUserMayComeTwice() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient first = room.join("alice");
            TestClient second = room.join("alice");
            first.expect("came");

            second.send("say", "both");

            first.expect("said");
            second.expect("said");
            assertThat(first.sessionId()).isNotEqualTo(second.sessionId());
            assertThat(second.toString()).startsWith("What alice/2 saw");
        }
    }

    @Test
    void clientsLeaveLoseTheirConnectionAndAreSentAway() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient alice = room.join("alice");
            TestClient bob = room.join("bob");
            TestClient carol = room.join("carol");
            TestClient dave = room.join("dave");
            alice.skipAll();

            bob.leave();
            carol.loseConnection();
            dave.skipAll();
            dave.send("kick");

            assertThat(alice.expect("left").data(String.class)).isEqualTo("bob");
            assertThat(alice.expect("left").data(String.class)).isEqualTo("carol");
            assertThat(alice.expect("left").data(String.class)).isEqualTo("dave");
            assertThat(dave.expectClosed(LeaveReason.KICKED)).isZero();
            assertThat(dave.isIn()).isFalse();
            bob.skipAll();
            carol.skipAll();
        }
    }

    @Test
    void refusalsHaveACode() {
        var settings = RoomSettings.defaults().withSameUser(SameUser.REJECT);
        try (RoomTester room = RoomTester.builder(Pub::new)
                .settings(settings)
                .spec(RoomSpec.defaults().withMaxClients(1))
                .open()) {
            room.join("alice");

            assertThat(room.joinRefused("alice")).isEqualTo(ErrorCode.ALREADY_JOINED);
            assertThat(room.joinRefused("bob")).isEqualTo(ErrorCode.ROOM_FULL);
            assertThatThrownBy(() -> room.join("bob"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("bob was refused: ROOM_FULL");
            assertThatThrownBy(() -> RoomTester.open(Pub::new).joinRefused("bob"))
                    .hasMessageContaining("bob was let in");
        }
    }

    @Test
    void aClosedRoomIsGoneAndAnIdleOneOpensAgain() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient alice = room.join("alice");
            alice.leave();
            room.advance(RoomSettings.defaults().idleTimeout());
            assertThat(room.closed()).contains(CloseReason.IDLE);

            TestClient again = room.join("alice");
            assertThat(room.closed()).isEmpty();
            again.send("close");

            again.expectClosed(LeaveReason.ROOM_CLOSED);
            assertThat(room.closed()).contains(CloseReason.CLOSED);
            assertThat(room.joinRefused("bob")).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
        }
    }

    @Test
    void aClientThatStopsReadingMeetsTheRoomsPolicy() {
        var dropping = RoomSettings.defaults().withSlowConsumer(SlowConsumer.DROP);
        try (RoomTester closes = RoomTester.open(Pub::new);
                RoomTester drops =
                        RoomTester.builder(Pub::new).settings(dropping).open()) {
            TestClient slow = closes.join("slow");
            TestClient patient = drops.join("patient");
            slow.stopReading();
            patient.stopReading();

            slow.send("say", "lost");
            patient.send("say", "lost");
            patient.resumeReading();
            patient.send("say", "heard");

            assertThat(slow.expectClosed(LeaveReason.SLOW_CONSUMER)).isPositive();
            assertThat(patient.expect("said").data(Said.class).text()).isEqualTo("heard");
        }
    }

    @Test
    void offloadedWorkRunsAtOnceUnlessItIsHeld() {
        try (RoomTester room = RoomTester.open(Pub::new)) {
            TestClient alice = room.join("alice");
            assertThat(alice.sendForReply("slow").data(String.class)).isEqualTo("result");

            room.holdOffloaded();
            TestReply reply = alice.sendForReply("slow");
            assertThat(reply.hasCome()).isFalse();
            assertThatThrownBy(room::expectNothingElse).hasMessageContaining("1 pieces of offloaded work wait");

            assertThat(room.runOffloaded()).isEqualTo(1);
            assertThat(reply.data(String.class)).isEqualTo("result");
        }
    }

    @Test
    void whatWasNotLookedAtFailsTheTestWithATranscript() {
        RoomTester room = RoomTester.open(Pub::new);
        TestClient alice = room.join("alice");
        alice.send("say", "one");
        alice.expect("said");
        room.advance(Duration.ofMillis(1_500));
        alice.send("say", "two");
        alice.sendForReply("add", 1, 1);
        alice.send("kick");

        assertThatThrownBy(room::close).isInstanceOf(AssertionError.class).hasMessage("""
                        left over:
                          alice: said Said[by=alice, text=two]
                          alice: reply 1 2
                          alice: closed by KICKED
                        What alice saw (* not looked at):
                             0.000 s   joined
                             0.000 s   -> say "one"
                             0.000 s   <- said Said[by=alice, text=one]
                             1.500 s   -> say "two"
                             1.500 s * <- said Said[by=alice, text=two]
                             1.500 s   -> add 1 1 (asks for reply 1)
                             1.500 s * <- reply 1 2
                             1.500 s   -> kick
                             1.500 s   closed: KICKED
                        """);
    }

    @Test
    void anUnmetExpectationSaysWhatIsThereInstead() {
        RoomTester room = RoomTester.open(Pub::new);
        TestClient alice = room.join("alice");
        alice.send("say", "one");

        assertThatThrownBy(() -> alice.expect("came"))
                .hasMessageStartingWith(
                        "alice expected \"came\", but the next is: said Said[by=alice, text=one]\nWhat");
        assertThatThrownBy(() -> alice.expectError("RATE_LIMITED")).hasMessageContaining("but the next is: said");
        alice.expect("said");
        assertThatThrownBy(() -> alice.expect("said")).hasMessageContaining("but there is nothing more");
        assertThatThrownBy(() -> alice.expectClosed(LeaveReason.KICKED)).hasMessageContaining("the session goes on");
        alice.leave();
        assertThatThrownBy(() -> alice.send("say", "two")).hasMessageContaining("the session has ended");
    }

    @Test
    void aFaultOfTheRoomFailsTheTestUnlessItIsExpected() {
        RoomTester room = RoomTester.open(Pub::new);
        TestClient alice = room.join("alice");
        alice.send("crash");
        alice.expectError("INTERNAL_ERROR");

        assertThatThrownBy(room::expectNothingElse)
                .hasMessageContaining("onEvent threw java.lang.IllegalStateException: crashed")
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(1));
        assertThat(room.expectFault(IllegalStateException.class)).hasMessage("crashed");
        assertThatThrownBy(() -> room.expectFault(IllegalStateException.class))
                .hasMessageContaining("expected that the room throws");
        assertThatCode(room::close).doesNotThrowAnyException();
    }

    @Test
    void aCallbackThatTakesLongFailsTheTest() {
        ManualTime time = ManualTime.create();
        RoomTester room = RoomTester.builder(view -> new RoomHandler() {
                    @Override
                    public void onEvent(Session session, Event event) {
                        time.advance(Duration.ofMillis(150));
                    }
                })
                .time(time)
                .open();

        room.join("alice").send("work");

        assertThatThrownBy(room::close).hasMessageContaining("the room held its thread for 150 ms");
    }

    @Test
    void aFaultWhileClosingFailsTheTest() {
        RoomTester room = RoomTester.open(view -> new RoomHandler() {
            @Override
            public void onClose(CloseReason reason) {
                throw new IllegalStateException("cannot close");
            }
        });
        room.join("alice");

        assertThatThrownBy(room::close).hasMessageContaining("onClose threw");
    }

    @Test
    void limitsAreThoseOfProduction() {
        try (RoomTester room = RoomTester.builder(Pub::new)
                .limits(SessionLimits.defaults().withEvents(1, 2))
                .open()) {
            TestClient alice = room.join("alice");

            alice.send("later", "a");
            alice.send("later", "b");
            alice.send("later", "c");

            alice.expectError("RATE_LIMITED");
        }
    }

    @Test
    void aCodecMakesTheWayOfAWire() {
        try (RoomTester room =
                RoomTester.builder(Pub::new).payloads(new Shouting()).open()) {
            TestClient alice = room.join("alice");

            alice.send("later", "hello");
            room.advance(Duration.ofSeconds(60));

            assertThat(alice.expect("now").data(String.class)).isEqualTo("HELLO!!");
        }
    }

    @Test
    void theRoomsNameIsAMatterOfTheTest() {
        try (RoomTester room = RoomTester.builder(view -> new RoomHandler() {
                    @Override
                    public void onJoin(Session session) {
                        session.send("welcome", view.id());
                    }
                })
                .id(RoomId.of("lounge"))
                .open()) {
            assertThat(room.join("alice").expect("welcome").data(RoomId.class)).isEqualTo(RoomId.of("lounge"));
        }
    }

    /** Writes upper case, and reads with an exclamation mark. */
    private static final class Shouting implements PayloadCodec {

        @Override
        public byte[] encode(@Nullable Object value) {
            return String.valueOf(value).toUpperCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Payload decode(byte[] text) {
            String read = new String(text, StandardCharsets.UTF_8) + "!";
            return new Payload() {
                @Override
                public <T> T as(Class<T> type) {
                    if (type != String.class) {
                        throw RoutingException.invalid("only strings");
                    }
                    return type.cast(read);
                }

                @Override
                public boolean isNull() {
                    return false;
                }
            };
        }
    }
}
