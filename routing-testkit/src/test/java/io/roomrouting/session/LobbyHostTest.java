package io.roomrouting.session;

import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Identity;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomReports;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatId;
import io.roomrouting.Ticket;
import io.roomrouting.UserId;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a host does for a lobby: seats that are taken once, locked rooms, and reports. */
class LobbyHostTest {

    private static final RoomSpec COUNTED = RoomSpec.defaults().withMaxClients(2);
    private static final SeatId S1 = SeatId.of("seat-1");
    private static final SeatId S2 = SeatId.of("seat-2");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Directory directory = new Directory();
    private int tickets;

    // Seats

    @Test
    void a_seat_is_taken_once() {
        HostRig rig = rig();
        knock(rig, "alice", fresh(S1));

        assertThat(refusal(knock(rig, "bob", fresh(S1)))).isEqualTo(ErrorCode.TICKET_USED);
        assertThat(refusal(knock(rig, "bob", taken(S1)))).isEqualTo(ErrorCode.TICKET_USED);
        assertThat(knock(rig, "bob", fresh(S2)).isOpen()).isTrue();
    }

    @Test
    void a_seat_that_was_given_up_is_not_taken_again() {
        HostRig rig = rig();
        knock(rig, "alice", fresh(S1)).end(LeaveReason.LEFT);

        assertThat(refusal(knock(rig, "alice", fresh(S1)))).isEqualTo(ErrorCode.TICKET_USED);
        assertThat(refusal(knock(rig, "alice", taken(S1)))).isEqualTo(ErrorCode.TICKET_USED);
        rig.time.advance(Duration.ofSeconds(60));
        assertThat(refusal(knock(rig, "alice", fresh(S1)))).isEqualTo(ErrorCode.TICKET_USED);
        assertThat(knock(rig, "alice", fresh(S2)).isOpen()).isTrue();
    }

    @Test
    void the_rooms_own_limit_is_the_last_guard() {
        HostRig rig = rig();
        knock(rig, "alice", fresh(S1));
        knock(rig, "bob", fresh(S2));

        assertThat(refusal(knock(rig, "carol", fresh(SeatId.of("seat-3"))))).isEqualTo(ErrorCode.ROOM_FULL);
    }

    @Test
    void who_comes_back_to_a_full_room_resumes_on_his_own_seat() {
        HostRig rig = rig();
        RecordingConnection alice = knock(rig, "alice", fresh(S1), new SeatRequest.New());
        knock(rig, "bob", fresh(S2));
        alice.end(LeaveReason.CONNECTION_LOST);

        RecordingConnection back = knock(rig, "alice", taken(S1), back(alice));

        assertThat(back.seat().orElseThrow().resumed()).isTrue();
        assertThat(rig.script.happened).doesNotContain("leave alice CONNECTION_LOST");
    }

    @Test
    void who_comes_back_with_a_new_seat_gives_that_one_back() {
        HostRig rig = rig();
        RecordingConnection alice = knock(rig, "alice", fresh(S1), new SeatRequest.New());
        alice.end(LeaveReason.CONNECTION_LOST);
        rig.time.advance(SECOND);

        RecordingConnection back = knock(rig, "alice", fresh(S2), back(alice));
        rig.time.advance(SECOND);

        assertThat(back.seat().orElseThrow().resumed()).isTrue();
        assertThat(directory.last().freed()).containsExactly(S2);
        assertThat(directory.last().taken()).isEmpty();
        assertThat(directory.last().clients()).isEqualTo(1);
        assertThat(refusal(knock(rig, "alice", fresh(S2)))).isEqualTo(ErrorCode.TICKET_USED);
    }

