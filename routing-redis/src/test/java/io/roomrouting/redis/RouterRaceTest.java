package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostSnapshot;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Four routers, each with connections of its own to one server, want the same new rooms at the same time. */
class RouterRaceTest {

    private static final Logger LOG = LoggerFactory.getLogger(RouterRaceTest.class);
    private static final int ROUTERS = 4;
    private static final int ROOMS = 2_000;

    @ParameterizedTest
    @FieldSource("io.roomrouting.redis.Engine#ALL")
    @Timeout(120)
    void no_room_has_two_owners_and_every_loser_learns_the_winner(Engine engine) {
        engine.emptyDatabase().close();
        List<RedisDatabase> databases =
                IntStream.range(0, ROUTERS).mapToObj(i -> engine.database()).toList();
        List<RedisRegistry> routers =
                databases.stream().map(RouterRaceTest::patient).toList();
        List<RoomHost> hosts = IntStream.range(0, ROUTERS)
                .mapToObj(i -> RoomHost.named("host-" + i).joined(routers.get(i)))
                .toList();
        Latencies latencies = new Latencies();

        List<List<ClaimResult>> results = Together.run(ROUTERS, router -> {
            List<ClaimResult> own = new ArrayList<>();
            for (int room = 0; room < ROOMS; room++) {
                RoomId id = RoomId.of("room-" + room);
                routers.get(router).ensure(id, RoomSpec.defaults());
                Claim claim = new Claim(id, hosts.get(router).placement());
                own.add(latencies.measure(() -> routers.get(router).claim(claim)));
            }
            return own;
        });

        for (int room = 0; room < ROOMS; room++) {
            int number = room;
            RoomAssignment owner = routers.get(0)
                    .find(RoomId.of("room-" + room))
                    .orElseThrow()
                    .assignment()
                    .orElseThrow();
            List<ClaimResult> race =
                    results.stream().map(own -> own.get(number)).toList();
            assertThat(race).containsOnlyOnce(new ClaimResult.Granted(owner));
            assertThat(race)
                    .filteredOn(end -> !(end instanceof ClaimResult.Granted))
                    .hasSize(ROUTERS - 1)
                    .containsOnly(new ClaimResult.Held(owner));
        }
        assertThat(routers.get(0).list().stream()
                        .mapToInt(HostSnapshot::assignedRooms)
                        .sum())
                .isEqualTo(ROOMS);
        LOG.info("{}: {} claims of {} rooms by {} routers: {}", engine, ROUTERS * ROOMS, ROOMS, ROUTERS, latencies);
        databases.forEach(RedisDatabase::close);
    }

    /** Nobody renews a lease or confirms a claim during the race, however long it takes; nothing was there before it. */
    private static RedisRegistry patient(RedisDatabase database) {
        return RedisRegistry.builder(database)
                .lease(Duration.ofMinutes(10))
                .unconfirmedClaimLife(Duration.ofMinutes(10))
                .settleTime(Duration.ZERO)
                .build();
    }
}
