package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostSnapshot;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.jdbc.FaultyConnections.Moment;
import io.roomrouting.session.RoomStateStore.Loaded;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What callers see when single calls of the database fail. */
@ParameterizedClass
@FieldSource("io.roomrouting.jdbc.Engine#KINDS")
class EngineFailureTest {

    private static final String LOST = "08006";
    private static final String DEADLOCK = "40P01";

    private final FaultyConnections faulty;
    private final JdbcDatabase database;
    private final JdbcRegistry registry;
    private final Engine engine;

    EngineFailureTest(Engine engine) {
        this.engine = engine;
        faulty = new FaultyConnections(engine.connections());
        database = JdbcDatabase.of(faulty.dataSource()).withTimeout(Duration.ofSeconds(5));
        registry = JdbcRegistry.builder(database).lease(Duration.ofMinutes(5)).build();
    }

    @BeforeEach
    void empty() {
        engine.emptyDatabase();
        registry.list();
    }

    @ParameterizedTest
    @CsvSource({
        "08001, is out of reach",
        "28P01, refuses the login",
        "25006, takes no writes",
        "53100, is full or out of resources",
        "42501, does not allow",
        "42P01, does not have the tables",
        "57014, did not answer in time",
        "XX000, has failed"
    })
    void a_failure_tells_what_is_wrong_and_keeps_secrets_in_its_cause(String state, String words) {
        faulty.failNext(2, "prepareStatement", Moment.BEFORE, state);

        RoutingException.Unavailable refusal =
                catchThrowableOfType(RoutingException.Unavailable.class, () -> registry.find(RoomId.of("lobby")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining(words).hasCauseInstanceOf(SQLException.class);
        assertThat(refusal.getMessage()).doesNotContain("hunter2").doesNotContain("admin");
        faulty.failNext(0, "", Moment.BEFORE, "");
        assertThat(registry.find(RoomId.of("lobby"))).isEmpty();
    }

    @Test
    void a_connection_that_the_pool_did_not_know_to_be_dead_costs_no_failure() {
        faulty.failNext(1, "prepareStatement", Moment.BEFORE, LOST);

        assertThat(registry.find(RoomId.of("lobby"))).isEmpty();
        assertThat(faulty.failuresLeft()).isZero();
    }

    @Test
    void a_conflict_is_tried_again_until_it_succeeds() {
        Placement host = joined();
        RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
        faulty.failNext(3, "commit", Moment.BEFORE, DEADLOCK);

        assertThat(registry.claim(new Claim(room, host))).isInstanceOf(ClaimResult.Granted.class);
        assertThat(assignedRooms()).isEqualTo(1);
    }

    @Test
    void a_conflict_without_end_ends_with_the_time_out() {
        JdbcRegistry impatient = JdbcRegistry.builder(database.withTimeout(Duration.ofMillis(300)))
                .build();
        Placement host = joined();
        RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
        impatient.list();
        faulty.failNext(Integer.MAX_VALUE, "commit", Moment.BEFORE, DEADLOCK);

        RoutingException.Unavailable refusal =
                catchThrowableOfType(RoutingException.Unavailable.class, () -> impatient.claim(new Claim(room, host)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        faulty.failNext(0, "", Moment.BEFORE, "");
    }

    @Test
    void a_claim_whose_commit_was_lost_on_the_way_back_is_granted_once() {
        Placement host = joined();
        RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
        faulty.failNext(1, "commit", Moment.AFTER, LOST);

        RoomAssignment owner = ((ClaimResult.Granted) registry.claim(new Claim(room, host))).assignment();

        assertThat(registry.find(room).orElseThrow().assignment()).contains(owner);
        assertThat(assignedRooms()).isEqualTo(1);
    }

    @Test
    void a_confirmation_and_a_release_whose_commits_were_lost_count_once() {
        Placement host = joined();
        RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
        RoomAssignment owner = ((ClaimResult.Granted) registry.claim(new Claim(room, host))).assignment();

        faulty.failNext(1, "commit", Moment.AFTER, LOST);
        assertThat(registry.confirm(owner)).isTrue();
        assertThat(assignedRooms()).isEqualTo(1);

        faulty.failNext(1, "commit", Moment.AFTER, LOST);
        registry.release(owner, Release.IDLE);
        assertThat(assignedRooms()).isZero();
    }

    @Test
    void a_creation_whose_outcome_is_unknown_says_so() {
        faulty.failNext(1, "executeUpdate", Moment.AFTER, LOST);

        RoutingException.Unavailable refusal = catchThrowableOfType(
                RoutingException.Unavailable.class, () -> registry.create(RoomId.random(), RoomSpec.defaults()));

        assertThat(refusal.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
    }

    @Test
    void a_message_whose_commit_was_lost_is_kept_once() {
        JdbcMessageHistory history = JdbcMessageHistory.in(database);
        RoomId room = RoomId.of("lobby");
        history.open(room, new Epoch(7));
        faulty.failNext(1, "commit", Moment.AFTER, LOST);

        AppendResult result = history.append(room, new Epoch(7), "a", new byte[] {1});

        assertThat(result).isInstanceOf(AppendResult.Kept.class);
        assertThat(history.newest(room, 10).messages()).hasSize(1);
    }

    @Test
    void a_save_whose_answer_was_lost_is_kept_and_no_older_state_replaces_it() {
        JdbcRoomStateStore store = JdbcRoomStateStore.in(database);
        RoomId room = RoomId.of("lobby");
        store.load(room, new Epoch(7));
        faulty.failNext(1, "executeUpdate", Moment.AFTER, LOST);

        assertThat(store.save(room, new Epoch(7), 1, new byte[] {1})).isTrue();

        assertThat(store.load(room, new Epoch(8))).isEqualTo(new Loaded.Found(new byte[] {1}, new Epoch(7), true));
    }

    @Test
    void a_pool_that_cannot_start_is_an_engine_that_is_out_of_reach() {
        JdbcRegistry cutOff = JdbcRegistry.create(Unreachable.pool());

        RoutingException.Unavailable refusal = catchThrowableOfType(RoutingException.Unavailable.class, cutOff::list);

        assertThat(refusal).hasMessageContaining("is out of reach");
    }

    private Placement joined() {
        HostIncarnation host = HostIncarnation.next(HostId.of("a"));
        HostAddress address = new HostAddress("a.example.com", 8000, false);
        registry.join(new HostRegistration(host, address, new HostCapacity(10, 10), Map.of(), List.of()));
        return new Placement(host, address, Optional.empty(), "for a test");
    }

    private int assignedRooms() {
        return registry.list().stream().mapToInt(HostSnapshot::assignedRooms).sum();
    }
}
