package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract, and races that are long enough for gaps of a few nanoseconds. */
class InMemoryRoomDirectoryTest extends RoomDirectoryContract {

    private static final int ROUNDS = 4_000;
    private static final RoomSpec ONE_SEAT =
            RoomSpec.ofType("duel").withMaxClients(1).withVisibility(RoomVisibility.PUBLIC);

    private final RegistryUnderTest registry = new InMemoryRegistryUnderTest();

    @Override
    protected RegistryUnderTest createRegistry() {
        return new InMemoryRegistryUnderTest();
    }

    @Test
    void two_who_want_one_seat_never_both_get_it() {
        TestHost host = TestHost.withRooms(registry, "a", ROUNDS).joined();
        List<RoomId> rooms = Stream.generate(
                        () -> registry.rooms().create(RoomId.random(), ONE_SEAT).room())
                .limit(ROUNDS)
                .toList();
        rooms.forEach(host::opens);

        List<List<SeatResult>> races = Together.race(
                2, ROUNDS, (racer, race) -> registry.directory().reserve(rooms.get(race), wish("user-" + racer)));

        for (List<SeatResult> race : races) {
            assertThat(race.stream().filter(result -> result instanceof SeatResult.Reserved))
                    .hasSize(1);
        }
    }

    @Test
    void as_many_are_matched_as_there_are_seats_however_they_race() {
        TestHost host = TestHost.withRooms(registry, "a", 50).joined();
        for (int i = 0; i < 50; i++) {
            host.opens(registry.rooms().create(RoomId.random(), ONE_SEAT).room());
        }

        List<List<Optional<SeatResult.Reserved>>> races = Together.race(
                4,
                20,
                (racer, race) -> registry.directory()
                        .match(RoomMatch.of(RoomFilter.ofType("duel")), wish("user-" + racer + "-" + race)));

        assertThat(races.stream()
                        .flatMap(List::stream)
                        .flatMap(Optional::stream)
                        .map(reserved -> reserved.room().room()))
                .hasSize(50)
                .doesNotHaveDuplicates();
    }

    private static SeatWish wish(String user) {
        return SeatWish.of(UserId.of(user), Duration.ofSeconds(60));
    }
}
