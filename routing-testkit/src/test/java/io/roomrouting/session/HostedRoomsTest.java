package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.UserId;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What operators see of the rooms that are here, and what they do with them. */
class HostedRoomsTest {

    private static final RoomId OTHER = RoomId.of("other");
    private static final RoomSettings SMALL_MAILBOX = RoomSettings.defaults().withMailboxCapacity(16);

    private final HostRig rig = new HostRig();

    private static RecordingConnection joinOther(HostRig rig, String user) {
        return rig.knock(rig.ticket(user, assignment(rig, OTHER), RoomSpec.defaults()));
    }

    private static RoomAssignment assignment(HostRig rig, RoomId room) {
        return rig.registry.assign(room, rig.host.status().host());
    }

    private static <T> T now(CompletionStage<T> stage) {
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }

    private static ErrorCode failure(CompletionStage<?> stage) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        stage.exceptionally(e -> {
            failure.set(e);
            return null;
        });
        assertThat(failure.get()).as("failed, and not wrapped").isInstanceOf(RoutingException.class);
        return ((RoutingException) failure.get()).code();
    }

    // Looking

    @Test
    void roomsAreListedByTheirIds() {
        RoomSpec spec = new RoomSpec(
                "default", Optional.empty(), OptionalInt.of(5), Map.of("map", "canyon"), RoomVisibility.PUBLIC);
        rig.knock(rig.ticket("alice", rig.assignment(), spec));
        rig.time.advance(Duration.ofSeconds(7));
        joinOther(rig, "bob");

        assertThat(rig.host.rooms().list())
                .containsExactly(
                        new RoomStatus(
                                assignment(rig, OTHER),
                                RoomSpec.defaults(),
                                1,
                                RoomSettings.defaults().maxClients(),
                                false,
                                RoomVisibility.PRIVATE,
                                Map.of(),
                                Duration.ZERO),
                        new RoomStatus(
                                rig.assignment(),
                                spec,
                                1,
                                5,
                                false,
                                RoomVisibility.PUBLIC,
                                Map.of("map", "canyon"),
                                Duration.ofSeconds(7)));
    }

    @Test
    void aStatusTellsWhatTheRoomSaysOfItselfNow() {
        rig.script.on("change", (room, session, event) -> {
            room.lock();
            room.visibility(RoomVisibility.PUBLIC);
            room.metadata(Map.of("round", "2"));
        });
        RecordingConnection alice = rig.join("alice");
        rig.join("bob").end(LeaveReason.LEFT);
        alice.send(event("change"));

        RoomStatus status = rig.host.rooms().find(ROOM).orElseThrow();

        assertThat(status.clients()).isEqualTo(1);
        assertThat(status.locked()).isTrue();
        assertThat(status.visibility()).isEqualTo(RoomVisibility.PUBLIC);
        assertThat(status.metadata()).containsExactly(Map.entry("round", "2"));
    }

    @Test
    void aRoomThatIsAboutToOpenOrHasEndedIsNotHere() {
        rig.registryTasks.hold();
        rig.knock("alice");
        assertThat(rig.host.rooms().find(ROOM)).isEmpty();
        assertThat(rig.host.rooms().close(ROOM)).isFalse();
        rig.registryTasks.release();
        assertThat(rig.host.rooms().find(ROOM)).isPresent();

        rig.registry.outOfReach();
        assertThat(rig.host.rooms().close(ROOM)).isTrue();

        assertThat(rig.host.rooms().list()).isEmpty();
        assertThat(rig.host.rooms().announce(ROOM, "news")).isFalse();
        assertThat(failure(rig.host.rooms().members(ROOM))).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
        assertThat(rig.host.status().load().rooms()).isEqualTo(1);
    }

    @Test
    void membersAreToldInTheirOrderAlsoThoseWhoseConnectionIsAway() {
        RecordingConnection alice = rig.sit("alice");
        RecordingConnection bob = rig.join("bob");
        alice.end(LeaveReason.CONNECTION_LOST);

        assertThat(now(rig.host.rooms().members(ROOM)))
                .containsExactly(
                        new RoomMember(alice.sessionId().orElseThrow(), UserId.of("alice"), false),
                        new RoomMember(bob.sessionId().orElseThrow(), UserId.of("bob"), true));
        assertThat(rig.host.rooms().find(ROOM).orElseThrow().clients()).isEqualTo(2);
    }

    @Test
    void whoAsksIsAnsweredAlsoWhenTheRoomEndsMeanwhile() {
        rig.join("alice");
        rig.roomTasks.hold();
        rig.host.rooms().close(ROOM);
        CompletionStage<List<RoomMember>> members = rig.host.rooms().members(ROOM);
        rig.roomTasks.release();

        assertThat(failure(members)).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
    }

    // Opening

    @Test
    void aRoomIsOpenedBeforeAnybodyComes() {
        CompletionStage<Void> open = rig.host.rooms().open(rig.assignment(), RoomSpec.defaults());

        now(open);
        assertThat(rig.registry.asked).endsWith("confirm room 1");
        assertThat(rig.script.happened).containsExactly("open");
        assertThat(rig.host.rooms().find(ROOM).orElseThrow().clients()).isZero();
        assertThat(rig.join("alice").isOpen()).isTrue();
        assertThat(rig.script.happened).containsExactly("open", "join alice");
    }

    @Test
    void clientsAndOperatorsWaitForTheSameOpening() {
        rig.registryTasks.hold();
        CompletionStage<Void> first = rig.host.rooms().open(rig.assignment(), RoomSpec.defaults());
        RecordingConnection alice = rig.knock("alice");
        CompletionStage<Void> second = rig.host.rooms().open(rig.assignment(), RoomSpec.defaults());
        assertThat(first.toCompletableFuture()).isNotDone();
        rig.registryTasks.release();

        now(first);
        now(second);
        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.registry.count("confirm")).isEqualTo(1);
    }

    @Test
    void anOpenedRoomThatNobodyEntersEndsAfterItsIdleTime() {
        Duration idle = RoomSettings.defaults().idleTimeout();
        now(rig.host.rooms().open(rig.assignment(), RoomSpec.defaults()));

        rig.time.advance(idle.minusMillis(1));
        now(rig.host.rooms().open(rig.assignment(), RoomSpec.defaults()));
        rig.time.advance(idle.minusMillis(1));
        assertThat(rig.host.rooms().find(ROOM)).isPresent();
        rig.time.advance(Duration.ofMillis(1));

        assertThat(rig.script.happened).containsExactly("open", "close IDLE");
        assertThat(rig.registry.asked).endsWith("release room 1 IDLE");
    }

    @Test
    void aRoomThatIsNotOursDoesNotOpen() {
        RoomAssignment old = rig.assignment();
        rig.registry.reassign(ROOM, rig.host.status().host());

        assertThat(failure(rig.host.rooms().open(old, RoomSpec.defaults()))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(rig.script.happened).isEmpty();
    }

    @Test
    void whoOpensIsRefusedAsAClientWouldBe() {
        HostRig stranger = new HostRig();
        HostRig typed = new HostRig(builder -> builder.rooms(new Script()));
        RoomAssignment theirs = stranger.assignment();

        assertThat(failure(rig.host.rooms().open(theirs, RoomSpec.defaults()))).isEqualTo(ErrorCode.TICKET_WRONG_HOST);

        rig.registry.outOfReach();
        assertThat(failure(rig.host.rooms().open(rig.assignment(), RoomSpec.defaults())))
                .isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        rig.registry.backAgain();
        rig.script.onOpen(room -> {
            throw new IllegalStateException("broken");
        });
        assertThat(failure(rig.host.rooms().open(rig.assignment(), RoomSpec.defaults())))
                .isEqualTo(ErrorCode.OVERLOADED);

        RoomAssignment late = typed.assignment();
        typed.host.drain(Duration.ZERO);
        assertThat(failure(typed.host.rooms().open(late, RoomSpec.defaults()))).isEqualTo(ErrorCode.HOST_DRAINING);
        typed.host.close();
        assertThat(failure(typed.host.rooms().open(late, RoomSpec.defaults()))).isEqualTo(ErrorCode.NOT_OWNER);
    }

    @Test
    void aNewerOwnershipReplacesTheRoomThatIsOpen() {
        RecordingConnection alice = rig.join("alice");
        RoomAssignment newer = rig.registry.reassign(ROOM, rig.host.status().host());

        now(rig.host.rooms().open(newer, RoomSpec.defaults()));

        assertThat(closing(alice)).isEqualTo(LeaveReason.MOVED);
        assertThat(rig.host.rooms().find(ROOM).orElseThrow().assignment()).isEqualTo(newer);
    }

    @Test
    void aThousandRoomsAreOnTheirWayAtATime() {
        rig.registryTasks.hold();
        List<CompletionStage<Void>> opening = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            opening.add(rig.host.rooms().open(assignment(rig, RoomId.of("room-" + i)), RoomSpec.defaults()));
        }

        assertThat(failure(rig.host.rooms().open(rig.assignment(), RoomSpec.defaults())))
                .isEqualTo(ErrorCode.OVERLOADED);
        rig.registryTasks.release();

        opening.forEach(HostedRoomsTest::now);
        now(rig.host.rooms().open(rig.assignment(), RoomSpec.defaults()));
    }

    @Test
    void whatDependsOnAnOpeningMayUseTheRooms() {
        List<RoomStatus> seen = new ArrayList<>();

        CompletionStage<Void> told = rig.host
                .rooms()
                .open(rig.assignment(), RoomSpec.defaults())
                .thenRun(() -> seen.addAll(rig.host.rooms().list()));

        now(told);
        assertThat(seen).hasSize(1);
    }

    // Closing

    @Test
    void aRoomThatAnOperatorClosesHasEndedForGood() {
        RecordingConnection alice = rig.join("alice");
        Ticket late = rig.ticket("bob");

        assertThat(rig.host.rooms().close(ROOM)).isTrue();

        assertThat(closing(alice)).isEqualTo(LeaveReason.ROOM_CLOSED);
        assertThat(rig.script.happened).endsWith("leave alice ROOM_CLOSED", "close CLOSED");
        assertThat(rig.registry.asked).endsWith("release room 1 CLOSED");
        assertThat(rig.reports.lines).contains("closed room CLOSED");
        assertThat(refusal(rig.knock(late))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(rig.host.rooms().close(ROOM)).isFalse();
        assertThat(rig.host.rooms().close(OTHER)).isFalse();
    }

    // Announcing

    @Test
    void anAnnouncementReachesEverySessionOfEveryRoom() {
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.join("bob");
        RecordingConnection carol = joinOther(rig, "carol");

        assertThat(rig.host.rooms().announce("news", "tea")).isEqualTo(2);

        assertThat(List.of(heard(alice), heard(bob), heard(carol))).containsOnly(List.of("news \"tea\""));
        assertThat(rig.format.encodings()).isEqualTo(2);
    }

    @Test
    void anAnnouncementToOneRoomStaysThere() {
        RecordingConnection alice = rig.join("alice");
        RecordingConnection carol = joinOther(rig, "carol");

        assertThat(rig.host.rooms().announce(OTHER, "news", "tea")).isTrue();

        assertThat(heard(alice)).isEmpty();
        assertThat(heard(carol)).containsExactly("news \"tea\"");
        assertThat(rig.host.rooms().announce(RoomId.of("nowhere"), "news", "tea"))
                .isFalse();
    }

    @Test
    void anAnnouncementIsKeptForThoseWhoAreAway() {
        RecordingConnection alice = rig.sit("alice");
        rig.host.rooms().announce("news", 1);
        alice.end(LeaveReason.CONNECTION_LOST);
        rig.host.rooms().announce(ROOM, "news", 2);

        RecordingConnection again = rig.comeBack("alice", alice, 1);

        assertThat(again.seat().orElseThrow().resumed()).isTrue();
        assertThat(heard(again)).containsExactly("news 2");
    }

    @Test
    void anAnnouncementPassesAFullMailboxAndFewWait() {
        HostRig busy = new HostRig(SMALL_MAILBOX);
        RecordingConnection alice = busy.join("alice");
        RecordingConnection carol = joinOther(busy, "carol");
        HostedRooms rooms = busy.host.rooms();
        List<Room> inside = new ArrayList<>();
        busy.script.on("work", (room, session, event) -> inside.add(room));
        alice.send(event("work"));
        busy.roomTasks.hold();
        while (inside.get(0).execute(() -> {}) == Delivery.ACCEPTED) {
            assertThat(busy.roomTasks.size()).isEqualTo(1);
        }

        IntStream.range(0, 16)
                .forEach(i -> assertThat(rooms.announce(ROOM, "news", i)).isTrue());
        assertThatThrownBy(() -> rooms.announce(ROOM, "news", 16))
                .isInstanceOfSatisfying(
                        RoutingException.Unavailable.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(failure(rooms.members(ROOM))).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(rooms.announce("to all", 17)).isEqualTo(1);
        busy.roomTasks.release();

        assertThat(heard(alice))
                .containsExactlyElementsOf(
                        IntStream.range(0, 16).mapToObj(i -> "news " + i).toList());
        assertThat(heard(carol)).containsExactly("to all 17");
        assertThat(rooms.announce("to all", 18)).isEqualTo(2);
    }

    @Test
    void whatCannotBeWrittenIsReportedAndHarmsNobody() {
        rig.format = RecordingFormat.through(new TextOnly());
        RecordingConnection alice = rig.join("alice");

        rig.host.rooms().announce(ROOM, "news", 1);
        rig.host.rooms().announce(ROOM, "news", "tea");

        assertThat(heard(alice)).containsExactly("news tea");
        assertThat(rig.reports.lines).endsWith("failed announcement not text");
    }

    @Test
    void theCallersThreadDoesNotDoTheRoomsWork() {
        rig.join("alice");
        rig.roomTasks.hold();
        int before = rig.script.happened.size();

        rig.host.rooms().announce("news");
        rig.host.rooms().close(ROOM);
        CompletionStage<Void> open = rig.host.rooms().open(assignment(rig, OTHER), RoomSpec.defaults());

        assertThat(rig.script.happened).hasSize(before);
        assertThat(open.toCompletableFuture()).isNotDone();
        rig.roomTasks.release();
        assertThat(rig.script.happened).contains("close CLOSED");
        now(open);
    }
}
