package io.roomrouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What lobby requests may say. */
class LobbyValuesTest {

    private static final UserId ALICE = UserId.of("alice");

    @Test
    void bounds_are_checked_where_a_value_is_made() {
        refused(() -> SeatId.of(""));
        refused(() -> SeatId.of("a".repeat(65)));
        refused(() -> SeatId.of("a b"));
        refused(() -> new SeatWish(Set.of(), Duration.ofSeconds(1)));
        refused(() -> new SeatWish(
                IntStream.rangeClosed(0, SeatWish.MAX_USERS)
                        .mapToObj(i -> UserId.of("user-" + i))
                        .collect(Collectors.toSet()),
                Duration.ofSeconds(1)));
        refused(() -> SeatWish.of(ALICE, Duration.ofMillis(9)));
        refused(() -> SeatWish.of(ALICE, Duration.ofHours(1).plusMillis(1)));
        refused(() -> RoomQuery.first(RoomFilter.everyRoom(), 0));
        refused(() -> RoomQuery.first(RoomFilter.everyRoom(), RoomQuery.MAX_LIMIT + 1));
        refused(() -> new RoomQuery(RoomFilter.everyRoom(), -1, Optional.empty(), 1));
        refused(() -> new RoomQuery(RoomFilter.everyRoom(), SeatWish.MAX_USERS + 1, Optional.empty(), 1));
        refused(() -> RoomFilter.ofType("a/b"));
        refused(() -> new RoomFilter(Optional.empty(), Optional.of(" "), OptionalInt.empty(), Map.of()));
        refused(() -> new RoomFilter(Optional.empty(), Optional.empty(), OptionalInt.of(0), Map.of()));
        refused(() -> RoomFilter.everyRoom().withMetadata(Map.of("", "v")));
        refused(() -> new RoomMatch(
                RoomFilter.everyRoom(),
                IntStream.rangeClosed(0, RoomMatch.MAX_EXCEPT)
                        .mapToObj(i -> RoomId.of("room-" + i))
                        .collect(Collectors.toSet())));
        refused(() -> report(0, 0, 1));
        refused(() -> report(1, -1, 1));
        refused(() -> report(1, 0, 0));
    }

    @Test
    void a_filter_like_a_spec_lets_its_rooms_pass() {
        RoomSpec spec =
                RoomSpec.ofType("chess").withRegion("Tokyo").withMaxClients(2).withMetadata(Map.of("a", "1"));
        RoomFilter filter = RoomFilter.like(spec.withVisibility(RoomVisibility.PUBLIC));

        assertThat(filter.fits(spec, spec.metadata())).isTrue();
        assertThat(filter.fits(spec, Map.of())).isFalse();
        assertThat(filter.fits(RoomSpec.ofType("go").withRegion("Tokyo").withMaxClients(2), spec.metadata()))
                .isFalse();
        assertThat(RoomFilter.like(RoomSpec.ofType("chess")).fits(spec, Map.of()))
                .isTrue();
    }

    @Test
    void a_room_is_private_unless_somebody_wants_it_to_be_seen_and_changes_keep_that() {
        RoomSpec shown = RoomSpec.defaults().withVisibility(RoomVisibility.PUBLIC);

        assertThat(RoomSpec.defaults().visibility()).isEqualTo(RoomVisibility.PRIVATE);
        assertThat(shown.withRegion("x")
                        .withMaxClients(1)
                        .withMetadata(Map.of())
                        .visibility())
                .isEqualTo(RoomVisibility.PUBLIC);
    }

    @Test
    void seat_ids_differ() {
        assertThat(SeatId.random()).isNotEqualTo(SeatId.random());
        assertThat(SeatId.random().value()).hasSize(16);
    }

    private static RoomReport report(long number, int clients, int limit) {
        return new RoomReport(
                RoomId.of("room"),
                new Epoch(1),
                number,
                clients,
                limit,
                false,
                RoomVisibility.PUBLIC,
                Map.of(),
                Map.of(),
                Set.of());
    }

    private static void refused(ThrowingCallable making) {
        assertThatExceptionOfType(RoutingException.InvalidRequest.class).isThrownBy(making);
    }
}
