package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoomPage;
import io.roomrouting.RoomQuery;
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

    @Test
    void a_list_goes_on_behind_many_rooms_that_do_not_fit() {
        TestHost host = TestHost.withRooms(registry, "a", 1_500).joined();
        for (int i = 0; i < 1_200; i++) {
            host.wins(registry.rooms().create(RoomId.of("a-" + i), ONE_SEAT).room());
        }
        RoomId last = registry.rooms()
                .create(RoomId.of("z"), ONE_SEAT.withRegion("Tokyo"))
                .room();
        host.wins(last);
        RoomQuery query = RoomQuery.first(RoomFilter.like(ONE_SEAT.withRegion("Tokyo")), 10);

        RoomPage first = registry.directory().list(query);
        RoomPage second = registry.directory().list(query.from(first.next().orElseThrow()));

        assertThat(first.rooms()).isEmpty();
        assertThat(second.rooms()).extracting(RoomListing::room).containsExactly(last);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void rooms_that_are_gone_are_not_looked_at_any_more() {
        TestHost host = TestHost.withRooms(registry, "a", 1_500).joined();
        for (int i = 0; i < 1_200; i++) {
            RoomId room = registry.rooms().create(RoomId.of("a-" + i), ONE_SEAT).room();
            registry.rooms().release(host.wins(room), RoomOwnership.Release.CLOSED);
        }
        RoomId last = registry.rooms().create(RoomId.of("z"), ONE_SEAT).room();
        host.wins(last);

        RoomPage page = registry.directory().list(RoomQuery.first(RoomFilter.everyRoom(), 10));

        assertThat(page.rooms()).extracting(RoomListing::room).containsExactly(last);
    }

    private static SeatWish wish(String user) {
        return SeatWish.of(UserId.of(user), Duration.ofSeconds(60));
    }
}
