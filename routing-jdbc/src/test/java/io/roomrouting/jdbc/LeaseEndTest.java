package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.roomrouting.RoomSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/** The end of a lease, on the database's real clock. */
@ParameterizedClass
@FieldSource("io.roomrouting.jdbc.Engine#KINDS")
class LeaseEndTest {

    private static final Duration LEASE = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Engine engine;
    private final JdbcRegistry registry;

    /** Its heartbeats extend a lease by so much that it does not end within a test. */
    private final JdbcRegistry generous;

    private final ExecutorService executor = Executors.newCachedThreadPool();

    LeaseEndTest(Engine engine) {
        this.engine = engine;
        registry = JdbcRegistry.builder(engine.database()).lease(LEASE).build();
        generous = JdbcRegistry.builder(engine.database())
                .lease(Duration.ofMinutes(5))
                .build();
    }

    @BeforeEach
    void empty() {
        engine.emptyDatabase();
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void a_host_that_is_not_heard_of_loses_its_rooms_when_its_time_has_passed() {
        RoomAssignment owner = opened("a");

        await().atMost(PATIENCE).until(() -> registry.list().isEmpty());

        assertThat(registry.find(owner.room()).orElseThrow().assignment()).isEmpty();
        assertThat(beats(owner.owner())).isFalse();
    }

    @Test
    void a_heartbeat_that_was_held_up_beyond_the_end_of_its_lease_never_revives_what_somebody_else_was_given()
            throws Exception {
        RoomAssignment owner = opened("a");
        CompletableFuture<Boolean> heartbeat;
        CompletableFuture<ClaimResult> rival;
        try (Connection connection = engine.connections().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT * FROM routing_host WHERE name = 'a' FOR UPDATE");
            heartbeat = CompletableFuture.supplyAsync(() -> beats(owner.owner()), executor);
            await().atMost(PATIENCE).until(() -> registry.list().isEmpty());
            rival = CompletableFuture.supplyAsync(() -> claim("b", owner.room()), executor);
            // Both wait now, or will; whichever comes first, the other must see it.
            connection.commit();
            connection.setAutoCommit(true);
        }

        boolean renewed = heartbeat.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        boolean granted = rival.get(PATIENCE.toSeconds(), TimeUnit.SECONDS) instanceof ClaimResult.Granted;

        assertThat(renewed && granted).isFalse();
        if (granted) {
            assertThat(beats(owner.owner())).isFalse();
        }
    }

    @Test
    void once_a_room_was_given_to_somebody_else_no_clock_brings_the_former_lease_back() throws SQLException {
        RoomAssignment owner = opened("a");
        await().atMost(PATIENCE).until(() -> registry.list().isEmpty());
        assertThat(claim("b", owner.room())).isInstanceOf(ClaimResult.Granted.class);

        // As if the clock of the database had been set back.
        engine.execute("UPDATE routing_host SET lease_until = lease_until + 3600000 WHERE name = 'a'");

        assertThat(beats(owner.owner())).isFalse();
        assertThat(registry.confirm(owner)).isFalse();
    }

    private RoomAssignment opened(String host) {
        RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
        RoomAssignment owner = ((ClaimResult.Granted) claim(host, room)).assignment();
        assertThat(registry.confirm(owner)).isTrue();
        return owner;
    }

    private ClaimResult claim(String name, RoomId room) {
        HostIncarnation host = HostIncarnation.next(HostId.of(name));
        HostAddress address = new HostAddress(name + ".example.com", 8000, false);
        registry.join(new HostRegistration(host, address, new HostCapacity(10, 10), Map.of(), List.of()));
        return registry.claim(new Claim(room, new Placement(host, address, Optional.empty(), "for a test")));
    }

    private boolean beats(HostIncarnation host) {
        return generous.heartbeat(host, HostLoad.NONE, HostState.ACTIVE) instanceof HeartbeatResult.Renewed;
    }
}