    @Test
    void who_cannot_resume_sits_down_anew_on_his_own_seat() {
        HostRig rig = rig();
        RecordingConnection alice = knock(rig, "alice", fresh(S1), new SeatRequest.New());
        knock(rig, "bob", fresh(S2));
        alice.end(LeaveReason.CONNECTION_LOST);
        rig.time.advance(SECOND);

        RecordingConnection back = knock(
                rig,
                "alice",
                taken(S1),
                new SeatRequest.Back(alice.seat().orElseThrow().token(), 1_000));
        rig.time.advance(SECOND);

        assertThat(back.isOpen()).isTrue();
        assertThat(back.seat().orElseThrow().resumed()).isFalse();
        assertThat(directory.last().taken()).containsExactly(Map.entry(S1, UserId.of("alice")));
        assertThat(directory.last().freed()).isEmpty();
        assertThat(directory.last().clients()).isEqualTo(2);
    }

    @Test
    void a_second_session_of_a_user_needs_a_seat_of_its_own() {
        HostRig rig = rig();
        knock(rig, "alice", fresh(S1));

        assertThat(refusal(knock(rig, "alice", fresh(S1)))).isEqualTo(ErrorCode.TICKET_USED);
        assertThat(refusal(knock(rig, "alice", taken(S1)))).isEqualTo(ErrorCode.ROOM_FULL);
        assertThat(knock(rig, "alice", fresh(S2)).isOpen()).isTrue();
    }

    @Test
    void who_replaces_himself_takes_his_seat_over() {
        HostRig rig = rig(RoomSettings.defaults().withSameUser(SameUser.REPLACE));
        RecordingConnection first = knock(rig, "alice", fresh(S1));
        rig.time.advance(SECOND);

        RecordingConnection second = knock(rig, "alice", taken(S1));
        rig.time.advance(SECOND);

        assertThat(closing(first)).isEqualTo(LeaveReason.REPLACED);
        assertThat(second.isOpen()).isTrue();
        assertThat(directory.last().clients()).isEqualTo(1);
        assertThat(directory.last().freed()).isEmpty();
        second.end(LeaveReason.LEFT);
        rig.time.advance(SECOND);
        assertThat(directory.last().freed()).containsExactly(S1);
    }

    // Locks

    @Test
    void a_locked_room_takes_nobody_new_whatever_ticket_he_has() {
        HostRig rig = rig();
        rig.script.on("lock", (room, session, event) -> room.lock());
        rig.script.on("unlock", (room, session, event) -> room.unlock());
        RecordingConnection alice = knock(rig, "alice", fresh(S1), new SeatRequest.New());

        alice.send(event("lock"));
        assertThat(refusal(knock(rig, "bob", fresh(S2)))).isEqualTo(ErrorCode.ROOM_LOCKED);
        alice.end(LeaveReason.CONNECTION_LOST);
        RecordingConnection back = knock(rig, "alice", taken(S1), back(alice));
        assertThat(back.seat().orElseThrow().resumed()).isTrue();

        back.send(event("unlock"));
        assertThat(knock(rig, "bob", fresh(S2)).isOpen()).isTrue();
    }

    @Test
    void who_has_left_a_locked_room_is_new() {
        HostRig rig = rig();
        AtomicReference<Boolean> locked = new AtomicReference<>();
        rig.script.on("lock", (room, session, event) -> {
            room.lock();
            locked.set(room.isLocked());
        });
        RecordingConnection alice = knock(rig, "alice", fresh(S1));
        alice.send(event("lock"));
        alice.end(LeaveReason.LEFT);

        assertThat(locked).hasValue(true);
        assertThat(refusal(knock(rig, "alice", fresh(S2)))).isEqualTo(ErrorCode.ROOM_LOCKED);
    }

    // Reports

    @Test
    void a_room_reports_when_it_opens_and_at_each_change() {
        HostRig rig = rig(RoomSettings.defaults().withMaxClients(7));
        RecordingConnection alice = knock(rig, "alice", fresh(S1));

        RoomReport opened = directory.last();
        assertThat(opened.room()).isEqualTo(HostRig.ROOM);
        assertThat(opened.epoch()).isEqualTo(rig.assignment().epoch());
        assertThat(opened.limit()).isEqualTo(2);
        assertThat(opened.clients()).isEqualTo(1);
        assertThat(opened.taken()).containsExactly(Map.entry(S1, UserId.of("alice")));
        assertThat(directory.hosts).containsExactly(rig.host.status().host());

        alice.end(LeaveReason.LEFT);
        rig.time.advance(SECOND);
        assertThat(directory.last().clients()).isZero();
        assertThat(directory.last().freed()).containsExactly(S1);
        assertThat(directory.last().number()).isGreaterThan(opened.number());
    }

