package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Epoch;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import io.roomrouting.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What calls cost in round trips, and that a host's rooms cost nothing by being there. */
class CostTest {

    private static final int ROOMS = 10_000;
    private static final RoomId ROOM = RoomId.of("lobby");

    private final TcpProxy proxy = new TcpProxy(Engine.OLDEST.server().port());
    private final RedisDatabase database = Engine.patient(Engine.uri(proxy));
    private final RedisRegistry registry =
            RedisRegistry.builder(database).settleTime(Duration.ZERO).build();

    @BeforeEach
    void empty() {
        Engine.OLDEST.emptyDatabase().close();
    }

    @AfterEach
    void close() {
        database.close();
        proxy.close();
    }

    @Test
    void every_call_is_one_round_trip_but_for_create() {
        RoomHost host = RoomHost.named("a").joined(registry);
        RoomAssignment owner = host.opened(registry, ROOM);
        registry.find(ROOM);

        assertThat(roundTrips(() -> registry.find(ROOM))).isEqualTo(1);
        assertThat(roundTrips(() -> registry.find(RoomId.of("unknown")))).isEqualTo(1);
        assertThat(roundTrips(() -> registry.ensure(ROOM, RoomSpec.defaults()))).isEqualTo(1);
        assertThat(roundTrips(() -> host.claim(registry, ROOM))).isEqualTo(1);
        assertThat(roundTrips(() -> registry.confirm(owner))).isEqualTo(1);
        assertThat(roundTrips(() -> host.beats(registry))).isEqualTo(1);
        assertThat(roundTrips(registry::list)).isEqualTo(1);
        registry.release(owner, Release.IDLE);
        assertThat(roundTrips(() -> registry.release(owner, Release.IDLE))).isEqualTo(1);
        assertThat(roundTrips(() -> registry.create(RoomId.random(), RoomSpec.defaults())))
                .isEqualTo(2);
    }

    @Test
    void a_host_with_ten_thousand_rooms_sends_one_heartbeat_and_tells_all_of_them_to_a_new_server() {
        RoomHost host = RoomHost.named("a");
        RedisRegistry settling = RedisRegistry.builder(database).build();
        settling.list();
        forgetTheServer();
        List<HeldRoom> held = new ArrayList<>();
        IntStream.range(0, ROOMS)
                .forEach(i -> held.add(new HeldRoom(RoomId.of("room-" + i), RoomSpec.defaults(), epoch(i))));
        HostRegistration registration = new HostRegistration(
                host.incarnation(), host.address(), new HostCapacity(20_000, 20_000), Map.of(), held);

        assertThat(settling.join(registration)).isInstanceOf(JoinResult.Joined.class);

        HostLoad load = new HostLoad(ROOMS, 0);
        settling.heartbeat(host.incarnation(), load, HostState.ACTIVE);
        assertThat(roundTrips(() -> settling.heartbeat(host.incarnation(), load, HostState.ACTIVE)))
                .isEqualTo(1);
        assertThat(settling.list().get(0).assignedRooms()).isEqualTo(ROOMS);
        assertThat(settling.find(RoomId.of("room-9999")).orElseThrow().assignment())
                .contains(new RoomAssignment(RoomId.of("room-9999"), host.incarnation(), host.address(), epoch(9_999)));
    }

    private static Epoch epoch(int number) {
        return new Epoch(number + 1L);
    }

    /** As if what the registry remembers had been written by another server process. */
    private static void forgetTheServer() {
        try (Jedis jedis = Engine.OLDEST.server().admin()) {
            jedis.hset("{rooms}:meta", "process", "another");
        }
    }

    private long roundTrips(Runnable call) {
        long before = proxy.roundTrips();
        call.run();
        return proxy.roundTrips() - before;
    }
}
