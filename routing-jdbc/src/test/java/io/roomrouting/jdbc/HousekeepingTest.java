package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.JoinResult;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore.Loaded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/** What is over is taken out of the tables, and nothing that is not. */
@ParameterizedClass
@FieldSource("io.roomrouting.jdbc.Engine#KINDS")
class HousekeepingTest {

    private static final Duration RETENTION = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final RoomId ROOM = RoomId.of("lobby");

    private final Engine engine;
    private final JdbcDatabase database;
    private final JdbcRegistry registry;
    private final Housekeeping housekeeping = new Housekeeping(RETENTION, 1_000);

    HousekeepingTest(Engine engine) {
        this.engine = engine;
        database = engine.database();
        registry = JdbcRegistry.builder(database).lease(LEASE).build();
    }

    @BeforeEach
    void empty() {
        engine.emptyDatabase();
    }

    @Test
    void expired_rooms_are_removed_and_others_stay() {
        registry.create(RoomId.random(), RoomSpec.defaults());
        engine.letPass(RETENTION);
        RoomId young = registry.create(RoomId.random(), RoomSpec.defaults()).room();

        tidyUp();

        assertThat(rows("routing_room")).isEqualTo(1);
        assertThat(registry.find(young)).isPresent();
    }

    @Test
    void rooms_of_dead_owners_are_known_for_their_time_and_then_removed_with_the_owner() {
        Placement host = joined("a");
        opened(host);
        engine.letPass(LEASE);

        tidyUp();
        assertThat(registry.find(ROOM)).isPresent();
        engine.letPass(RETENTION);
        tidyUp();

        assertThat(rows("routing_room")).isZero();
        assertThat(rows("routing_host")).isEqualTo(1);
        engine.letPass(Duration.ofDays(1));
        tidyUp();
        assertThat(rows("routing_host")).isZero();
    }

    @Test
    void a_life_whose_end_was_written_down_is_remembered_for_a_day() {
        Placement host = joined("a");
        engine.letPass(LEASE.plus(Duration.ofHours(23)));
        tidyUp();

        assertThat(registry.join(registration(host))).isInstanceOf(JoinResult.Refused.class);
    }

    @Test
    void open_rooms_and_living_hosts_are_left_alone() {
        RoomAssignment owner = opened(joined("a"));

        tidyUp();

        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(owner);
        assertThat(registry.confirm(owner)).isTrue();
    }

    @Test
    void a_full_registry_takes_no_more_rooms_but_knows_those_that_it_has() {
        JdbcRegistry small = JdbcRegistry.builder(database).maxRooms(2).build();
        small.ensure(ROOM, RoomSpec.defaults());
        registry.create(RoomId.random(), RoomSpec.defaults());
        JdbcRegistry restarted = JdbcRegistry.builder(database).maxRooms(2).build();
        restarted.ensure(ROOM, RoomSpec.defaults());

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> restarted.create(RoomId.random(), RoomSpec.defaults()))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(restarted.ensure(ROOM, RoomSpec.defaults()).room()).isEqualTo(ROOM);
    }

    @Test
    void old_fences_are_removed_and_everything_as_old_stays_fenced() {
        JdbcRoomStateStore store = JdbcRoomStateStore.in(database);
        store.save(ROOM, new Epoch(7), 1, new byte[1]);
        store.delete(ROOM, new Epoch(8));
        RoomId kept = RoomId.of("kept");
        store.save(kept, new Epoch(5), 1, new byte[1]);
        assertThat(store.prune(Duration.ofHours(1))).isZero();
        engine.letPass(Duration.ofHours(1));

        assertThat(store.prune(Duration.ofHours(1))).isEqualTo(1);

        assertThat(store.save(ROOM, new Epoch(8), 9, new byte[1])).isFalse();
        assertThat(store.load(ROOM, new Epoch(8))).isEqualTo(new Loaded.Fenced());
        assertThat(store.load(ROOM, new Epoch(9))).isEqualTo(new Loaded.Empty());
        assertThat(store.load(kept, new Epoch(6))).isInstanceOf(Loaded.Found.class);
    }

    private void tidyUp() {
        database.run(housekeeping::tidyUp);
    }

    private long rows(String table) {
        return database.run(call -> call.first(Sql.of("SELECT COUNT(*) FROM " + table), row -> row.getLong(1))
                .orElseThrow());
    }

    private Placement joined(String name) {
        Placement placement = new Placement(
                HostIncarnation.next(HostId.of(name)),
                new HostAddress(name + ".example.com", 8000, false),
                Optional.empty(),
                "for a test");
        assertThat(registry.join(registration(placement))).isInstanceOf(JoinResult.Joined.class);
        return placement;
    }

    private static HostRegistration registration(Placement placement) {
        return new HostRegistration(
                placement.host(), placement.address(), new HostCapacity(10, 10), Map.of(), List.of());
    }

    private RoomAssignment opened(Placement host) {
        registry.ensure(ROOM, RoomSpec.defaults());
        RoomAssignment owner = ((ClaimResult.Granted) registry.claim(new Claim(ROOM, host))).assignment();
        assertThat(registry.confirm(owner)).isTrue();
        return owner;
    }
}