    @Test
    void what_a_handler_says_of_its_room_is_reported() {
        HostRig rig = rig();
        rig.script.on("change", (room, session, event) -> {
            assertThat(room.visibility()).isEqualTo(RoomVisibility.PRIVATE);
            assertThat(room.metadata()).isEmpty();
            room.lock();
            room.visibility(RoomVisibility.PUBLIC);
            room.metadata(Map.of("round", "2"));
            assertThat(room.visibility()).isEqualTo(RoomVisibility.PUBLIC);
            assertThat(room.metadata()).isEqualTo(Map.of("round", "2"));
        });
        RecordingConnection alice = knock(rig, "alice", fresh(S1));
        alice.send(event("change"));
        rig.time.advance(SECOND);

        assertThat(directory.last().locked()).isTrue();
        assertThat(directory.last().visibility()).isEqualTo(RoomVisibility.PUBLIC);
        assertThat(directory.last().metadata()).isEqualTo(Map.of("round", "2"));
        assertThat(directory.calls).hasSize(2);
    }

    @Test
    void a_handler_cannot_say_more_than_is_kept() {
        HostRig rig = rig();
        AtomicReference<RuntimeException> refused = new AtomicReference<>();
        rig.script.on("change", (room, session, event) -> {
            try {
                room.metadata(Map.of("k", "v".repeat(257)));
            } catch (RoutingException.InvalidRequest e) {
                refused.set(e);
            }
        });
        knock(rig, "alice", fresh(S1)).send(event("change"));

        assertThat(refused.get()).isNotNull();
    }

    @Test
    void many_rooms_that_change_make_one_call_a_second() {
        HostRig rig = rig();
        List<RecordingConnection> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RoomAssignment room = rig.registry.assign(
                    RoomId.of("room-" + i), rig.host.status().host());
            clients.add(rig.knock(ticket(rig, "user-" + i, room, fresh(SeatId.of("seat-" + i)))));
        }
        assertThat(directory.calls).hasSize(1);

        rig.time.advance(SECOND.minusMillis(1));
        assertThat(directory.calls).hasSize(1);
        rig.time.advance(Duration.ofMillis(1));
        assertThat(directory.calls).hasSize(2);
        assertThat(directory.calls.get(1)).hasSize(49);

        clients.forEach(client -> client.end(LeaveReason.LEFT));
        rig.time.advance(SECOND);
        assertThat(directory.calls).hasSize(3);
        assertThat(directory.calls.get(2)).hasSize(50);

