package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoomSpec;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.spi.Welcome;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that lose their connection and come back to their seats. */
class ResumeTest {

    private static final Duration GRACE = RoomSettings.defaults().resumeGrace();

    private HostRig rig = new HostRig();

    @BeforeEach
    void repeatWhatIsSaid() {
        repeatIn(rig);
    }

    private static void repeatIn(HostRig host) {
        host.script.on("say", (room, session, event) -> {
            room.broadcast("said", event.data(Integer.class));
            event.reply("ok");
        });
    }

    private static boolean resumed(RecordingConnection connection) {
        return connection.seat().orElseThrow().resumed();
    }

    @Test
    void whoAsksForNoSeatIsOutWhenTheConnectionBreaks() {
        RecordingConnection alice = rig.join("alice");

        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(alice.seat()).isEmpty();
        assertThat(rig.script.happened).endsWith("leave alice CONNECTION_LOST");
    }

    @Test
    void aNewcomerGetsASeat() {
        RecordingConnection alice = rig.sit("alice");

        assertThat(alice.seat()).hasValueSatisfying(seat -> {
            assertThat(seat.token()).hasSize(24);
            assertThat(seat.resumed()).isFalse();
            assertThat(seat.handled()).isZero();
            assertThat(seat.grace()).isEqualTo(GRACE);
        });
    }

    @Test
    void aClientComesBackAndGetsWhatItMissedInOrder() {
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        bob.send(event("say", 1));
        alice.end(LeaveReason.CONNECTION_LOST);
        bob.send(event("say", 2), event("say", 3));

        RecordingConnection again = rig.comeBack("alice", alice, 1);

        assertThat(resumed(again)).isTrue();
        assertThat(heard(again)).containsExactly("said 2", "said 3");
        bob.send(event("say", 4));
        assertThat(heard(again)).endsWith("said 4");
        assertThat(rig.script.happened)
                .containsSubsequence("join alice", "drop alice", "resume alice")
                .doesNotContain("leave alice CONNECTION_LOST");
        assertThat(again.sessionId()).isEqualTo(alice.sessionId());
        assertThat(rig.reports.lines).contains("dropped alice", "resumed alice");
    }

    @Test
    void whatWasSentButDidNotArriveComesAgain() {
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        bob.send(event("say", 1), event("say", 2));
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(heard(rig.comeBack("alice", alice, 0))).containsExactly("said 1", "said 2");
    }

    @Test
    void repliesAreAmongWhatComesAgain() {
        RecordingConnection alice = rig.sit("alice");
        alice.send(asking(7, "say", 1));
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(heard(rig.comeBack("alice", alice, 1))).containsExactly("reply 7 \"ok\"");
    }

    @Test
    void aClientLearnsWhichOfItsEventsWereHandled() {
        RecordingConnection alice = rig.sit("alice");
        alice.send(event("say", 1), event("say", 2));
        alice.end(LeaveReason.CONNECTION_LOST);

        RecordingConnection again = rig.comeBack("alice", alice, 0);
        assertThat(again.seat().orElseThrow().handled()).isEqualTo(2);
        again.send(event("say", 3));
        again.end(LeaveReason.TIMED_OUT);

        assertThat(rig.comeBack("alice", alice, 3).seat().orElseThrow().handled())
                .isEqualTo(3);
    }

    @Test
    void eventsThatWereRefusedCountAsWell() {
        HostRig strict =
                new HostRig(builder -> builder.limits(SessionLimits.defaults().withEvents(1, 2)));
        repeatIn(strict);
        RecordingConnection alice = strict.sit("alice");
        alice.send(event("say", 1), event("say", 2), event("say", 3));
        assertThat(heard(alice)).anyMatch(line -> line.contains("RATE_LIMITED"));
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(strict.comeBack("alice", alice, 3).seat().orElseThrow().handled())
                .isEqualTo(3);
    }

    @Test
    void everySixteenEventsAreAcknowledged() {
        RecordingConnection alice = rig.sit("alice");

        IntStream.rangeClosed(1, 33).forEach(i -> alice.send(event("other")));

        assertThat(heard(alice)).containsExactly("ack 16", "ack 32");
    }

    @Test
    void acknowledgementsAreNoneOfTheSessionsMessages() {
        RecordingConnection alice = rig.sit("alice");
        IntStream.rangeClosed(1, 16).forEach(i -> alice.send(event("other")));
        rig.join("bob").send(event("say", 1));
        alice.end(LeaveReason.CONNECTION_LOST);

        RecordingConnection again = rig.comeBack("alice", alice, 1);

        assertThat(resumed(again)).isTrue();
        assertThat(heard(again)).isEmpty();
    }

    @Test
    void aSeatIsGivenUpWhenTheGraceIsOver() {
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);

        rig.time.advance(GRACE.minusMillis(1));
        assertThat(rig.script.happened).endsWith("drop alice");
        rig.time.advance(Duration.ofMillis(1));

