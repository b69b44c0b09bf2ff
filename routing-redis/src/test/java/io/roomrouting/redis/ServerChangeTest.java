package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore.Loaded;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import redis.clients.jedis.Jedis;

/**
 * Redis is restarted, or replaced by a replica, and may have lost the last that it was told, or everything. Hosts live on and
 * still hold their rooms.
 */
@ParameterizedClass
@FieldSource("io.roomrouting.redis.Engine#ALL")
class ServerChangeTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Engine engine;
    private final RedisServer server;
    private final RedisDatabase database;
    private final RedisRegistry registry;
    private final RoomHost host = RoomHost.named("a");

    ServerChangeTest(Engine engine) {
        this.engine = engine;
        // With "everysec", what was answered while the disk was slow is not in the file yet when the server is killed.
        server = engine.start(
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--repl-diskless-sync",
                "yes",
                "--repl-diskless-sync-delay",
                "0");
        database = Engine.patient(server.uri());
        registry = registryOn(database);
        registry.list();
        Clock.letPass(server, LEASE);
    }

    private static RedisRegistry registryOn(RedisDatabase database) {
        return RedisRegistry.builder(database).lease(LEASE).build();
    }

    @AfterEach
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void a_new_redis_makes_new_rooms_at_once_and_others_when_it_has_settled() {
        try (RedisServer empty = engine.start();
                RedisDatabase own = Engine.patient(empty.uri())) {
            RedisRegistry fresh = registryOn(own);
            RoomHost first = RoomHost.named("a").joined(fresh);

            RoomId made = fresh.create(RoomId.random(), RoomSpec.defaults()).room();
            assertThat(fresh.confirm(first.claimed(fresh, made))).isTrue();
            assertSettling(() -> fresh.ensure(ROOM, RoomSpec.defaults()));
            assertSettling(() -> fresh.find(ROOM));
            assertSettling(() -> first.claim(fresh, ROOM));

            Clock.letPass(empty, LEASE.minusSeconds(60));
            assertThat(first.beats(fresh)).isTrue();
            assertSettling(() -> fresh.find(ROOM));
            Clock.letPass(empty, Duration.ofSeconds(60));
            assertThat(fresh.find(ROOM)).isEmpty();
            first.opened(fresh, ROOM);
        }
    }

    @Test
    void hosts_bring_their_rooms_to_a_redis_that_has_lost_everything() {
        host.joined(registry);
        RoomAssignment before = host.opened(registry, ROOM);
        restartEmpty();

        assertSettling(() -> registry.find(ROOM));
        assertSettling(() -> registry.confirm(before));
        assertThat(host.beats(registry)).isFalse();
        assertThat(host.join(registry, before)).isInstanceOf(JoinResult.Joined.class);

        assertThat(host.beats(registry)).isTrue();
        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(before);
        assertThat(registry.confirm(before)).isTrue();
        assertThat(registry.list().get(0).assignedRooms()).isEqualTo(1);
        RoomHost other = RoomHost.named("b").joined(registry);
        assertThat(other.claim(registry, ROOM)).isEqualTo(new ClaimResult.Held(before));
        registry.release(before, Release.IDLE);
        assertThat(registry.list().stream()
                        .filter(snapshot -> snapshot.host().equals(host.incarnation()))
                        .findFirst()
                        .orElseThrow()
                        .assignedRooms())
                .isZero();
    }

    @Test
    void what_nobody_has_brought_is_given_away_when_redis_has_settled_under_a_larger_epoch() {
        host.joined(registry);
        RoomAssignment before = host.opened(registry, ROOM);
        restartEmpty();
        RoomHost other = RoomHost.named("b").joined(registry);
        Clock.letPass(server, LEASE.minusSeconds(1));
        assertThat(other.beats(registry)).isTrue();
        assertSettling(() -> registry.ensure(ROOM, RoomSpec.defaults()));
        Clock.letPass(server, Duration.ofSeconds(1));

        RoomAssignment after = other.opened(registry, ROOM);

        assertThat(after.epoch().isNewerThan(before.epoch())).isTrue();
        assertThat(registry.confirm(before)).isFalse();
        assertThat(host.beats(registry)).isFalse();
        assertThat(host.join(registry, before)).isInstanceOf(JoinResult.Refused.class);
        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(after);
    }

    @Test
    void epochs_grow_beyond_those_that_hosts_have_brought_although_the_clock_was_set_back() {
        host.joined(registry);
        RoomAssignment old = host.opened(registry, ROOM);
        RoomAssignment ahead = new RoomAssignment(
                ROOM, host.incarnation(), host.address(), new Epoch(old.epoch().value() << 1));
        restartEmpty();
        registry.list();
        assertThat(host.join(registry, ahead)).isInstanceOf(JoinResult.Joined.class);

        registry.release(ahead, Release.IDLE);

        assertThat(host.claimed(registry, ROOM).epoch().isNewerThan(ahead.epoch()))
                .isTrue();
    }

    @Test
    void a_redis_that_keeps_its_data_goes_on_where_it_was() {
        host.joined(registry);
        RoomAssignment owner = host.opened(registry, ROOM);
        RedisRoomStateStore states = RedisRoomStateStore.in(database);
        states.save(ROOM, owner.epoch(), 1, new byte[] {7});
        registry.mark(host.incarnation(), HostState.DRAINING);
        server.kill();
        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> registry.find(ROOM))
                .withMessageContaining("is out of reach");
        server.start();

        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(owner);
        assertSettling(() -> registry.confirm(owner));
        assertThat(host.beats(registry)).isFalse();
        assertThat(host.join(registry, owner)).isInstanceOf(JoinResult.Joined.class);

        assertThat(registry.confirm(owner)).isTrue();
        assertThat(registry.list().get(0).state()).isEqualTo(HostState.DRAINING);
        assertThat(registry.list().get(0).assignedRooms()).isEqualTo(1);
        assertThat(states.load(ROOM, owner.epoch())).isEqualTo(new Loaded.Found(new byte[] {7}, owner.epoch(), true));
    }

    @Test
    void a_room_that_its_host_has_not_brought_along_has_no_owner_once_redis_has_settled() {
        host.joined(registry);
        RoomAssignment kept = host.opened(registry, ROOM);
        RoomAssignment closed = host.opened(registry, RoomId.of("closed"));
        restart();
        assertThat(host.join(registry, kept)).isInstanceOf(JoinResult.Joined.class);
        assertSettling(() -> registry.confirm(closed));
        RoomHost other = RoomHost.named("b").joined(registry);
        assertThat(other.claim(registry, closed.room())).isEqualTo(new ClaimResult.Held(closed));
        Clock.letPass(server, LEASE.dividedBy(2));
        assertThat(host.beats(registry) && other.beats(registry)).isTrue();
        Clock.letPass(server, LEASE.dividedBy(2));

        assertThat(registry.confirm(closed)).isFalse();
        assertThat(registry.find(closed.room()).orElseThrow().assignment()).isEmpty();
        assertThat(other.opened(registry, closed.room()).epoch().isNewerThan(closed.epoch()))
                .isTrue();
        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(kept);
    }

    @Test
    void a_host_that_has_not_told_yet_takes_no_rooms() {
        host.joined(registry);
        restart();
        RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();

        assertThat(registry.list().get(0).state()).isEqualTo(HostState.DRAINING);
        assertThat(host.claim(registry, room)).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.DRAINING));

        host.joined(registry);
        assertThat(registry.list().get(0).state()).isEqualTo(HostState.ACTIVE);
        host.claimed(registry, room);
    }

    @Test
    void of_two_hosts_that_bring_the_same_room_the_one_with_the_newest_epoch_has_it() {
        host.joined(registry);
        RoomAssignment older = host.opened(registry, ROOM);
        RoomHost other = RoomHost.named("b").joined(registry);
        RoomAssignment newer = new RoomAssignment(
                ROOM,
                other.incarnation(),
                other.address(),
                new Epoch(older.epoch().value() + 1));
        RoomHost third = RoomHost.named("c");
        restartEmpty();

        assertThat(other.join(registry, newer)).isInstanceOf(JoinResult.Joined.class);
        assertThat(host.join(registry, older)).isInstanceOf(JoinResult.Refused.class);
        assertThat(third.join(registry, new RoomAssignment(ROOM, third.incarnation(), third.address(), newer.epoch())))
                .isInstanceOf(JoinResult.Refused.class);

        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(newer);
        assertThat(registry.list()).hasSize(1);
    }

    @Test
    void a_room_that_its_host_gave_back_while_it_joined_is_not_given_to_it_again() {
        host.joined(registry);
        RoomAssignment own = host.opened(registry, ROOM);
        restart();
        registry.release(own, Release.IDLE);

        assertThat(host.join(registry, own)).isInstanceOf(JoinResult.Joined.class);

        assertThat(registry.find(ROOM).orElseThrow().assignment()).isEmpty();
        assertThat(registry.list().get(0).assignedRooms()).isZero();
    }

    @Test
    void a_claim_of_which_the_last_server_knew_gives_no_place_back_when_it_lapses() {
        host.joined(registry);
        registry.ensure(ROOM, RoomSpec.defaults());
        host.claimed(registry, ROOM);
        restart();
        host.joined(registry);

        Clock.letPass(server, Duration.ofMinutes(2));

        assertThat(registry.list().get(0).assignedRooms()).isZero();
    }

    @Test
    void without_a_settle_time_every_life_ends_with_the_server() {
        RedisRegistry hasty = RedisRegistry.builder(database)
                .lease(LEASE)
                .settleTime(Duration.ZERO)
                .build();
        host.joined(hasty);
        RoomAssignment own = host.opened(hasty, ROOM);
        server.kill();
        server.start();

        assertThat(host.beats(hasty)).isFalse();
        assertThat(host.join(hasty, own)).isInstanceOf(JoinResult.Refused.class);
        assertThat(hasty.confirm(own)).isFalse();
        RoomHost.named("a").joined(hasty).opened(hasty, ROOM);
    }

    @Test
    void a_claim_that_the_replica_has_not_seen_is_brought_along_and_nobody_else_gets_the_room() {
        try (Replica replica = new Replica()) {
            host.joined(registry);
            RoomHost other = RoomHost.named("b").joined(registry);
            registry.ensure(ROOM, RoomSpec.defaults());
            replica.catchUp();
            replica.loseTouch();
            RoomAssignment lost = host.claimed(registry, ROOM);
            assertThat(registry.confirm(lost)).isTrue();
            RedisRoomStateStore.in(database).save(ROOM, lost.epoch(), 1, new byte[] {1});

            replica.takeOver();
            RedisRegistry promoted = replica.registry;

            assertThat(promoted.find(ROOM).orElseThrow().assignment()).isEmpty();
            assertSettling(() -> other.claim(promoted, ROOM));
            assertSettling(() -> promoted.confirm(lost));
            assertThat(host.join(promoted, lost)).isInstanceOf(JoinResult.Joined.class);
            assertThat(other.claim(promoted, ROOM)).isEqualTo(new ClaimResult.Held(lost));
            assertThat(promoted.confirm(lost)).isTrue();
        }
    }

    @Test
    void an_owner_whose_claim_was_lost_and_who_comes_too_late_is_refused_and_fenced() {
        try (Replica replica = new Replica()) {
            host.joined(registry);
            RoomHost other = RoomHost.named("b").joined(registry);
            registry.ensure(ROOM, RoomSpec.defaults());
            replica.catchUp();
            replica.loseTouch();
            RoomAssignment lost = host.claimed(registry, ROOM);
            assertThat(registry.confirm(lost)).isTrue();
            replica.takeOver();
            RedisRegistry promoted = replica.registry;
            RedisRoomStateStore states = RedisRoomStateStore.in(replica.database);
            promoted.list();
            assertThat(other.join(promoted)).isInstanceOf(JoinResult.Joined.class);
            Clock.letPass(replica.server, LEASE.minusSeconds(1));
            assertThat(other.beats(promoted)).isTrue();
            Clock.letPass(replica.server, Duration.ofSeconds(1));

            RoomAssignment next = other.claimed(promoted, ROOM);
            assertThat(promoted.confirm(next)).isTrue();
            assertThat(next.epoch().isNewerThan(lost.epoch())).isTrue();
            states.load(ROOM, next.epoch());

            assertThat(promoted.confirm(lost)).isFalse();
            assertThat(host.join(promoted, lost)).isInstanceOf(JoinResult.Refused.class);
            assertThat(states.save(ROOM, lost.epoch(), 2, new byte[] {2})).isFalse();
            assertThat(promoted.find(ROOM).orElseThrow().assignment()).contains(next);
        }
    }

    @Test
    void an_ownership_that_the_replica_still_believes_in_gives_way_to_the_newer_one_that_it_has_not_seen() {
        try (Replica replica = new Replica()) {
            host.joined(registry);
            RoomHost other = RoomHost.named("b").joined(registry);
            RoomAssignment former = host.opened(registry, ROOM);
            replica.catchUp();
            replica.loseTouch();
            registry.release(former, Release.IDLE);
            RoomAssignment current = other.opened(registry, ROOM);
            replica.takeOver();
            RedisRegistry promoted = replica.registry;

            assertThat(promoted.find(ROOM).orElseThrow().assignment()).contains(former);
            assertSettling(() -> promoted.confirm(former));
            promoted.release(former, Release.IDLE);
            assertSettling(() -> host.claim(promoted, ROOM));
            assertThat(host.join(promoted)).isInstanceOf(JoinResult.Joined.class);
            assertThat(other.join(promoted, current)).isInstanceOf(JoinResult.Joined.class);

            assertThat(promoted.find(ROOM).orElseThrow().assignment()).contains(current);
            assertThat(promoted.confirm(former)).isFalse();
        }
    }

    @Test
    void a_server_that_has_become_a_replica_is_left_for_the_one_that_takes_writes() {
        try (RedisServer second = engine.start();
                RedisDatabase both = Engine.patient(server.uri() + "," + "127.0.0.1:" + second.port())) {
            RedisRegistry rooms = registryOn(both);
            rooms.list();
            try (Jedis demoted = server.admin()) {
                demoted.replicaof("127.0.0.1", second.port());
            }
            Clock.letPass(second, Duration.ZERO);

            RoomId room = rooms.create(RoomId.random(), RoomSpec.defaults()).room();

            try (Jedis admin = second.admin()) {
                assertThat(admin.exists("{rooms}:room:" + room)).isTrue();
            }
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> registry.find(ROOM))
                    .withMessageContaining("it is a replica");
        }
    }

    private void restartEmpty() {
        server.kill();
        server.forget();
        server.start();
    }

    /** Nothing is lost. */
    private void restart() {
        server.kill();
        server.start();
        registry.list();
    }

    private static void assertSettling(Runnable call) {
        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(call::run)
                .withMessageContaining("does not know all rooms yet")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE));
    }

    /** Follows the server until it loses touch, and then takes its place with what it has. */
    private final class Replica implements AutoCloseable {

        private final RedisServer server =
                engine.start("--replicaof", "127.0.0.1", Integer.toString(ServerChangeTest.this.server.port()));
        private final RedisDatabase database = Engine.patient(server.uri());
        private final RedisRegistry registry = registryOn(database);

        void catchUp() {
            try (Jedis primary = ServerChangeTest.this.server.admin()) {
                primary.set("the last", "that the replica sees");
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> primary.waitReplicas(1, 100) == 1);
            }
        }

        /** What the primary does from now on is lost with it. */
        void loseTouch() {
            try (Jedis admin = server.admin()) {
                admin.replicaof("127.0.0.1", 1);
            }
        }

        void takeOver() {
            ServerChangeTest.this.server.kill();
            try (Jedis admin = server.admin()) {
                admin.replicaofNoOne();
            }
        }

        @Override
        public void close() {
            database.close();
            server.close();
        }
    }
}
