package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.TcpProxy;
import io.roomrouting.testkit.TcpProxy.Mode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL that is cut off, slow, forbidding or full: what callers see meanwhile and afterwards. */
class PostgresOutageTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final RoomId ROOM = RoomId.of("lobby");

    /** Time-out, grace, the pool's own wait, and a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private final Engine engine = Engine.NEWEST_POSTGRES;

    @SuppressWarnings("NullAway.Init")
    private TcpProxy proxy;

    @SuppressWarnings("NullAway.Init")
    private HikariDataSource pool;

    @SuppressWarnings("NullAway.Init")
    private JdbcRegistry registry;

    @BeforeEach
    void connectThroughTheProxy() throws IOException {
        engine.emptyDatabase();
        URI direct = URI.create(engine.url().substring("jdbc:".length()));
        proxy = new TcpProxy(direct.getPort());
        pool = pool("jdbc:postgresql://127.0.0.1:" + proxy.port() + direct.getPath() + "?" + direct.getQuery());
        registry = registry(pool);
        registry.ensure(ROOM, RoomSpec.defaults());
    }

    @AfterEach
    void disconnect() throws IOException {
        pool.close();
        proxy.close();
    }

    @Test
    void a_server_that_falls_silent_costs_no_more_than_the_time_out_and_comes_back_by_itself() {
        proxy.set(Mode.SILENT);

        assertThat(refusal(registry).code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);

        proxy.set(Mode.PASS);
        comesBack(registry);
    }

    @Test
    void a_server_that_takes_two_seconds_for_each_answer_is_given_up_in_time() {
        proxy.set(Mode.SLOW);

        assertThat(refusal(registry).code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);

        proxy.set(Mode.PASS);
        comesBack(registry);
    }

    @Test
    void connections_that_break_in_the_middle_of_a_statement_are_replaced() throws IOException {
        proxy.set(Mode.REFUSE);
        assertThat(refusal(registry)).hasMessageContaining("is out of reach");

        proxy.set(Mode.PASS);
        comesBack(registry);

        proxy.cutAll();
        comesBack(registry);
    }

    @Test
    void a_statement_that_waits_for_a_lock_is_given_up_in_time_and_changes_nothing_afterwards() throws Exception {
        try (var connection = engine.connections().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE routing_room IN ACCESS EXCLUSIVE MODE");

            assertThat(refusal(registry)).hasMessageContaining("did not answer in time");

            connection.rollback();
        }
        comesBack(registry);
    }

    @Test
    void a_database_that_takes_no_writes_is_read_and_says_so() {
        try (HikariDataSource readOnly = pool(engine.url())) {
            readOnly.setConnectionInitSql("SET default_transaction_read_only = on");
            JdbcRegistry reader = registry(readOnly);

            assertThat(reader.find(ROOM)).isPresent();
            assertThat(catchThrowableOfType(
                            RoutingException.Unavailable.class,
                            () -> reader.create(RoomId.random(), RoomSpec.defaults())))
                    .hasMessageContaining("takes no writes");
        }
    }

    @Test
    void a_login_that_is_refused_says_so() {
        engine.execute("DROP ROLE IF EXISTS stranger");
        engine.execute("CREATE ROLE stranger NOLOGIN PASSWORD 'hunter2'");

        assertThat(refusalOf("stranger")).hasMessageContaining("refuses the login");
    }

    @Test
    void an_account_with_too_few_rights_says_so() {
        engine.execute("DROP ROLE IF EXISTS clerk");
        engine.execute("CREATE ROLE clerk LOGIN");

        RoutingException refusal = refusalOf("clerk");

        assertThat(refusal.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        assertThat(refusal.getMessage()).matches(".*(does not allow|has tables of version 0).*");
    }

    @Test
    void a_server_without_a_free_connection_says_so() {
        engine.execute("DROP ROLE IF EXISTS crowd");
        engine.execute("CREATE ROLE crowd LOGIN CONNECTION LIMIT 0");

        assertThat(refusalOf("crowd")).hasMessageContaining("is full or out of resources");
    }

    private RoutingException refusalOf(String user) {
        try (HikariDataSource own = pool(engine.url().replace("user=postgres", "user=" + user))) {
            return refusal(JdbcRegistry.builder(
                            JdbcDatabase.of(own).withTimeout(TIMEOUT).withExistingTables())
                    .build());
        }
    }

    private static JdbcRegistry registry(HikariDataSource pool) {
        return JdbcRegistry.builder(JdbcDatabase.of(pool).withTimeout(TIMEOUT)).build();
    }

    private static HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(1_000);
        pool.setValidationTimeout(500);
        return pool;
    }

    private static RoutingException.Unavailable refusal(JdbcRegistry registry) {
        long start = System.nanoTime();
        RoutingException.Unavailable refusal =
                catchThrowableOfType(RoutingException.Unavailable.class, () -> registry.find(ROOM));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).doesNotContain("hunter2").doesNotContain("127.0.0.1");
        return refusal;
    }

    private static void comesBack(JdbcRegistry registry) {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(RoutingException.Unavailable.class)
                .until(() -> registry.find(ROOM).isPresent());
    }
}
