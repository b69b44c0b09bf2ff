package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.spi.Admission;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From the first client to the release: confirmed, opened, idle, closed, opened again. */
class RoomLifeTest {

    private static final Duration IDLE = RoomSettings.defaults().idleTimeout();

    private final HostRig rig = new HostRig();

    @Test
    void aRoomOpensWithItsFirstClientAndIsConfirmedOnce() {
        rig.join("alice");
        rig.join("bob");

        assertThat(rig.script.happened).containsExactly("open", "join alice", "join bob");
        assertThat(rig.registry.asked).containsExactly("join", "confirm room 1");
        assertThat(rig.reports.lines).containsExactly("lease true", "opened room", "joined alice", "joined bob");
        assertThat(rig.host.status().load().rooms()).isEqualTo(1);
        assertThat(rig.host.status().load().connections()).isEqualTo(2);
    }

    @Test
    void aRoomThatIsNotTheHostsDoesNotOpen() {
        Ticket ticket = rig.ticket("alice");
        rig.registry.forgetRoom(ROOM);

        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.NOT_OWNER);

        assertThat(rig.script.happened).isEmpty();
        assertThat(rig.registry.count("release")).isZero();
        assertThat(rig.host.status().load().rooms()).isZero();
    }

    @Test
    void aRoomThatCannotBeConfirmedRefusesAndIsTriedAgain() {
        Ticket first = rig.ticket("alice");
        rig.registry.outOfReach();
        assertThat(refusal(rig.knock(first))).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);

        rig.registry.failing(new IllegalStateException("broken"));
        assertThat(refusal(rig.knock("alice"))).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);

        rig.registry.backAgain();
        assertThat(rig.knock("alice").isOpen()).isTrue();
    }

    @Test
    void allWhoWaitForTheConfirmationComeInInTheOrderInWhichTheyCame() {
        rig.registryTasks.hold();
        RecordingConnection alice = rig.knock("alice");
        RecordingConnection bob = rig.knock("bob");
        assertThat(alice.isOpen()).isFalse();

        rig.registryTasks.runAll();

        assertThat(alice.isOpen()).isTrue();
        assertThat(bob.isOpen()).isTrue();
        assertThat(rig.script.happened).containsExactly("open", "join alice", "join bob");
        assertThat(rig.registry.count("confirm")).isEqualTo(1);
    }

    @Test
    void whoGivesUpWaitingNeverJoins() {
        rig.registryTasks.hold();
        RecordingConnection alice = rig.knock("alice");
        rig.knock("bob");

        alice.end(LeaveReason.CONNECTION_LOST);
        rig.registryTasks.runAll();

        assertThat(rig.script.happened).containsExactly("open", "join bob");
    }

    @Test
    void aRoomThatNobodyWaitsForAnyMoreClosesWhenIdle() {
        rig.registryTasks.hold();
        RecordingConnection alice = rig.knock("alice");
        alice.end(LeaveReason.CONNECTION_LOST);
        rig.registryTasks.release();

        rig.time.advance(IDLE);

        assertThat(rig.script.happened).containsExactly("open", "close IDLE");
        assertThat(rig.registry.asked).contains("release room 1 IDLE");
    }

    @Test
    void anEmptyRoomClosesAfterTheIdleTimeAndIsReleased() {
        RecordingConnection alice = rig.join("alice");
        alice.end(LeaveReason.LEFT);

        rig.time.advance(IDLE.minusNanos(1));
        assertThat(rig.script.happened).doesNotContain("close IDLE");
        rig.time.advance(Duration.ofNanos(1));

        assertThat(rig.script.happened).containsExactly("open", "join alice", "leave alice LEFT", "close IDLE");
        assertThat(rig.registry.asked).contains("release room 1 IDLE");
        assertThat(rig.reports.lines).endsWith("left alice LEFT", "closed room IDLE");
        assertThat(rig.host.status().load().rooms()).isZero();
    }

    @Test
    void aNewcomerStopsTheIdleTime() {
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(IDLE.minusSeconds(1));
        RecordingConnection bob = rig.join("bob");
        rig.time.advance(IDLE);
        assertThat(bob.isOpen()).isTrue();

        bob.end(LeaveReason.LEFT);
        rig.time.advance(IDLE.minusNanos(1));

        assertThat(rig.reports.lines).doesNotContain("closed room IDLE");
    }

    @Test
    void aRefusedNewcomerDoesNotStopTheIdleTime() {
        Ticket old = rig.ticket("mallory");
        rig.registry.reassign(ROOM, rig.host.status().host());
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(IDLE.minusSeconds(1));
        rig.script.happened.clear();

        assertThat(refusal(rig.knock(old))).isEqualTo(ErrorCode.NOT_OWNER);
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(rig.script.happened).containsExactly("close IDLE");
    }

    @Test
    void withoutIdleTimeAnEmptyRoomClosesAtOnce() {
        HostRig hasty = new HostRig(RoomSettings.defaults().withIdleTimeout(Duration.ZERO));
        hasty.join("alice").end(LeaveReason.LEFT);

        hasty.time.advance(Duration.ZERO);

        assertThat(hasty.script.happened).endsWith("leave alice LEFT", "close IDLE");
    }

    @Test
    void anIdleRoomOpensAgainAsANewOneUnderANewOwnership() {
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(IDLE);
        rig.script.happened.clear();

        rig.join("alice");

        assertThat(rig.script.happened).containsExactly("open", "join alice");
        assertThat(rig.registry.asked).contains("confirm room 2");
    }

    @Test
    void whoComesWhileTheRoomIsReleasedFindsTheNextOne() {
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(IDLE.minusSeconds(1));
        rig.registryTasks.hold();
        rig.time.advance(Duration.ofSeconds(1));
        rig.script.happened.clear();

        RecordingConnection late = rig.knock("bob");
        assertThat(late.isOpen()).isFalse();
        assertThat(late.refusal()).isEmpty();
        rig.registryTasks.runAll();
        assertThat(refusal(late)).isEqualTo(ErrorCode.NOT_OWNER);

        rig.registryTasks.release();
        assertThat(rig.knock("bob").isOpen()).isTrue();
        assertThat(rig.script.happened).containsExactly("open", "join bob");
    }

    @Test
    void aRoomThatClosesItselfTellsItsClientsAndIsReleasedForGood() {
        rig.script.on("end", (room, session, event) -> room.close());
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");

        alice.send(event("end"));

        assertThat(closing(alice)).isEqualTo(LeaveReason.ROOM_CLOSED);
        assertThat(closing(bob)).isEqualTo(LeaveReason.ROOM_CLOSED);
        assertThat(bob.closing().orElseThrow().retryAfter()).isZero();
        assertThat(rig.script.happened)
                .containsExactly(
                        "open",
                        "join alice",
                        "join bob",
                        "alice end",
                        "leave alice ROOM_CLOSED",
                        "leave bob ROOM_CLOSED",
                        "close CLOSED");
        assertThat(rig.registry.asked).endsWith("release room 1 CLOSED");
    }

    @Test
    void whoIsSentAwayWithTheRoomIsNotToldThatTheOthersGoToo() {
        rig.script
                .on("end", (room, session, event) -> room.close())
                .onLeave(
                        (room, session) -> room.broadcast("left", session.user().value()));
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");

        bob.send(event("end"));

        assertThat(heard(alice)).isEmpty();
        assertThat(heard(bob)).isEmpty();
        assertThat(rig.format.encodings()).isZero();
    }

    @Test
    void aRoomWhoseReleaseFailsTriesAgainAndDoesNotOpenMeanwhile() {
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(IDLE.minusSeconds(1));
        Ticket stillValid = rig.ticket("alice");
        rig.registry.outOfReach();
        rig.time.advance(Duration.ofSeconds(1));
        RecordingConnection early = rig.knock(stillValid);
        assertThat(early.refusal()).isEmpty();

        rig.time.advance(Duration.ofSeconds(1));
        assertThat(refusal(early)).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        rig.registry.backAgain();
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(rig.registry.count("release room 1 IDLE")).isEqualTo(3);
        assertThat(rig.registry.count("confirm")).isEqualTo(1);
        assertThat(rig.knock("alice").isOpen()).isTrue();
        assertThat(rig.registry.count("confirm room 2")).isEqualTo(1);
    }

    @Test
    void aReleaseThatNeverSucceedsEndsWithTheLease() {
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(IDLE.minusSeconds(1));
        rig.registry.outOfReach();

        rig.time.advance(ScriptedRegistry.LEASE);
        long asked = rig.registry.count("release");
        rig.time.advance(Duration.ofSeconds(10));

        assertThat(asked).isPositive();
        assertThat(rig.registry.count("release")).isEqualTo(asked);
        assertThat(rig.host.status().load().rooms()).isZero();
    }

    @Test
    void aTicketForAnOlderOwnershipIsRefusedAndDisturbsNobody() {
        Ticket old = rig.ticket("mallory");
        rig.registry.reassign(ROOM, rig.host.status().host());
        RecordingConnection alice = rig.join("alice");

        assertThat(refusal(rig.knock(old))).isEqualTo(ErrorCode.NOT_OWNER);

        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.script.happened).containsExactly("open", "join alice");
    }

    @Test
    void aTicketForANewerOwnershipMovesTheRoom() {
        RecordingConnection alice = rig.join("alice");
        rig.registry.reassign(ROOM, rig.host.status().host());

        RecordingConnection bob = rig.knock("bob");

        assertThat(closing(alice)).isEqualTo(LeaveReason.MOVED);
        assertThat(alice.closing().orElseThrow().retryAfter()).isPositive();
        assertThat(bob.isOpen()).isTrue();
        assertThat(rig.script.happened)
                .containsExactly("open", "join alice", "leave alice MOVED", "close MOVED", "open", "join bob");
        assertThat(rig.registry.asked).containsExactly("join", "confirm room 1", "confirm room 2");
    }

    @Test
    void whoHasTheNewerTicketComesInThoughAnOlderOneCameFirst() {
        Ticket old = rig.ticket("alice");
        rig.registry.reassign(ROOM, rig.host.status().host());
        rig.registryTasks.hold();
        RecordingConnection alice = rig.knock(old);
        RecordingConnection bob = rig.knock("bob");

        rig.registryTasks.runAll();

        assertThat(refusal(alice)).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(bob.isOpen()).isTrue();
    }

    @Test
    void aRoomThatCannotOpenRefusesWhoWaitsAndIsReleased() {
        rig.script.onOpen(room -> {
            room.scheduleEvery(Duration.ofSeconds(1), () -> rig.script.happened.add("tick"));
            throw new IllegalStateException("no database");
        });

        RecordingConnection alice = rig.knock("alice");
        rig.time.advance(Duration.ofSeconds(5));

        assertThat(refusal(alice)).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(alice.refusal().orElseThrow()).hasMessage("the room could not be opened");
        assertThat(rig.script.happened).containsExactly("open");
        assertThat(rig.reports.lines)
                .containsExactly("lease true", "failed onOpen no database", "not admitted alice OVERLOADED");
        assertThat(rig.registry.asked).contains("release room 1 IDLE");
        assertThat(rig.host.status().load().rooms()).isZero();
    }

    @Test
    void theTypeChoosesTheHandler() {
        HostRig typed = new HostRig(builder -> builder.room("chess", new Script(), RoomSettings.defaults()));

        RecordingConnection chess = typed.knock(typed.ticket("alice", typed.assignment(), RoomSpec.ofType("chess")));

        assertThat(chess.isOpen()).isTrue();
        assertThat(typed.script.happened).isEmpty();
    }

    @Test
    void aTypeThatTheHostDoesNotKnowIsRefused() {
        SessionHost host = SessionHost.builder()
                .address(ScriptedRegistry.ADDRESS)
                .registry(rig.registry)
                .room("chess", rig.script, RoomSettings.defaults())
                .time(rig.time)
                .blockingExecutor(rig.registryTasks)
                .start();
        RoomAssignment assignment = rig.registry.assign(ROOM, host.status().host());
        Ticket ticket = rig.ticket("alice", assignment, RoomSpec.ofType("checkers"));

        var connection = RecordingConnection.open(host, new Admission(ticket, "10.0.0.1"), rig.format, rig.time);

        assertThat(refusal(connection)).isEqualTo(ErrorCode.INVALID_REQUEST);
    }
}
