package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.JoinResult;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four routers, each with connections of its own to one registry, want the same 2,000 new rooms at the same time: no room has
 * two owners, and every loser learns the winner. For registries outside of the process; to be extended by an adapter's test.
 */
public abstract class RouterRaceContract {

    private static final int ROUTERS = 4;
    private static final int ROOMS = 2_000;

    /** For those who extend it. */
    protected RouterRaceContract() {}

    /**
     * Opens the registry as one more process would. There is nothing in it before the first of a test is opened. Leases and
     * claims that nobody confirms last for ten minutes at least, since nobody renews anything during the race.
     *
     * @return what shares nothing with the ones before but the engine
     */
    protected abstract RegistryAccess open();

    @Test
    @Timeout(300)
    void no_room_has_two_owners_and_every_loser_learns_the_winner() {
        List<RegistryAccess> routers =
                IntStream.range(0, ROUTERS).mapToObj(i -> open()).toList();
        List<Placement> placements = IntStream.range(0, ROUTERS)
                .mapToObj(i -> joined(routers.get(i).hosts(), "host-" + i))
                .toList();

        List<List<ClaimResult>> results = Together.run(ROUTERS, router -> {
            List<ClaimResult> own = new ArrayList<>();
            for (int number = 0; number < ROOMS; number++) {
                RoomRegistry rooms = routers.get(router).rooms();
                rooms.ensure(room(number), RoomSpec.defaults());
                own.add(rooms.claim(new Claim(room(number), placements.get(router))));
            }
            return own;
        });

        for (int i = 0; i < ROOMS; i++) {
            int number = i;
            RoomAssignment owner = routers.get(0)
                    .rooms()
                    .find(room(number))
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
        assertThat(routers.get(0).hosts().list().stream()
                        .mapToInt(HostSnapshot::assignedRooms)
                        .sum())
                .isEqualTo(ROOMS);
    }

    private static RoomId room(int number) {
        return RoomId.of("room-" + number);
    }

    private static Placement joined(HostRegistry registry, String name) {
        HostIncarnation host = HostIncarnation.next(HostId.of(name));
        HostAddress address = new HostAddress(name + ".example.com", 8000, false);
        assertThat(registry.join(
                        new HostRegistration(host, address, new HostCapacity(10_000, 10_000), Map.of(), List.of())))
                .isInstanceOf(JoinResult.Joined.class);
        return new Placement(host, address, Optional.empty(), "for a test");
    }
}
