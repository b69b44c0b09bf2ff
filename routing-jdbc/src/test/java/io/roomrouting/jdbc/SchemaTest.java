package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
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

        Threads.together(PROCESSES, i -> process.get().ensure(RoomId.of("room-" + i), RoomSpec.defaults()));

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
