package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.roomrouting.Epoch;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Two nodes of a Redis Cluster, of which one has all the keys, and the other one is the one that was told. */
class ClusterTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final int SLOT = JedisClusterCRC16.getSlot("{rooms}:meta");
    private static final int OTHER_SLOT = SLOT + 1;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @FieldSource("io.roomrouting.redis.Engine#ALL")
    void the_node_that_has_the_keys_is_found_and_followed_when_they_move(Engine engine) {
        try (RedisServer first = engine.start("--cluster-enabled", "yes");
                RedisServer second = engine.start("--cluster-enabled", "yes");
                RedisDatabase database = Engine.patient(first.uri());
                Jedis one = first.admin();
                Jedis two = second.admin()) {
            RedisRegistry registry =
                    RedisRegistry.builder(database).lease(Duration.ofMinutes(5)).build();
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(registry::list)
                    .withMessageContaining("is a cluster that does not serve these keys now");
            meet(one, two, second);

            RoomHost host = RoomHost.named("a").joined(registry);
            RoomId fresh = registry.create(RoomId.random(), RoomSpec.defaults()).room();
            RoomAssignment owner = host.claimed(registry, fresh);
            assertThat(registry.confirm(owner)).isTrue();
            assertThat(RedisRoomStateStore.in(database).save(ROOM, new Epoch(1), 1, new byte[1]))
                    .isTrue();
            assertThat(one.dbSize()).isZero();
            Clock.letPass(second, Duration.ofMinutes(5).minusSeconds(10));
            host.beats(registry);

            move(two, one, first);

            assertThat(registry.find(fresh).orElseThrow().assignment()).contains(owner);
            assertThat(host.beats(registry))
                    .as("the other node is another process")
                    .isFalse();
            host.join(registry, owner);
            assertThat(registry.confirm(owner)).isTrue();
            assertThat(two.dbSize()).isZero();
        }
    }

    /** The second node gets the slot, and another one to keep, the first node all others. */
    private static void meet(Jedis one, Jedis two, RedisServer second) {
        one.clusterAddSlots(IntStream.range(0, SLOTS)
                .filter(slot -> slot != SLOT && slot != OTHER_SLOT)
                .toArray());
        two.clusterAddSlots(SLOT, OTHER_SLOT);
        one.clusterMeet("127.0.0.1", second.port());
        await().atMost(PATIENCE)
                .until(() -> one.clusterInfo().contains("cluster_state:ok")
                        && one.clusterInfo().contains("cluster_known_nodes:2")
                        && two.clusterInfo().contains("cluster_state:ok")
                        && two.clusterInfo().contains("cluster_slots_assigned:" + SLOTS));
    }

    private static void move(Jedis from, Jedis to, RedisServer target) {
        String fromId = from.clusterMyId();
        String toId = to.clusterMyId();
        to.clusterSetSlotImporting(SLOT, fromId);
        from.clusterSetSlotMigrating(SLOT, toId);
        for (String key : from.clusterGetKeysInSlot(SLOT, 100)) {
            from.migrate("127.0.0.1", target.port(), key, 0, (int) PATIENCE.toMillis());
        }
        to.clusterSetSlotNode(SLOT, toId);
        from.clusterSetSlotNode(SLOT, toId);
    }
}
