package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore.Loaded;
import io.roomrouting.testkit.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** What callers see of a server in trouble. */
@ParameterizedClass
@FieldSource("io.roomrouting.redis.Engine#ALL")
class ServerFailureTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    /** What a busy machine adds to a time-out. */
    private static final Duration SLACK = Duration.ofSeconds(12);

    private final Engine engine;
    private final TcpProxy proxy;
    private final RedisDatabase database;
    private final RedisRegistry registry;

    ServerFailureTest(Engine engine) {
        this.engine = engine;
        proxy = new TcpProxy(engine.server().port());
        database = Engine.patient(Engine.uri(proxy));
        registry = registry(database);
    }

    @BeforeEach
    void empty() {
        engine.emptyDatabase().close();
        registry.list();
    }

    @AfterEach
    void close() {
        database.close();
        proxy.close();
    }

    private static RedisRegistry registry(RedisDatabase database) {
        return RedisRegistry.builder(database)
                .lease(Duration.ofMinutes(5))
                .settleTime(Duration.ZERO)
                .build();
    }

    // Out of reach

    @Test
    void nobody_there() {
        assertFailure("redis://127.0.0.1:1", "is out of reach");
    }

    @Test
    void a_server_that_is_silent_costs_the_time_out_and_not_more() {
        proxy.set(TcpProxy.Mode.SILENT);

        assertFailure(Engine.uri(proxy), "did not answer in time");

        proxy.set(TcpProxy.Mode.PASS);
        assertThat(registry.list()).isEmpty();
    }

    @Test
    void a_server_that_pauses_its_clients_costs_the_time_out_and_not_more() {
        try (RedisDatabase impatient = impatient(engine.server().uri());
                Jedis admin = engine.server().admin()) {
            RedisRegistry own = registry(impatient);
            own.list();
            admin.clientPause(TIMEOUT.toMillis() + 200);

            assertFailure(own, "did not answer in time");
        }
    }

    @Test
    void when_all_connections_are_in_use_a_call_waits_for_its_time_out_and_not_more() throws InterruptedException {
        try (RedisDatabase narrow = RedisDatabase.builder(Engine.uri(proxy))
                .connections(1)
                .timeout(TIMEOUT)
                .build()) {
            RedisRegistry own = registry(narrow);
            own.list();
            proxy.set(TcpProxy.Mode.SILENT);
            Thread other = new Thread(() -> assertFailure(own, "did not answer in time"));
            other.start();

            assertFailure(own, "did not answer in time");
            other.join();
        }
    }

    // Broken connections

    @Test
    void a_connection_that_is_lost_costs_no_failure() {
        proxy.cutAll();

        assertThat(registry.find(ROOM)).isEmpty();
        proxy.cutAll();
        assertThat(registry.create(RoomId.random(), RoomSpec.defaults()).assignment())
                .isEmpty();
    }

    @Test
    void a_claim_a_confirmation_and_a_release_whose_answers_are_lost_count_once() {
        RoomHost host = RoomHost.named("a").joined(registry);
        registry.ensure(ROOM, RoomSpec.defaults());

        proxy.loseAnswer(1);
        RoomAssignment owner = host.claimed(registry, ROOM);
        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(owner);
        proxy.loseAnswer(1);
        assertThat(registry.confirm(owner)).isTrue();
        assertThat(registry.list().get(0).assignedRooms()).isEqualTo(1);
        proxy.loseAnswer(1);
        registry.release(owner, Release.IDLE);
        assertThat(registry.list().get(0).assignedRooms()).isZero();
    }

    @Test
    void a_creation_whose_outcome_is_unknown_says_so() {
        proxy.loseAnswer(1);
        assertThat(registry.create(RoomId.random(), RoomSpec.defaults()).assignment())
                .as("the first answer shows only that the server is there")
                .isEmpty();

        RoomId room = RoomId.random();
        proxy.loseAnswer(2);
        assertThat(failureOf(() -> registry.create(room, RoomSpec.defaults()))).hasMessageContaining("is out of reach");
        assertThat(registry.find(room)).isPresent();
    }

    @Test
    void a_save_whose_answer_is_lost_is_kept_and_no_older_state_replaces_it() {
        RedisRoomStateStore store = RedisRoomStateStore.in(database);
        store.load(ROOM, new Epoch(7));
        proxy.loseAnswer(1);

        assertThat(store.save(ROOM, new Epoch(7), 1, new byte[] {1})).isTrue();

        assertThat(store.load(ROOM, new Epoch(8))).isEqualTo(new Loaded.Found(new byte[] {1}, new Epoch(7), true));
    }

    @Test
    void forgotten_scripts_are_sent_again() {
        try (Jedis admin = engine.server().admin()) {
            admin.scriptFlush();
            assertThat(registry.find(ROOM)).isEmpty();
            admin.scriptFlush();
            assertThat(RoomHost.named("a")
                            .joined(registry)
                            .opened(registry, ROOM)
                            .room())
                    .isEqualTo(ROOM);
        }
    }

    // What servers say

    @ParameterizedTest
    @CsvSource({
        "LOADING Redis is loading the dataset in memory, is still loading its data",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'., has lost its primary",
        "CLUSTERDOWN Hash slot not served, does not serve these keys",
        "MISCONF Redis is configured to save RDB snapshots, cannot save them to its disk",
        "BUSY Redis is busy running a script, is busy with another script",
        "READONLY You can't write against a read only replica., takes no writes",
        "ERR something else, has failed"
    })
    void a_server_that_refuses(String answer, String words) {
        try (FakeServer fake = new FakeServer("6.2.0", answer)) {
            assertFailure(fake.uri(), words);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6.0.16, is version 6.0.16; needed is 6.2 or newer",
        "5.0.14, is version 5.0.14; needed is 6.2 or newer",
        "'', does not tell what it is"
    })
    void a_server_that_is_too_old(String version, String words) {
        try (FakeServer fake = new FakeServer(version, "ERR nothing")) {
            assertFailure(fake.uri(), words);
        }
    }

    @Test
    void a_wrong_password_a_missing_one_and_a_database_that_is_not_there() {
        try (RedisServer closed = engine.start("--requirepass", "right")) {
            assertFailure(closed.uri().replace("//", "//:hunter2@"), "refuses the login");
            assertFailure(closed.uri(), "refuses the login");
            assertFailure(closed.uri().replace("//", "//:right@") + "/99", "does not have the database");
            try (RedisDatabase open = impatient(closed.uri().replace("//", "//:right@") + "/3")) {
                assertThat(registry(open).list()).isEmpty();
            }
        }
    }

    @Test
    void a_full_server_serves_what_is_there_and_takes_nothing_new() {
        try (RedisServer full = engine.start();
                RedisDatabase own = Engine.patient(full.uri());
                Jedis admin = full.admin()) {
            RedisRegistry rooms = registry(own);
            RedisRoomStateStore states = RedisRoomStateStore.in(own);
            RoomHost host = RoomHost.named("a").joined(rooms);
            RoomAssignment owner = host.opened(rooms, ROOM);
            admin.configSet("maxmemory", "1");

            assertThat(rooms.find(ROOM).orElseThrow().assignment()).contains(owner);
            assertThat(host.beats(rooms)).isTrue();
            assertThat(rooms.confirm(owner)).isTrue();
            assertIsFull(() -> rooms.ensure(RoomId.of("more"), RoomSpec.defaults()));
            assertIsFull(() -> states.save(ROOM, owner.epoch(), 1, new byte[100]));
            rooms.release(owner, Release.IDLE);

            admin.configSet("maxmemory", "0");
            assertThat(host.claim(rooms, ROOM)).isInstanceOf(ClaimResult.Granted.class);
        }
    }

    @Test
    void a_server_with_too_few_replicas_takes_nothing_and_renews_no_lease() {
        try (RedisServer lonely = engine.start();
                RedisDatabase own = Engine.patient(lonely.uri());
                Jedis admin = lonely.admin()) {
            RedisRegistry rooms = registry(own);
            RoomHost host = RoomHost.named("a").joined(rooms);
            admin.configSet("min-replicas-to-write", "1");

            assertThat(failureOf(() -> host.beats(rooms))).hasMessageContaining("has too few replicas");
            assertThat(failureOf(() -> rooms.ensure(ROOM, RoomSpec.defaults())))
                    .hasMessageContaining("has too few replicas");
        }
    }

    // How it is said

    private void assertFailure(String uri, String words) {
        try (RedisDatabase impatient = impatient(uri)) {
            assertFailure(registry(impatient), words);
        }
    }

    private static void assertFailure(RedisRegistry registry, String words) {
        long start = System.nanoTime();

        RoutingException.Unavailable refusal = failureOf(() -> registry.find(ROOM));

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(Duration.ofSeconds(3).plus(SLACK));
        assertThat(refusal.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining(words).hasCauseInstanceOf(JedisException.class);
        assertThat(refusal.getMessage()).doesNotContain("hunter2").doesNotContain("127.0.0.1");
        assertThat(refusal.retryAfter()).isPresent();
    }

    private static void assertIsFull(Runnable call) {
        assertThat(failureOf(call))
                .hasMessage("Redis is full")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    private static RoutingException.Unavailable failureOf(Runnable call) {
        RoutingException.Unavailable failure = catchThrowableOfType(RoutingException.Unavailable.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static RedisDatabase impatient(String uri) {
        return RedisDatabase.builder(uri).timeout(TIMEOUT).build();
    }
}
