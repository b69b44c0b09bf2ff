package io.roomrouting.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The databases that everything is tested on. Each is started once, when it is first needed, and ends with the tests. */
final class Engine {

    static final Engine H2 = new Engine("H2", Engine::h2);
    static final Engine OLDEST_POSTGRES = new Engine("oldest PostgreSQL", () -> postgres("oldest"));
    static final Engine NEWEST_POSTGRES = new Engine("newest PostgreSQL", () -> postgres("newest"));

    static final List<Engine> ALL = List.of(H2, OLDEST_POSTGRES, NEWEST_POSTGRES);

    /** One of each kind, where the versions make no difference. */
    static final List<Engine> KINDS = List.of(H2, NEWEST_POSTGRES);

    private static final List<String> TABLES = List.of(
            "routing_host", "routing_seat", "routing_room", "routing_room_state", "routing_history", "routing_message");

    private static final List<String> TIMES = List.of(
            "routing_host.lease_until",
            "routing_host.joined_at",
            "routing_host.expected_under",
            "routing_room.vacant_from",
            "routing_seat.ends_at",
            "routing_room_state.changed_at",
            "routing_history.changed_at",
            "routing_message.written_at");

    private final String name;
    private final Supplier<HikariDataSource> start;
    private @Nullable HikariDataSource connections;

    private Engine(String name, Supplier<HikariDataSource> start) {
        this.name = name;
        this.start = start;
    }

    /** A pool of connections to it. */
    synchronized HikariDataSource connections() {
        HikariDataSource pool = connections;
        if (pool == null) {
            pool = start.get();
            connections = pool;
        }
        return pool;
    }

    String url() {
        return connections().getJdbcUrl();
    }

    JdbcDatabase database() {
        return JdbcDatabase.of(connections()).withTimeout(Duration.ofSeconds(20));
    }

    /** The same, without anything in its tables. */
    JdbcDatabase emptyDatabase() {
        JdbcDatabase database = database();
        database.prepare();
        TABLES.forEach(table -> execute("DELETE FROM " + table));
        execute("UPDATE routing_state_floor SET floor = 0");
        return database;
    }

    /** Lets time pass for all that is kept: as only differences to the present count, the past is moved away instead. */
    void letPass(Duration duration) {
        for (String time : TIMES) {
            String table = time.substring(0, time.indexOf('.'));
            String column = time.substring(time.indexOf('.') + 1);
            execute("UPDATE " + table + " SET " + column + " = " + column + " - " + duration.toMillis());
        }
    }

    void execute(String sql) {
        try (Connection connection = connections().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static HikariDataSource h2() {
        try {
            String file = Files.createTempDirectory(Path.of("target"), "h2-")
                    .toAbsolutePath()
                    .resolve("rooms")
                    .toString();
            return pool("jdbc:h2:file:" + file + ";AUTO_SERVER=TRUE");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HikariDataSource postgres(String version) {
        EmbeddedPostgres server = PostgresServer.start(version);
        return pool(server.getJdbcUrl("postgres", "postgres"));
    }

    static HikariDataSource pool(String url) {
        return pool(url, new HikariConfig());
    }

    static HikariDataSource pool(String url, HikariConfig config) {
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }

    @Override
    public String toString() {
        return name;
    }
}