        rig.time.advance(Duration.ofSeconds(30));
        assertThat(directory.calls).hasSize(3);
    }

    @Test
    void more_rooms_than_one_call_takes_are_reported_in_turn() {
        SessionLimits quick = SessionLimits.defaults().withAdmissions(10_000, 10_000);
        HostRig rig = new HostRig(builder -> builder.directory(directory).limits(quick));
        rig.registryTasks.hold();
        for (int i = 0; i < RoomReports.MAX_ROOMS + 5; i++) {
            RoomAssignment room = rig.registry.assign(
                    RoomId.of("room-" + i), rig.host.status().host());
            rig.knock(ticket(rig, "user-" + i, room, fresh(SeatId.of("seat-" + i))));
        }
        rig.registryTasks.release();
        rig.time.advance(SECOND);
        rig.time.advance(SECOND);

        assertThat(directory.calls).allMatch(call -> call.size() <= RoomReports.MAX_ROOMS);
        assertThat(directory.calls.stream()
                        .flatMap(List::stream)
                        .map(RoomReport::room)
                        .distinct())
                .hasSize(RoomReports.MAX_ROOMS + 5);
    }

    @Test
    void what_could_not_be_told_is_told_again_with_what_came_after() {
        HostRig rig = rig();
        directory.failing = true;
        RecordingConnection alice = knock(rig, "alice", fresh(S1));
        RoomReport lost = directory.last();
        RecordingConnection bob = knock(rig, "bob", fresh(S2));
        alice.end(LeaveReason.LEFT);

        rig.time.advance(SECOND);
        rig.time.advance(SECOND);
        directory.failing = false;
        rig.time.advance(SECOND);

        RoomReport arrived = directory.last();
        assertThat(lost.taken()).containsOnlyKeys(S1);
        assertThat(arrived.number()).isEqualTo(lost.number() + 3);
        assertThat(arrived.clients()).isEqualTo(1);
        assertThat(arrived.taken()).containsExactly(Map.entry(S2, UserId.of("bob")));
        assertThat(arrived.freed()).containsExactly(S1);
        rig.time.advance(Duration.ofSeconds(5));
        assertThat(directory.calls).hasSize(4);
        assertThat(bob.isOpen()).isTrue();
    }

    @Test
    void nobody_waits_for_a_slow_directory() {
        HostRig rig = rig();
        RecordingConnection alice = knock(rig, "alice", fresh(S1));
        rig.time.advance(SECOND);
        rig.registryTasks.hold();

        RecordingConnection bob = knock(rig, "bob", fresh(S2));
        alice.end(LeaveReason.LEFT);
        rig.time.advance(Duration.ofSeconds(3));

        assertThat(bob.isOpen()).isTrue();
        assertThat(directory.calls).hasSize(1);
        rig.registryTasks.release();
        assertThat(directory.last().freed()).containsExactly(S1);
        assertThat(directory.last().taken()).containsOnlyKeys(S2);
    }

    @Test
    void a_room_that_is_neither_counted_nor_public_reports_nothing_until_it_is_shown() {
        HostRig rig = new HostRig(builder -> builder.directory(directory));
        rig.script.on("show", (room, session, event) -> room.visibility(RoomVisibility.PUBLIC));
        rig.script.on("hide", (room, session, event) -> room.visibility(RoomVisibility.PRIVATE));
        RecordingConnection alice = rig.join("alice");
        rig.join("bob");
        rig.time.advance(Duration.ofSeconds(3));
        assertThat(directory.calls).isEmpty();

        alice.send(event("show"));
        assertThat(directory.last().clients()).isEqualTo(2);
        assertThat(directory.last().taken()).isEmpty();

        alice.send(event("hide"));
        rig.time.advance(SECOND);
        assertThat(directory.last().visibility()).isEqualTo(RoomVisibility.PRIVATE);
        rig.join("carol");
        rig.time.advance(SECOND);
        assertThat(directory.calls).hasSize(2);
    }

    @Test
    void a_client_whose_ticket_has_no_seat_gets_one_of_the_hosts() {
        HostRig rig = rig();
        rig.knock(rig.ticket("alice", rig.assignment(), COUNTED));

        assertThat(directory.last().taken()).containsValue(UserId.of("alice")).hasSize(1);
    }

    @Test
    void a_room_that_has_ended_says_no_more() {
        HostRig rig = rig();
        directory.failing = true;
        RecordingConnection alice = knock(rig, "alice", fresh(S1));
        alice.end(LeaveReason.LEFT);
        rig.time.advance(Duration.ofMinutes(2));
        directory.failing = false;
        int calls = directory.calls.size();

        rig.time.advance(Duration.ofSeconds(10));

        assertThat(rig.host.status().load().rooms()).isZero();
        assertThat(directory.calls).hasSize(calls);
    }

    @Test
    void a_registry_that_has_forgotten_everything_is_told_everything_again() {
        HostRig rig = rig();
        knock(rig, "alice", fresh(S1));
        knock(rig, "bob", fresh(S2));
        rig.time.advance(Duration.ofSeconds(3));
        rig.registry.heartbeatGives(new HeartbeatResult.Unknown());

        rig.time.advance(Duration.ofSeconds(3));

        assertThat(rig.registry.lastHeld()).hasSize(1);
        assertThat(directory.last().taken()).containsOnlyKeys(S1, S2);
        assertThat(directory.last().clients()).isEqualTo(2);
    }

    @Test
    void a_former_life_says_no_more() {
        HostRig rig = rig();
        knock(rig, "alice", fresh(S1));
        rig.time.advance(SECOND);
        HostIncarnation before = rig.host.status().host();
        directory.failing = true;
        knock(rig, "bob", fresh(S2));
        // The room does not get round to closing.
        rig.roomTasks.hold();
        rig.registry.outOfReach();
        rig.time.advance(Duration.ofSeconds(30));
        rig.registry.backAgain();
        rig.time.advance(Duration.ofSeconds(5));
        directory.failing = false;
        int calls = directory.calls.size();
        rig.time.advance(Duration.ofSeconds(5));

        assertThat(rig.host.status().host()).isNotEqualTo(before);
        assertThat(directory.calls).hasSize(calls);
    }

    @Test
    void a_room_that_ends_while_it_is_reported_in_vain_is_not_reported_again() {
        HostRig rig = rig();
        rig.script.on("close", (room, session, event) -> room.close());
        RecordingConnection alice = knock(rig, "alice", fresh(S1));
        directory.failing = true;
        directory.during = () -> alice.send(event("close"));
        knock(rig, "bob", fresh(S2));
        rig.time.advance(SECOND);
        directory.failing = false;

        rig.time.advance(Duration.ofSeconds(5));

        assertThat(rig.host.status().load().rooms()).isZero();
        assertThat(directory.calls).hasSize(2);
    }

    @Test
    void a_seat_on_which_nobody_sits_any_more_is_reported_as_free() {
        HostRig rig = rig();
        knock(rig, "alice", fresh(S2));

        assertThat(refusal(knock(rig, "bob", taken(S1)))).isEqualTo(ErrorCode.TICKET_USED);
        rig.time.advance(SECOND);

        assertThat(directory.last().freed()).containsExactly(S1);
        assertThat(directory.last().clients()).isEqualTo(1);
    }

    @Test
    void a_probed_host_has_no_directory_of_its_own() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new HostRig(builder -> builder.directory(directory).probed(new ProbedHost())))
                .withMessageContaining("directory");
    }

    private HostRig rig() {
        return rig(RoomSettings.defaults());
    }

    private HostRig rig(RoomSettings settings) {
        return new HostRig(settings, builder -> builder.directory(directory), new ScriptedRegistry());
    }

    private static RoomSeat fresh(SeatId seat) {
        return new RoomSeat(seat, false);
    }

    private static RoomSeat taken(SeatId seat) {
        return new RoomSeat(seat, true);
    }

    private static SeatRequest back(RecordingConnection earlier) {
        return new SeatRequest.Back(earlier.seat().orElseThrow().token(), 0);
    }

    private RecordingConnection knock(HostRig rig, String user, RoomSeat seat) {
        return rig.knock(ticket(rig, user, rig.assignment(), seat));
    }

    private RecordingConnection knock(HostRig rig, String user, RoomSeat seat, SeatRequest wish) {
        return rig.knock(ticket(rig, user, rig.assignment(), seat), wish);
    }

    private Ticket ticket(HostRig rig, String user, RoomAssignment assignment, RoomSeat seat) {
        return new Ticket(
                "seated-" + ++tickets,
                Identity.of(user),
                assignment,
                COUNTED,
                rig.time.now().plusSeconds(Ticket.MAX_LIFE_SECONDS),
                Optional.of(seat));
    }

    /** Keeps what it is told. */
    private static final class Directory implements RoomReports {

        private final List<List<RoomReport>> calls = new ArrayList<>();
        private final Set<HostIncarnation> hosts = new java.util.HashSet<>();
        private Runnable during = () -> {};
        private boolean failing;

        @Override
        public void report(HostIncarnation host, List<RoomReport> reports) {
            hosts.add(host);
            calls.add(List.copyOf(reports));
            during.run();
            if (failing) {
                throw RoutingException.unavailable(ErrorCode.REGISTRY_UNAVAILABLE, "out of reach", SECOND);
            }
        }

        RoomReport last() {
            List<RoomReport> call = calls.get(calls.size() - 1);
            return call.get(call.size() - 1);
        }
    }
}