        assertThat(rig.script.happened).endsWith("leave alice CONNECTION_LOST");
        RecordingConnection again = rig.comeBack("alice", alice, 0);
        assertThat(resumed(again)).isFalse();
        assertThat(again.sessionId()).isNotEqualTo(alice.sessionId());
        assertThat(rig.script.happened).endsWith("join alice");
        assertThat(rig.reports.lines).contains("not resumed alice");
    }

    @Test
    void theGraceOfAnEarlierBreakEndsNothing() {
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);
        rig.time.advance(GRACE.dividedBy(2));
        RecordingConnection again = rig.comeBack("alice", alice, 0);
        again.end(LeaveReason.CONNECTION_LOST);

        rig.time.advance(GRACE.dividedBy(2));
        assertThat(rig.script.happened).endsWith("drop alice");
        rig.time.advance(GRACE.dividedBy(2));

        assertThat(rig.script.happened).endsWith("leave alice CONNECTION_LOST");
    }

    @Test
    void whoSaysGoodbyeLeavesAtOnce() {
        RecordingConnection alice = rig.sit("alice");

        alice.end(LeaveReason.LEFT);

        assertThat(rig.script.happened).endsWith("leave alice LEFT");
        assertThat(resumed(rig.comeBack("alice", alice, 0))).isFalse();
    }

    @Test
    void whoMissesMoreThanIsKeptIsANewcomer() {
        rig = new HostRig(RoomSettings.defaults().withResume(GRACE, 3));
        repeatWhatIsSaid();
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        alice.end(LeaveReason.CONNECTION_LOST);
        bob.send(event("say", 1), event("say", 2), event("say", 3), event("say", 4));

        RecordingConnection again = rig.comeBack("alice", alice, 0);

        assertThat(resumed(again)).isFalse();
        assertThat(heard(again)).isEmpty();
        assertThat(rig.script.happened).endsWith("leave alice CONNECTION_LOST", "join alice");
    }

    @Test
    void exactlyWhatIsKeptIsEnough() {
        rig = new HostRig(RoomSettings.defaults().withResume(GRACE, 3));
        repeatWhatIsSaid();
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        alice.end(LeaveReason.CONNECTION_LOST);
        bob.send(event("say", 1), event("say", 2), event("say", 3), event("say", 4));

        assertThat(heard(rig.comeBack("alice", alice, 1))).containsExactly("said 2", "said 3", "said 4");
    }

    @Test
    void whatWasAcknowledgedNeedsNoSpace() {
        rig = new HostRig(RoomSettings.defaults().withResume(GRACE, 3));
        repeatWhatIsSaid();
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        bob.send(event("say", 1), event("say", 2), event("say", 3));
        alice.acknowledge(3);
        bob.send(event("say", 4));
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(resumed(rig.comeBack("alice", alice, 2))).isFalse();
    }

    @Test
    void aClientThatClaimsMoreThanWasSentIsANewcomer() {
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(resumed(rig.comeBack("alice", alice, 1))).isFalse();
    }

    @Test
    void nobodySitsDownOnAnothersSeat() {
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);

        RecordingConnection mallory = rig.comeBack("mallory", alice, 0);

        assertThat(resumed(mallory)).isFalse();
        assertThat(resumed(rig.comeBack("alice", alice, 0))).isTrue();
    }

    @Test
    void whoComesBackBeforeTheBreakWasNoticedTakesOver() {
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        bob.send(event("say", 1));

        RecordingConnection again = rig.comeBack("alice", alice, 0);
        alice.send(event("say", 99));
        bob.send(event("say", 2));

        assertThat(closing(alice)).isEqualTo(LeaveReason.REPLACED);
        assertThat(heard(alice)).containsExactly("said 1");
        assertThat(heard(again)).containsExactly("said 1", "said 2");
        assertThat(rig.script.happened).doesNotContain("drop alice").contains("resume alice");
    }

    @Test
    void aSeatTakesAPlaceInTheRoomWhileItsClientIsAway() {
        rig = new HostRig(RoomSettings.defaults().withMaxClients(1));
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(rig.knock("bob").refusal()).isPresent();
        assertThat(rig.host.status().load().connections()).isZero();
        assertThat(resumed(rig.comeBack("alice", alice, 0))).isTrue();
    }

    @Test
    void anEmptySeatDoesNotKeepItsUserOut() {
        for (SameUser policy : new SameUser[] {SameUser.REJECT, SameUser.REPLACE}) {
            rig = new HostRig(RoomSettings.defaults().withSameUser(policy));
            RecordingConnection alice = rig.sit("alice");
            alice.end(LeaveReason.CONNECTION_LOST);

            assertThat(rig.sit("alice").isOpen()).as("%s", policy).isTrue();
            assertThat(rig.script.happened).containsOnlyOnce("leave alice CONNECTION_LOST");
        }
    }

    @Test
    void aRoomWithoutGraceGivesNoSeats() {
        rig = new HostRig(RoomSettings.defaults().withResume(Duration.ZERO, 1));
        RecordingConnection alice = rig.sit("alice");

        assertThat(alice.isOpen()).isTrue();
        assertThat(alice.seat()).isEmpty();
        alice.end(LeaveReason.CONNECTION_LOST);
        assertThat(rig.script.happened).endsWith("leave alice CONNECTION_LOST");
    }

    @Test
    void aReplyThatIsGivenWhileTheClientIsAwayWaitsForIt() {
        rig.script.on("ask", (room, session, event) -> room.schedule(Duration.ofSeconds(1), () -> event.reply("late")));
        RecordingConnection alice = rig.sit("alice");
        alice.send(asking(1, "ask"));
        alice.end(LeaveReason.CONNECTION_LOST);
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(heard(rig.comeBack("alice", alice, 0))).containsExactly("reply 1 \"late\"");
    }

    @Test
    void aClientThatRemembersTheLastMarkGetsWhatCameBehindIt() {
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        bob.send(event("say", 1));
        alice.send(asking(7, "say", 2));
        alice.end(LeaveReason.CONNECTION_LOST);
        bob.send(event("say", 3));

        RecordingConnection again = rig.comeBack("alice", alice, "said 1");

        assertThat(resumed(again)).isTrue();
        assertThat(heard(again)).containsExactly("said 2", "reply 7 \"ok\"", "said 3");
    }

    @Test
    void aReplyBehindTheLastMarkComesAgain() {
        RecordingConnection alice = rig.sit("alice");
        alice.send(asking(7, "say", 1));
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(heard(rig.comeBack("alice", alice, "said 1"))).containsExactly("reply 7 \"ok\"");
    }

    @Test
    void aMarkThatIsNotKeptAnyMoreDoesNotResume() {
        rig = new HostRig(RoomSettings.defaults().withResume(GRACE, 2));
        repeatWhatIsSaid();
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        bob.send(event("say", 1));
        alice.end(LeaveReason.CONNECTION_LOST);
        bob.send(event("say", 2), event("say", 3));

        assertThat(resumed(rig.comeBack("alice", alice, "said 1"))).isFalse();
        assertThat(rig.script.happened).contains("leave alice CONNECTION_LOST");
    }

    @Test
    void aClientThatMissedNothingIsFlushedAllTheSame() {
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(rig.comeBack("alice", alice, 0).flushes()).isPositive();
    }

    @Test
    void aReplayThatFindsNoSpaceEndsTheSession() {
        for (SlowConsumer policy : SlowConsumer.values()) {
            rig = new HostRig(RoomSettings.defaults().withSlowConsumer(policy));
            repeatWhatIsSaid();
            RecordingConnection alice = rig.sit("alice");
            RecordingConnection bob = rig.join("bob");
            alice.end(LeaveReason.CONNECTION_LOST);
            bob.send(event("say", 1));

            RecordingConnection again = RecordingConnection.openNotReading(
                    rig.host,
                    new Admission(
                            rig.ticket("alice", rig.assignment(), RoomSpec.defaults()),
                            "10.0.0.1",
                            Optional.of(new SeatRequest.Back(
                                    alice.seat().orElseThrow().token(), 0))),
                    rig.format,
                    rig.time);

            assertThat(closing(again)).as("%s", policy).isEqualTo(LeaveReason.SLOW_CONSUMER);
            assertThat(rig.script.happened).endsWith("leave alice SLOW_CONSUMER");
        }
    }

    @Test
    void aRoomThatClosesTakesTheSeatsWithIt() {
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);

        rig.registry.forgetRoom(ROOM);
        rig.host.drain(Duration.ZERO);

        assertThat(rig.script.happened).endsWith("leave alice HOST_DRAINING", "close HOST_DRAINING");
        assertThat(rig.time.pendingTimers()).isEqualTo(rig.leaseTimers());
    }

    @Test
    void aRoomWithAnEmptySeatIsNotIdle() {
        rig = new HostRig(
                RoomSettings.defaults().withResume(Duration.ofMinutes(10), 10).withIdleTimeout(Duration.ofSeconds(5)));
        RecordingConnection alice = rig.sit("alice");
        alice.end(LeaveReason.CONNECTION_LOST);
        rig.time.advance(Duration.ofMinutes(5));

        assertThat(resumed(rig.comeBack("alice", alice, 0))).isTrue();
    }

    @Test
    void secretsStayOutOfLogs() {
        Welcome.Seat seat = rig.sit("alice").seat().orElseThrow();

        assertThat(seat.toString()).doesNotContain(seat.token());
        assertThat(new SeatRequest.Back(seat.token(), 3).toString()).doesNotContain(seat.token());
    }
}
