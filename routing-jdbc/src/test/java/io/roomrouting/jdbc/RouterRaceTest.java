package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostSnapshot;
import io.roomrouting.JoinResult;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Four routers, each with a registry of its own on one database, want the same new rooms at the same time. */
class RouterRaceTest {

    private static final Logger LOG = LoggerFactory.getLogger(RouterRaceTest.class);
    private static final int ROUTERS = 4;
    private static final int ROOMS = 2_000;

    @ParameterizedTest
    @FieldSource("io.roomrouting.jdbc.Engine#KINDS")
    @Timeout(120)
    void no_room_has_two_owners_and_every_loser_learns_the_winner(Engine engine) {
        engine.emptyDatabase();
        List<JdbcRegistry> routers =
                IntStream.range(0, ROUTERS).mapToObj(i -> patient(engine)).toList();
        List<Placement> placements = IntStream.range(0, ROUTERS)
                .mapToObj(i -> joined(routers.get(i), "host-" + i))
                .toList();
        Latencies latencies = new Latencies();

        List<List<ClaimResult>> results = Together.run(ROUTERS, router -> {
            List<ClaimResult> own = new ArrayList<>();
            for (int room = 0; room < ROOMS; room++) {
                RoomId id = RoomId.of("room-" + room);
                routers.get(router).ensure(id, RoomSpec.defaults());
                Claim claim = new Claim(id, placements.get(router));
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
    }

    /** Nobody renews a lease or confirms a claim during the race, however long it takes. */
    private static JdbcRegistry patient(Engine engine) {
        return JdbcRegistry.builder(engine.database())
                .lease(Duration.ofMinutes(10))
                .unconfirmedClaimLife(Duration.ofMinutes(10))
                .build();
    }

    private static Placement joined(JdbcRegistry registry, String name) {
        HostIncarnation host = HostIncarnation.next(HostId.of(name));
        HostAddress address = new HostAddress(name + ".example.com", 8000, false);
        assertThat(registry.join(
                        new HostRegistration(host, address, new HostCapacity(10_000, 10_000), Map.of(), List.of())))
                .isInstanceOf(JoinResult.Joined.class);
        return new Placement(host, address, Optional.empty(), "for a test");
    }
}
