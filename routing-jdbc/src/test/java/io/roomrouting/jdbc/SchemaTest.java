package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Deadline;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import io.roomrouting.testkit.Together;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/** Databases without tables, or with others than this library's. */
@ParameterizedClass
@FieldSource("io.roomrouting.jdbc.Engine#KINDS")
class SchemaTest {

    private static final int PROCESSES = 6;
    private static final int ROOMS = 2_000;

    private final Engine engine;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HikariDataSource fresh;

    SchemaTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void makeDatabase() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        if (engine == Engine.H2) {
            fresh = Engine.pool("jdbc:h2:file:" + directory.resolve(name) + ";AUTO_SERVER=TRUE");
        } else {
            engine.execute("CREATE DATABASE " + name);
            fresh = Engine.pool(engine.url().replace("/postgres?", "/" + name + "?"));
        }
    }

    @AfterEach
    void close() {
        fresh.close();
    }

    @Test
    void processes_that_start_at_once_make_the_tables_once() {
        Supplier<JdbcRegistry> process =
                () -> JdbcRegistry.builder(JdbcDatabase.of(fresh).withTimeout(Duration.ofSeconds(30)))
                        .build();

        Together.run(PROCESSES, i -> process.get().ensure(RoomId.of("room-" + i), RoomSpec.defaults()));

        assertThat(process.get().find(RoomId.of("room-0"))).isPresent();
        assertThat(process.get().find(RoomId.of("room-5"))).isPresent();
        assertThat(number("SELECT COUNT(*) FROM routing_schema")).isEqualTo(Schema.VERSION);
    }

    @Test
    void epochs_go_on_growing_when_another_process_prepares_the_database_again() {
        JdbcRegistry first = JdbcRegistry.create(fresh);
        RoomId room = first.create(RoomId.random(), RoomSpec.defaults()).room();
        long before = epoch(first, room);

        JdbcDatabase.of(fresh).prepare();
        JdbcRegistry second = JdbcRegistry.create(fresh);

        assertThat(epoch(
                        second,
                        second.create(RoomId.random(), RoomSpec.defaults()).room()))
                .isEqualTo(before + 1);
    }

    @Test
    void the_first_epoch_is_where_a_registry_in_memory_would_be_by_now() {
        JdbcRegistry registry = JdbcRegistry.create(fresh);

        long epoch = epoch(
                registry, registry.create(RoomId.random(), RoomSpec.defaults()).room());

        long millis = epoch / 1_024;
        assertThat(Math.abs(millis - System.currentTimeMillis())).isLessThan(60_000);
    }

    @Test
    void tables_of_a_newer_library_are_refused_with_both_versions() {
        JdbcDatabase.of(fresh).prepare();
        number("SELECT COUNT(*) FROM routing_schema");
        execute("INSERT INTO routing_schema (version, applied_at) VALUES (99, 0)");
        JdbcRegistry older = JdbcRegistry.create(fresh);

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(older::list)
                .withMessage("the database has tables of version 99, and this library knows versions up to "
                        + Schema.VERSION + ": use a newer one");
    }

    @Test
    void an_account_that_may_not_make_tables_uses_those_that_are_there() {
        JdbcDatabase careful = JdbcDatabase.of(fresh).withExistingTables();
        JdbcRegistry registry = JdbcRegistry.builder(careful).build();
        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(registry::list)
                .withMessageContaining("needs version " + Schema.VERSION);

        JdbcDatabase.of(fresh).prepare();

        assertThat(registry.list()).isEmpty();
    }

    @Test
    void a_filled_database_of_version_1_is_brought_up_to_date_by_processes_that_start_at_once() {
        fillAsVersion1();

        List<Optional<RoomRecord>> found =
                Together.run(PROCESSES, i -> patient().find(RoomId.of("room-" + i)));

        assertThat(found)
                .allMatch(room ->
                        room.orElseThrow().assignment().orElseThrow().epoch().value() == 7);
        assertThat(number("SELECT COUNT(*) FROM routing_schema")).isEqualTo(Schema.VERSION);
        JdbcRegistry registry = JdbcRegistry.create(fresh);
        assertThat(registry.list()).hasSize(1).allSatisfy(host -> {
            assertThat(host.assignedRooms()).isEqualTo(ROOMS);
            assertThat(host.expectedConnections()).isZero();
            assertThat(host.age()).isGreaterThan(Duration.ofDays(1));
        });
        assertThat(registry.list(new RoomQuery(RoomFilter.everyRoom(), 0, Optional.empty(), 100))
                        .rooms())
                .isEmpty();
        RoomId room = RoomId.of("room-7");
        SeatWish wish = SeatWish.of(UserId.of("alice"), Duration.ofMinutes(1));
        assertThat(registry.reserve(room, wish)).isInstanceOf(SeatResult.Reserved.class);
        RoomAssignment owned = registry.find(room).orElseThrow().assignment().orElseThrow();
        assertThat(registry.confirm(owned)).isTrue();
        registry.release(owned, RoomOwnership.Release.CLOSED);
        assertThat(number("SELECT COUNT(*) FROM routing_seat")).isZero();
    }

    /** The statements are those of version 1. */
    @Test
    void a_process_that_works_with_version_1_goes_on_after_others_have_brought_the_tables_up_to_date() {
        fillAsVersion1();
        JdbcRegistry registry = patient();
        HostIncarnation host = registry.list().get(0).host();
        Placement placement =
                new Placement(host, new HostAddress("a.example.com", 8000, false), Optional.empty(), "for a test");
        RoomSpec open =
                RoomSpec.defaults().withVisibility(RoomVisibility.PUBLIC).withMaxClients(2);
        RoomId room = registry.create(RoomId.random(), open).room();
        RoomAssignment before = ((ClaimResult.Granted) registry.claim(new Claim(room, placement))).assignment();
        SeatWish both = new SeatWish(Set.of(UserId.of("alice"), UserId.of("bob")), Duration.ofMinutes(1));
        assertThat(registry.reserve(room, both)).isInstanceOf(SeatResult.Reserved.class);
        assertThat(registry.list().get(0).expectedConnections()).isEqualTo(1);
        registry.release(before, RoomOwnership.Release.IDLE);

        execute("INSERT INTO routing_room (id, type, region, max_clients, metadata, vacant_from)"
                + " VALUES ('old', 'default', NULL, NULL, '', {now})");
        execute("UPDATE routing_host SET lease_until = GREATEST(lease_until, {now} + 20000000), load_rooms = 1,"
                + " load_connections = 1, wants_to_drain = FALSE WHERE id = 1");
        execute("UPDATE routing_room SET epoch = {next_epoch}, owner_name = 'host', owner_nonce = '1',"
                + " address_host = 'a.example.com', address_port = 8000, address_secure = FALSE, lease = 1,"
                + " vacant_from = {now} + 100000 WHERE id = '" + room + "'");

        assertThat(registry.find(RoomId.of("old")).orElseThrow().spec().visibility())
                .isEqualTo(RoomVisibility.PRIVATE);
        assertThat(registry.list().get(0).expectedConnections()).isZero();
        assertThat(registry.list(new RoomQuery(RoomFilter.everyRoom(), 2, Optional.empty(), 100))
                        .rooms())
                .extracting(RoomListing::room)
                .containsExactly(room);
        SeatWish others = new SeatWish(Set.of(UserId.of("carol"), UserId.of("dave")), Duration.ofMinutes(1));
        assertThat(registry.reserve(room, others)).isInstanceOf(SeatResult.Reserved.class);
        assertThat(number("SELECT COUNT(*) FROM routing_seat")).isEqualTo(2);
    }

    private JdbcRegistry patient() {
        return JdbcRegistry.builder(JdbcDatabase.of(fresh).withTimeout(Duration.ofSeconds(30)))
                .build();
    }

    private void fillAsVersion1() {
        Deadline deadline = Deadline.in(TimeSource.system(), Duration.ofSeconds(30));
        try (Connection connection = fresh.getConnection();
                Call call = KnownDatabase.lookAt(connection).call(connection, deadline)) {
            new Schema(call, 1).prepare(true);
            call.update(Sql.of("""
                    INSERT INTO routing_host (name, nonce, address_host, address_port, address_secure, capacity_rooms,
                        capacity_connections, labels, load_rooms, load_connections, wants_to_drain, ordered_to_drain,
                        confirmed_rooms, lease_until, ended)
                    VALUES ('host', '1', 'a.example.com', 8000, FALSE, 5000, 5000, 'region=eu', 1, 0, FALSE, FALSE, %d,
                        {now} + 10000000, FALSE)""".formatted(ROOMS)));
            List<@Nullable Object[]> rooms = new ArrayList<>();
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(new @Nullable Object[] {"room-" + i});
            }
            call.updateAll(Sql.of("""
                            INSERT INTO routing_room (id, type, max_clients, metadata, epoch, owner_name, owner_nonce,
                                address_host, address_port, address_secure, lease, vacant_from)
                            VALUES (?, 'chess', 4, 'a=1', 7, 'host', '1', 'a.example.com', 8000, FALSE, 1, NULL)"""), rooms);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static long epoch(JdbcRegistry registry, RoomId room) {
        Placement placement = new Placement(
                HostIncarnation.next(HostId.of("a")),
                new HostAddress("a.example.com", 8000, false),
                Optional.of(Duration.ofMinutes(1)),
                "for a test");
        return ((ClaimResult.Granted) registry.claim(new Claim(room, placement)))
                .assignment()
                .epoch()
                .value();
    }

    private long number(String query) {
        return JdbcDatabase.of(fresh)
                .run(call -> call.first(Sql.of(query), row -> row.getLong(1)).orElseThrow());
    }

    private void execute(String change) {
        JdbcDatabase.of(fresh).run(call -> call.update(Sql.of(change)));
    }
}
