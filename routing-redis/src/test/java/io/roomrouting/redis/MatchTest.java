package io.roomrouting.redis;

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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Matches look into an index, which has to agree with the rooms. */
class MatchTest {

    private static final Duration HOLD = Duration.ofMinutes(1);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final RedisDatabase database = Engine.OLDEST.emptyDatabase();
    private final RedisRegistry registry = RedisRegistry.builder(database)
            .lease(Duration.ofMinutes(5))
            .settleTime(Duration.ZERO)
            .build();
    private final RoomHost host = RoomHost.named("a").joined(registry);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_seat_whose_reservation_has_ended_is_found_although_nobody_has_looked_at_the_room() {
        RoomId room = opened(1);
        registry.reserve(room, SeatWish.of(ALICE, HOLD));
        assertThat(registry.match(anyRoom(), SeatWish.of(BOB, HOLD))).isEmpty();
        Engine.OLDEST.letPass(HOLD);

        SeatResult.Reserved matched =
                registry.match(anyRoom(), SeatWish.of(BOB, HOLD)).orElseThrow();

        assertThat(matched.room().room()).isEqualTo(room);
    }

    @Test
    void a_room_with_fewer_free_seats_goes_before_one_in_which_only_some_have_reservations() {
        RoomId wide = opened(10);
        registry.reserve(wide, SeatWish.of(ALICE, HOLD));
        RoomId narrow = opened(2);

        SeatResult.Reserved matched = registry.match(anyRoom(), new SeatWish(Set.of(ALICE, BOB), HOLD))
                .orElseThrow();

        assertThat(matched.room().room()).isEqualTo(narrow);
    }

    @Test
    void a_group_fits_where_some_of_it_have_their_seats_already() {
        RoomId room = opened(2);
        registry.reserve(room, SeatWish.of(ALICE, HOLD));

        SeatResult.Reserved matched = registry.match(anyRoom(), new SeatWish(Set.of(ALICE, BOB), HOLD))
                .orElseThrow();

        assertThat(matched.room().room()).isEqualTo(room);
        assertThat(matched.seats()).containsOnlyKeys(ALICE, BOB);
    }

    private RoomId opened(int seats) {
        RoomSpec spec = RoomSpec.ofType("chess").withMaxClients(seats).withVisibility(RoomVisibility.PUBLIC);
        RoomId room = registry.create(RoomId.random(), spec).room();
        assertThat(registry.confirm(host.claimed(registry, room))).isTrue();
        return room;
    }

    private static RoomMatch anyRoom() {
        return RoomMatch.of(RoomFilter.everyRoom());
    }
}
