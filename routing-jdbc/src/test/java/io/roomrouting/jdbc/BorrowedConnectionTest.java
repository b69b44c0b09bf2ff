package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostSnapshot;
import io.roomrouting.Placement;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.testkit.Together;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/** An application's connections may be set up in its own way: that changes nothing, and stays so. */
@ParameterizedClass
@FieldSource("io.roomrouting.jdbc.Engine#KINDS")
class BorrowedConnectionTest {

    private final Engine engine;

    BorrowedConnectionTest(Engine engine) {
        this.engine = engine;
    }

    @Test
    void a_connection_goes_back_as_it_came() throws SQLException {
        engine.emptyDatabase();
        try (Connection connection = engine.connections().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setNetworkTimeout(Runnable::run, 12_345);
            int networkTimeout = connection.getNetworkTimeout();
            int queryTimeout = statement.getQueryTimeout();
            JdbcRegistry registry = JdbcRegistry.create(single(connection));

            RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
            registry.claim(new Claim(room, placement("a")));

            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getNetworkTimeout()).isEqualTo(networkTimeout);
            assertThat(statement.getQueryTimeout()).isEqualTo(queryTimeout);
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void capacity_holds_whatever_isolation_the_connections_come_with() {
        engine.emptyDatabase();
        int claims = 8;
        HikariConfig serializable = new HikariConfig();
        serializable.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        try (HikariDataSource strict = Engine.pool(engine.url(), serializable)) {
            JdbcRegistry registry = JdbcRegistry.builder(JdbcDatabase.of(strict).withTimeout(Duration.ofSeconds(20)))
                    .lease(Duration.ofMinutes(5))
                    .build();
            Placement host = placement("a");
            registry.join(
                    new HostRegistration(host.host(), host.address(), new HostCapacity(3, 10), Map.of(), List.of()));
            List<RoomId> rooms = IntStream.range(0, claims)
                    .mapToObj(i -> registry.create(RoomId.random(), RoomSpec.defaults())
                            .room())
                    .toList();

            List<ClaimResult> results = Together.run(claims, i -> registry.claim(new Claim(rooms.get(i), host)));

            assertThat(results)
                    .filteredOn(ClaimResult.Granted.class::isInstance)
                    .hasSize(3);
            assertThat(registry.list()).extracting(HostSnapshot::assignedRooms).containsExactly(3);
        }
    }

    private static Placement placement(String name) {
        return new Placement(
                HostIncarnation.next(HostId.of(name)),
                new HostAddress(name + ".example.com", 8000, false),
                Optional.empty(),
                "for a test");
    }

    /** Hands out one connection again and again, and does not let it be closed. */
    private static DataSource single(Connection real) {
        Object unclosable = Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> method.getName().equals("close") ? null : method.invoke(real, arguments));
        Object source = Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> unclosable);
        return (DataSource) source;
    }
}
