package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ClaimResult;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract, and races that are long enough for gaps of a few nanoseconds. */
class InMemoryRoomRegistryTest extends RoomRegistryContract {

    private static final int ROUNDS = 20_000;

    private final RegistryUnderTest registry = new InMemoryRegistryUnderTest();

    @Override
    protected RegistryUnderTest createRegistry() {
        return new InMemoryRegistryUnderTest();
    }

    @Test
    void two_claims_for_one_room_never_both_win() {
        List<TestHost> hosts = Stream.of("a", "b")
                .map(name -> TestHost.withRooms(registry, name, ROUNDS).joined())
                .toList();
        List<RoomId> rooms = rooms(ROUNDS);

        List<List<ClaimResult>> races =
                Together.race(2, ROUNDS, (racer, race) -> hosts.get(racer).claim(rooms.get(race)));

        for (List<ClaimResult> race : races) {
            assertThat(granted(race)).isEqualTo(1);
        }
    }

    @Test
    void two_claims_for_one_host_never_take_the_same_place() {
        TestHost host = TestHost.withRooms(registry, "a", ROUNDS).joined();
        List<List<RoomId>> rooms = List.of(rooms(ROUNDS), rooms(ROUNDS));

        List<List<ClaimResult>> races = Together.race(
                2, ROUNDS, (racer, race) -> host.claim(rooms.get(racer).get(race)));

        assertThat(races.stream().mapToLong(InMemoryRoomRegistryTest::granted).sum())
                .isEqualTo(ROUNDS);
    }

    private static long granted(List<ClaimResult> results) {
        return results.stream()
                .filter(result -> result instanceof ClaimResult.Granted)
                .count();
    }

    private List<RoomId> rooms(int count) {
        return Stream.generate(() -> registry.rooms()
                        .create(RoomId.random(), RoomSpec.defaults())
                        .room())
                .limit(count)
                .toList();
    }
}
