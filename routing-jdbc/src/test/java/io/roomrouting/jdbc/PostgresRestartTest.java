package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostState;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is stopped and started again under a registry. */
class PostgresRestartTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void what_was_acknowledged_is_there_after_a_restart_and_everything_goes_on_by_itself() throws IOException {
        EmbeddedPostgres first = start(0);
        int port = first.getPort();
        try (HikariDataSource pool = Engine.pool(first.getJdbcUrl("postgres", "postgres"))) {
            pool.setConnectionTimeout(500);
            JdbcRegistry registry = JdbcRegistry.builder(JdbcDatabase.of(pool).withTimeout(Duration.ofSeconds(2)))
                    .lease(Duration.ofMinutes(5))
                    .build();
            HostIncarnation host = HostIncarnation.next(HostId.of("a"));
            HostAddress address = new HostAddress("a.example.com", 8000, false);
            registry.join(new HostRegistration(host, address, new HostCapacity(10, 10), Map.of(), List.of()));
            RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
            Claim claim = new Claim(room, new Placement(host, address, Optional.empty(), "for a test"));
            RoomAssignment before = ((ClaimResult.Granted) registry.claim(claim)).assignment();
            assertThat(registry.confirm(before)).isTrue();

            first.close();
            assertThatExceptionOfType(RoutingException.Unavailable.class).isThrownBy(() -> registry.find(room));

            try (EmbeddedPostgres second = start(port)) {
                assertThat(second.getPort()).isEqualTo(port);
                await().atMost(Duration.ofMinutes(1))
                        .ignoreExceptionsInstanceOf(RoutingException.Unavailable.class)
                        .until(() -> registry.heartbeat(host, HostLoad.NONE, HostState.ACTIVE)
                                instanceof HeartbeatResult.Renewed);

                assertThat(registry.find(room).orElseThrow().assignment()).contains(before);
                registry.release(before, Release.IDLE);
                RoomAssignment after = ((ClaimResult.Granted) registry.claim(claim)).assignment();
                assertThat(after.epoch().isNewerThan(before.epoch())).isTrue();
            }
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        Path jar = Path.of(System.getProperty("postgres.directory"), "newest.jar");
        return PostgresServer.builder(jar)
                .setPort(port)
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }
}
