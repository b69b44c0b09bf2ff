package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Epoch;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomPage;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomReports;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatId;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RoomDirectory} does: who may be found is found, and no seat is promised twice. Extend it for yours and
 * add no exception.
 */
public abstract class RoomDirectoryContract {

    private static final int THREADS = 8;
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final UserId DAVE = UserId.of("dave");
    private static final RoomSpec OPEN = RoomSpec.ofType("chess").withVisibility(RoomVisibility.PUBLIC);

    // Set up before each test.
    @SuppressWarnings("NullAway.Init")
    private RegistryUnderTest registry;

    @SuppressWarnings("NullAway.Init")
    private RoomDirectory directory;

    @SuppressWarnings("NullAway.Init")
    private TestHost host;

    /** For subclasses. */
    protected RoomDirectoryContract() {}

    /**
     * Makes an empty registry that is not settling and has a {@link RegistryUnderTest#directory()}, with space for at least
     * 1,000 rooms.
     *
     * @return a new registry
     */
    protected abstract RegistryUnderTest createRegistry();

    @BeforeEach
    final void open() {
        registry = createRegistry();
        directory = registry.directory();
        host = TestHost.named(registry, "a").joined();
    }

    @AfterEach
    final void close() {
        registry.close();
    }

    // Lists

    @Test
    final void public_rooms_with_a_living_owner_are_listed_and_no_others() {
        LobbyRoom open = room(OPEN.withMaxClients(4).withMetadata(Map.of("level", "hard")));
        room(OPEN.withVisibility(RoomVisibility.PRIVATE));
        registry.rooms().create(RoomId.random(), OPEN);
        LobbyRoom idle = room(OPEN);
        registry.rooms().release(idle.assignment(), Release.IDLE);
        LobbyRoom closed = room(OPEN);
        registry.rooms().release(closed.assignment(), Release.CLOSED);

        RoomPage page = list(everything());

        RoomSpec spec = OPEN.withMaxClients(4).withMetadata(Map.of("level", "hard"));
        assertThat(page.rooms())
                .containsExactly(new RoomListing(open.id(), spec, spec.metadata(), 0, OptionalInt.of(4), false));
        assertThat(page.next()).isEmpty();
    }

    @Test
    final void a_room_is_listed_from_the_moment_it_has_an_owner() {
        RoomId room = registry.rooms().create(RoomId.random(), OPEN).room();

        host.wins(room);

        assertThat(ids(everything())).containsExactly(room);
        assertThat(directory.match(anyChess(), wish(ALICE))).isPresent();
    }

    @Test
    final void a_list_tells_what_the_owner_has_reported_and_what_is_reserved() {
        LobbyRoom room = room(OPEN.withMaxClients(10));
        room.clients(3).locked(true).metadata(Map.of("round", "2")).reports();
        room.locked(false).reports();
        reserved(room, wish(ALICE, BOB));
        room.locked(true).reports();

        RoomListing listing = list(everything()).rooms().get(0);

        assertThat(listing.clients()).isEqualTo(3);
        assertThat(listing.freeSeats()).hasValue(5);
        assertThat(listing.locked()).isTrue();
        assertThat(listing.metadata()).isEqualTo(Map.of("round", "2"));
    }

    @Test
    final void full_and_locked_rooms_are_left_out_where_free_seats_are_wanted() {
        LobbyRoom free = room(OPEN.withMaxClients(3)).clients(1).reports();
        LobbyRoom full = room(OPEN.withMaxClients(2)).clients(2).reports();
        LobbyRoom locked = room(OPEN.withMaxClients(2)).locked(true).reports();
        LobbyRoom promised = room(OPEN.withMaxClients(1));
        reserved(promised, wish(ALICE));

        assertThat(ids(new RoomQuery(RoomFilter.everyRoom(), 1, Optional.empty(), 100)))
                .containsExactly(free.id());
        assertThat(ids(new RoomQuery(RoomFilter.everyRoom(), 2, Optional.empty(), 100)))
                .containsExactly(free.id());
        assertThat(ids(new RoomQuery(RoomFilter.everyRoom(), 3, Optional.empty(), 100)))
                .isEmpty();
        assertThat(ids(everything())).containsExactlyInAnyOrder(free.id(), full.id(), locked.id(), promised.id());
    }

    @Test
    final void rooms_are_filtered_by_type_region_limit_and_current_metadata() {
        LobbyRoom chess = room(OPEN.withRegion("Tokyo").withMaxClients(2).withMetadata(Map.of("a", "1", "b", "2")));
        LobbyRoom other = room(RoomSpec.ofType("chess2").withVisibility(RoomVisibility.PUBLIC));
        LobbyRoom changed = room(OPEN.withMetadata(Map.of("a", "1")))
                .metadata(Map.of("a", "3"))
                .reports();

        assertThat(ids(query(RoomFilter.ofType("chess")))).containsExactlyInAnyOrder(chess.id(), changed.id());
        assertThat(ids(query(RoomFilter.ofType("chess2")))).containsExactly(other.id());
        assertThat(ids(query(RoomFilter.ofType("ches")))).isEmpty();
        assertThat(ids(query(filter("Tokyo", OptionalInt.empty())))).containsExactly(chess.id());
        assertThat(ids(query(filter("Lima", OptionalInt.empty())))).isEmpty();
        assertThat(ids(query(new RoomFilter(Optional.empty(), Optional.empty(), OptionalInt.of(2), Map.of()))))
                .containsExactly(chess.id());
        assertThat(ids(query(RoomFilter.everyRoom().withMetadata(Map.of("a", "1")))))
                .containsExactly(chess.id());
        assertThat(ids(query(RoomFilter.everyRoom().withMetadata(Map.of("a", "3")))))
                .containsExactly(changed.id());
        assertThat(ids(query(RoomFilter.everyRoom().withMetadata(Map.of("a", "1", "b", "2")))))
                .containsExactly(chess.id());
        assertThat(ids(query(RoomFilter.everyRoom().withMetadata(Map.of("a", "1", "b", "1")))))
                .isEmpty();
        assertThat(ids(query(RoomFilter.everyRoom().withMetadata(Map.of("c", "1")))))
                .isEmpty();
    }

    @Test
    final void metadata_is_compared_as_text_and_never_read_as_a_pattern() {
        Map<String, String> odd = Map.of("k%_\"'\\", "v%_\"'\\*[]{}\u00e4\ud83d\ude00");
        LobbyRoom room = room(OPEN.withMetadata(odd));

        assertThat(ids(query(RoomFilter.everyRoom().withMetadata(odd)))).containsExactly(room.id());
        assertThat(ids(query(RoomFilter.everyRoom().withMetadata(Map.of("k%_\"'\\", "%")))))
                .isEmpty();
        assertThat(ids(query(
                        RoomFilter.everyRoom().withMetadata(Map.of("k%_\"'\\", "V%_\"'\\*[]{}\u00c4\ud83d\ude00")))))
                .isEmpty();
    }

    @Test
    final void pages_hold_each_room_once_and_no_more_than_wanted() {
        Set<RoomId> all = Stream.generate(() -> room(OPEN).id()).limit(25).collect(Collectors.toSet());
        room(RoomSpec.ofType("other").withVisibility(RoomVisibility.PUBLIC));

        List<RoomId> seen = leafThrough(RoomQuery.first(RoomFilter.ofType("chess"), 7), () -> {});

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
        assertThat(leafThrough(RoomQuery.first(RoomFilter.everyRoom(), 7), () -> {}))
                .hasSize(26);
    }

    @Test
    final void a_room_that_stays_is_seen_once_while_others_come_and_go() {
        List<LobbyRoom> rooms =
                new ArrayList<>(Stream.generate(() -> room(OPEN)).limit(30).toList());
        Collections.shuffle(rooms, new java.util.Random(7));
        List<LobbyRoom> stay = rooms.subList(0, 15);
        List<LobbyRoom> go = new ArrayList<>(rooms.subList(15, 30));

        List<RoomId> seen = leafThrough(RoomQuery.first(RoomFilter.everyRoom(), 4), () -> {
            for (int i = 0; i < 3 && !go.isEmpty(); i++) {
                registry.rooms().release(go.remove(0).assignment(), Release.CLOSED);
            }
            room(OPEN);
        });

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(stay.stream().map(LobbyRoom::id).toList());
    }

    @Test
    final void a_page_may_begin_after_a_room_that_is_gone() {
        List<LobbyRoom> rooms = Stream.generate(() -> room(OPEN)).limit(3).toList();
        RoomPage first = list(RoomQuery.first(RoomFilter.everyRoom(), 1));
        RoomId shown = first.rooms().get(0).room();
        rooms.stream()
                .filter(room -> room.id().equals(shown))
                .forEach(room -> registry.rooms().release(room.assignment(), Release.CLOSED));

        List<RoomId> rest = leafThrough(
                RoomQuery.first(RoomFilter.everyRoom(), 1).from(first.next().orElseThrow()), () -> {});

        assertThat(rest).hasSize(2).doesNotContain(shown);
    }

    @Test
    final void an_owner_shows_and_hides_its_room() {
        LobbyRoom room = room(OPEN.withVisibility(RoomVisibility.PRIVATE));

        room.visibility(RoomVisibility.PUBLIC).reports();
        assertThat(ids(everything())).containsExactly(room.id());
        assertThat(directory.match(anyChess(), wish(ALICE))).isPresent();

        room.visibility(RoomVisibility.PRIVATE).reports();
        assertThat(ids(everything())).isEmpty();
        assertThat(directory.match(anyChess(), wish(ALICE))).isEmpty();
    }

    // Seats in one room

    @Test
    final void an_unknown_room_has_no_seats() {
        assertThat(directory.reserve(RoomId.random(), wish(ALICE))).isInstanceOf(SeatResult.NoSuchRoom.class);
    }

    @Test
    final void a_room_without_a_living_owner_is_to_be_placed_first() {
        RoomSpec spec = OPEN.withMaxClients(2);
        RoomId room = registry.rooms().create(RoomId.random(), spec).room();

        SeatResult result = directory.reserve(room, wish(ALICE));

        assertThat(result)
                .isEqualTo(new SeatResult.Vacant(registry.rooms().find(room).orElseThrow()));
    }

    @Test
    final void a_seat_comes_with_the_room_and_its_owner_public_or_not() {
        for (RoomVisibility visibility : RoomVisibility.values()) {
            LobbyRoom room = room(OPEN.withMaxClients(2).withVisibility(visibility));

            SeatResult.Reserved reserved = reserved(room, wish(ALICE));

            assertThat(reserved.room())
                    .isEqualTo(registry.rooms().find(room.id()).orElseThrow());
            assertThat(reserved.room().assignment()).contains(room.assignment());
            assertThat(reserved.seats()).containsOnlyKeys(ALICE);
            assertThat(seatOf(reserved, ALICE).taken()).isFalse();
        }
    }

    @Test
    final void a_room_without_a_limit_takes_everybody_and_counts_nobody() {
        LobbyRoom room = room(OPEN).limit(1).clients(1).locked(true).reports();

        SeatResult.Reserved reserved = reserved(room, wish(ALICE, BOB));

        assertThat(reserved.room().assignment()).contains(room.assignment());
        assertThat(reserved.seats()).isEmpty();
    }

    @Test
    final void nobody_gets_a_seat_that_is_promised_or_taken() {
        LobbyRoom room = room(OPEN.withMaxClients(2)).clients(1).reports();
        reserved(room, wish(ALICE));

        assertThat(reserve(room, wish(BOB))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void the_smaller_limit_counts() {
        LobbyRoom room = room(OPEN.withMaxClients(5)).limit(1).reports();
        reserved(room, wish(ALICE));
        assertThat(reserve(room, wish(BOB))).isInstanceOf(SeatResult.Full.class);

        LobbyRoom other = room(OPEN.withMaxClients(1)).limit(5).reports();
        reserved(other, wish(ALICE));
        assertThat(reserve(other, wish(BOB))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void a_room_with_more_clients_than_its_limit_is_just_full() {
        LobbyRoom room = room(OPEN.withMaxClients(2)).clients(5).reports();

        assertThat(reserve(room, wish(ALICE))).isInstanceOf(SeatResult.Full.class);
        assertThat(list(everything()).rooms().get(0).freeSeats()).hasValue(0);
    }

    @Test
    final void who_asks_again_gets_the_same_seat_for_longer() {
        LobbyRoom room = room(OPEN.withMaxClients(1));
        RoomSeat first = seatOf(reserved(room, wish(ALICE)), ALICE);
        registry.letPass(hold().dividedBy(2));
        RoomSeat second = seatOf(reserved(room, wish(ALICE)), ALICE);
        registry.letPass(hold().multipliedBy(3).dividedBy(4));

        assertThat(second).isEqualTo(first);
        assertThat(reserve(room, wish(BOB))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void a_reservation_ends_with_its_time() {
        LobbyRoom room = room(OPEN.withMaxClients(2));
        SeatResult.Reserved both = reserved(room, wish(ALICE, BOB));
        reserved(room, SeatWish.of(BOB, hold().multipliedBy(2)));

        registry.letPass(hold());

        assertThat(list(everything()).rooms().get(0).freeSeats()).hasValue(1);
        RoomSeat carols = seatOf(reserved(room, wish(CAROL)), CAROL);
        assertThat(carols.id()).isNotEqualTo(seatOf(both, ALICE).id());
        assertThat(reserve(room, wish(ALICE))).isInstanceOf(SeatResult.Full.class);
        assertThat(seatOf(reserved(room, wish(BOB)), BOB)).isEqualTo(seatOf(both, BOB));
    }

    @Test
    final void a_cancelled_reservation_is_free_at_once_and_others_stay() {
        LobbyRoom room = room(OPEN.withMaxClients(2));
        SeatResult.Reserved both = reserved(room, wish(ALICE, BOB));

        directory.cancel(room.id(), Set.of(seatOf(both, ALICE).id(), SeatId.random()));
        directory.cancel(RoomId.random(), Set.of(seatOf(both, BOB).id()));

        assertThat(list(everything()).rooms().get(0).freeSeats()).hasValue(1);
        RoomSeat carols = seatOf(reserved(room, wish(CAROL)), CAROL);
        assertThat(carols.id()).isNotEqualTo(seatOf(both, ALICE).id());
        assertThat(reserve(room, wish(DAVE))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void a_group_gets_all_its_seats_or_none() {
        LobbyRoom room = room(OPEN.withMaxClients(3));
        reserved(room, wish(ALICE));

        assertThat(reserve(room, wish(BOB, CAROL, DAVE))).isInstanceOf(SeatResult.Full.class);
        assertThat(list(everything()).rooms().get(0).freeSeats()).hasValue(2);

        SeatResult.Reserved group = reserved(room, wish(ALICE, BOB, CAROL));
        assertThat(group.seats()).containsOnlyKeys(ALICE, BOB, CAROL);
        assertThat(Set.copyOf(group.seats().values())).hasSize(3);
        assertThat(seatOf(reserved(room, wish(BOB)), BOB)).isEqualTo(seatOf(group, BOB));
        assertThat(reserve(room, wish(DAVE))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void a_refused_group_prolongs_nobody() {
        LobbyRoom room = room(OPEN.withMaxClients(1));
        reserved(room, wish(ALICE));

        assertThat(reserve(room, new SeatWish(Set.of(ALICE, BOB), hold().multipliedBy(2))))
                .isInstanceOf(SeatResult.Full.class);
        registry.letPass(hold());

        reserved(room, wish(BOB));
    }

    // Taken seats

    @Test
    final void a_seat_that_is_taken_counts_once() {
        LobbyRoom room = room(OPEN.withMaxClients(3));
        RoomSeat seat = seatOf(reserved(room, wish(ALICE)), ALICE);

        room.seated(ALICE, seat.id()).reports();

        RoomListing listing = list(everything()).rooms().get(0);
        assertThat(listing.clients()).isEqualTo(1);
        assertThat(listing.freeSeats()).hasValue(2);
    }

    @Test
    final void a_taken_seat_outlives_its_reservation_and_cannot_be_cancelled() {
        LobbyRoom room = room(OPEN.withMaxClients(1));
        RoomSeat seat = seatOf(reserved(room, wish(ALICE)), ALICE);
        room.seated(ALICE, seat.id()).reports();

        directory.cancel(room.id(), Set.of(seat.id()));
        registry.letPass(hold());

        assertThat(reserve(room, wish(BOB))).isInstanceOf(SeatResult.Full.class);
        assertThat(seatOf(reserved(room, wish(ALICE)), ALICE)).isEqualTo(new RoomSeat(seat.id(), true));
    }

    @Test
    final void a_freed_seat_is_free_again_and_nobody_comes_back_to_it() {
        LobbyRoom room = room(OPEN.withMaxClients(1));
        RoomSeat seat = seatOf(reserved(room, wish(ALICE)), ALICE);
        room.seated(ALICE, seat.id()).reports();

        room.left(seat.id()).reports();

        RoomSeat bobs = seatOf(reserved(room, wish(BOB)), BOB);
        assertThat(bobs.taken()).isFalse();
        assertThat(bobs.id()).isNotEqualTo(seat.id());
        assertThat(reserve(room, wish(ALICE))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void a_reserved_seat_that_is_freed_unused_is_free_again() {
        LobbyRoom room = room(OPEN.withMaxClients(1));
        RoomSeat seat = seatOf(reserved(room, wish(ALICE)), ALICE);

        room.unused(seat.id()).reports();

        assertThat(seatOf(reserved(room, wish(BOB)), BOB).id()).isNotEqualTo(seat.id());
    }

    @Test
    final void who_is_in_the_room_gets_another_seat_while_there_is_one_and_his_own_after_that() {
        LobbyRoom room = room(OPEN.withMaxClients(2));
        RoomSeat own = seatOf(reserved(room, wish(ALICE)), ALICE);
        room.seated(ALICE, own.id()).reports();

        RoomSeat another = seatOf(reserved(room, wish(ALICE)), ALICE);
        assertThat(another.taken()).isFalse();
        assertThat(another.id()).isNotEqualTo(own.id());

        room.seated(ALICE, another.id()).reports();
        RoomSeat back = seatOf(reserved(room, wish(ALICE)), ALICE);
        assertThat(back.taken()).isTrue();
        assertThat(back.id()).isIn(own.id(), another.id());

        room.left(another.id()).clients(2).reports();
        assertThat(seatOf(reserved(room, wish(ALICE)), ALICE)).isEqualTo(new RoomSeat(own.id(), true));
    }

    @Test
    final void in_a_group_those_who_have_no_seat_go_before_those_who_have() {
        LobbyRoom room = room(OPEN.withMaxClients(3));
        SeatId own = SeatId.of("alices_own-1");
        room.seated(ALICE, own).reports();

        SeatResult.Reserved group = reserved(room, wish(ALICE, BOB, CAROL));

        assertThat(seatOf(group, ALICE)).isEqualTo(new RoomSeat(own, true));
        assertThat(seatOf(group, BOB).taken()).isFalse();
        assertThat(seatOf(group, CAROL).taken()).isFalse();
    }

    @Test
    final void a_locked_room_takes_nobody_new_and_opens_again() {
        LobbyRoom room = room(OPEN.withMaxClients(5));
        RoomSeat seat = seatOf(reserved(room, wish(ALICE)), ALICE);
        RoomSeat bobs = seatOf(reserved(room, wish(BOB)), BOB);
        room.seated(ALICE, seat.id()).locked(true).reports();

        assertThat(reserve(room, wish(BOB))).isInstanceOf(SeatResult.Locked.class);
        assertThat(reserve(room, wish(CAROL))).isInstanceOf(SeatResult.Locked.class);
        assertThat(reserve(room, wish(ALICE, CAROL))).isInstanceOf(SeatResult.Locked.class);
        assertThat(seatOf(reserved(room, wish(ALICE)), ALICE)).isEqualTo(new RoomSeat(seat.id(), true));
        assertThat(directory.match(anyChess(), wish(CAROL))).isEmpty();

        room.locked(false).reports();
        assertThat(seatOf(reserved(room, wish(BOB)), BOB)).isEqualTo(bobs);
        reserved(room, wish(CAROL));
    }

    // Reports

    @Test
    final void a_report_counts_only_from_the_owner_under_its_epoch() {
        LobbyRoom room = room(OPEN.withMaxClients(2));
        TestHost other = TestHost.named(registry, "b").joined();
        RoomReport report = room.clients(2).locked(true).next();

        room.reportsAs(other.incarnation(), report);
        room.reports(atEpoch(report, room.assignment().epoch().value() - 1));
        room.reports(atEpoch(report, room.assignment().epoch().value() + 1));

        RoomListing listing = list(everything()).rooms().get(0);
        assertThat(listing.clients()).isZero();
        assertThat(listing.locked()).isFalse();
    }

    @Test
    final void a_report_of_an_unknown_room_is_passed_over_and_the_others_count() {
        LobbyRoom room = room(OPEN.withMaxClients(2));
        RoomReport own = room.clients(1).next();
        RoomReport unknown = new RoomReport(
                RoomId.random(), own.epoch(), 1, 1, 2, false, RoomVisibility.PUBLIC, Map.of(), Map.of(), Set.of());

        directory.report(host.incarnation(), List.of(unknown, own));

        assertThat(list(everything()).rooms().get(0).clients()).isEqualTo(1);
    }

    @Test
    final void a_report_that_was_overtaken_changes_nothing() {
        LobbyRoom room = room(OPEN.withMaxClients(2));
        RoomReport early =
                room.clients(1).locked(true).metadata(Map.of("a", "early")).next();
        RoomReport late =
                room.clients(2).locked(false).metadata(Map.of("a", "late")).next();

        room.reports(late).reports(early);

        RoomListing listing = list(everything()).rooms().get(0);
        assertThat(listing.clients()).isEqualTo(2);
        assertThat(listing.locked()).isFalse();
        assertThat(listing.metadata()).isEqualTo(Map.of("a", "late"));
    }

    @Test
    final void a_report_may_come_twice() {
        LobbyRoom room = room(OPEN.withMaxClients(3));
        RoomSeat seat = seatOf(reserved(room, wish(ALICE)), ALICE);
        RoomReport report = room.seated(ALICE, seat.id()).next();
        RoomReport again = new RoomReport(
                report.room(),
                report.epoch(),
                report.number() + 1,
                report.clients(),
                report.limit(),
                report.locked(),
                report.visibility(),
                report.metadata(),
                report.taken(),
                report.freed());

        room.reports(report).reports(report).reports(again);

        assertThat(list(everything()).rooms().get(0).freeSeats()).hasValue(2);
    }

    @Test
    final void many_rooms_are_reported_at_once_and_too_many_refused() {
        List<LobbyRoom> rooms = Stream.generate(() -> room(OPEN)).limit(20).toList();

        directory.report(
                host.incarnation(),
                rooms.stream().map(room -> room.clients(7).next()).toList());

        assertThat(list(everything()).rooms()).allMatch(listing -> listing.clients() == 7);
        RoomReport one = rooms.get(0).next();
        List<RoomReport> tooMany = Collections.nCopies(RoomReports.MAX_ROOMS + 1, one);
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> directory.report(host.incarnation(), tooMany));
    }

    // Owners come and go

    @Test
    final void under_a_new_epoch_a_room_is_empty_and_open() {
        LobbyRoom room = room(OPEN.withMaxClients(2));
        RoomSeat seat = seatOf(reserved(room, wish(ALICE)), ALICE);
        room.seated(ALICE, seat.id()).limit(1).locked(true).reports();
        registry.rooms().release(room.assignment(), Release.IDLE);

        LobbyRoom next = opened(room.id(), OPEN.withMaxClients(2));
        room.clients(2).reports();

        SeatResult.Reserved both = reserved(next, wish(ALICE, BOB));
        assertThat(seatOf(both, ALICE).taken()).isFalse();
        assertThat(seatOf(both, ALICE).id()).isNotEqualTo(seat.id());
        assertThat(reserve(next, wish(CAROL))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void reservations_end_with_the_ownership() {
        LobbyRoom room = room(OPEN.withMaxClients(1));
        RoomSeat old = seatOf(reserved(room, wish(ALICE)), ALICE);
        registry.rooms().release(room.assignment(), Release.IDLE);
        LobbyRoom next = opened(room.id(), OPEN.withMaxClients(1));

        RoomSeat bobs = seatOf(reserved(next, wish(BOB)), BOB);
        directory.cancel(next.id(), Set.of(old.id()));

        assertThat(seatOf(reserved(next, wish(BOB)), BOB)).isEqualTo(bobs);
        assertThat(reserve(next, wish(ALICE))).isInstanceOf(SeatResult.Full.class);
    }

    @Test
    final void a_dead_owners_rooms_are_not_listed_and_its_seats_are_gone() {
        LobbyRoom room = room(OPEN.withMaxClients(1));
        reserved(room, SeatWish.of(ALICE, Duration.ofHours(1)));
        room.clients(1).reports();

        registry.letPass(registry.lease());

        assertThat(ids(everything())).isEmpty();
        assertThat(directory.match(anyChess(), wish(BOB))).isEmpty();
        assertThat(reserve(room, wish(BOB))).isInstanceOf(SeatResult.Vacant.class);
        room.clients(1).reports();
        host = TestHost.named(registry, "b").joined();
        reserved(opened(room.id(), OPEN.withMaxClients(1)), wish(BOB));
    }

    @Test
    final void visibility_and_metadata_outlive_an_owner_until_the_next_reports() {
        LobbyRoom hidden = room(OPEN)
                .visibility(RoomVisibility.PRIVATE)
                .metadata(Map.of("a", "1"))
                .reports();
        LobbyRoom shown = room(OPEN.withVisibility(RoomVisibility.PRIVATE))
                .visibility(RoomVisibility.PUBLIC)
                .metadata(Map.of("a", "2"))
                .reports();
        for (LobbyRoom room : List.of(hidden, shown)) {
            registry.rooms().release(room.assignment(), Release.IDLE);
        }

        LobbyRoom next = opened(hidden.id(), OPEN);
        opened(shown.id(), OPEN);

        assertThat(list(everything()).rooms())
                .extracting(RoomListing::room, RoomListing::metadata)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(shown.id(), Map.of("a", "2")));

        next.reports();
        assertThat(ids(everything())).containsExactlyInAnyOrder(hidden.id(), shown.id());
    }

    // Matches

    @Test
    final void a_match_fills_the_fullest_room_first_and_reserves_the_seat() {
        LobbyRoom large = room(OPEN.withMaxClients(10)).clients(5).reports();
        LobbyRoom small = room(OPEN.withMaxClients(4)).clients(2).reports();
        room(OPEN.withMaxClients(4)).clients(4).reports();

        assertThat(matched(anyChess(), wish(ALICE)).room().room()).isEqualTo(small.id());
        SeatResult.Reserved last = matched(anyChess(), wish(BOB));
        assertThat(last.room()).isEqualTo(registry.rooms().find(small.id()).orElseThrow());
        assertThat(matched(anyChess(), wish(CAROL)).room().room()).isEqualTo(large.id());
        assertThat(reserve(small, wish(DAVE))).isInstanceOf(SeatResult.Full.class);
        assertThat(seatOf(reserved(small, wish(BOB)), BOB)).isEqualTo(seatOf(last, BOB));
    }

    @Test
    final void a_match_finds_rooms_that_fit_and_no_others() {
        LobbyRoom fits = room(OPEN.withRegion("Tokyo").withMaxClients(4).withMetadata(Map.of("a", "1", "b", "2")));
        room(OPEN.withMetadata(Map.of("a", "2"))).clients(1).reports();
        room(RoomSpec.ofType("go").withVisibility(RoomVisibility.PUBLIC).withMetadata(Map.of("a", "1")));
        room(OPEN.withVisibility(RoomVisibility.PRIVATE).withMetadata(Map.of("a", "1")));
        RoomFilter like =
                RoomFilter.like(OPEN.withRegion("Tokyo").withMaxClients(4).withMetadata(Map.of("a", "1")));

        assertThat(matched(RoomMatch.of(like), wish(ALICE)).room().room()).isEqualTo(fits.id());
        assertThat(directory.match(RoomMatch.of(like.withMetadata(Map.of("a", "1", "b", "1"))), wish(ALICE)))
                .isEmpty();
        assertThat(directory.match(RoomMatch.of(RoomFilter.ofType("checkers")), wish(ALICE)))
                .isEmpty();
        assertThat(directory.match(new RoomMatch(like, Set.of(fits.id())), wish(BOB)))
                .isEmpty();
    }

    @Test
    final void a_group_is_matched_where_all_of_it_fits() {
        room(OPEN.withMaxClients(4)).clients(2).reports();
        LobbyRoom wide = room(OPEN.withMaxClients(9)).clients(1).reports();

        SeatResult.Reserved group = matched(anyChess(), wish(ALICE, BOB, CAROL));

        assertThat(group.room().room()).isEqualTo(wide.id());
        assertThat(group.seats()).containsOnlyKeys(ALICE, BOB, CAROL);
        assertThat(list(everything()).rooms())
                .extracting(listing -> listing.freeSeats().orElse(-1))
                .containsExactlyInAnyOrder(2, 5);
    }

    @Test
    final void who_is_matched_again_gets_the_room_where_his_seat_is_reserved() {
        LobbyRoom first = room(OPEN.withMaxClients(5)).clients(1).reports();
        SeatResult.Reserved before = matched(anyChess(), wish(ALICE));
        LobbyRoom fuller = room(OPEN.withMaxClients(2)).clients(1).reports();

        SeatResult.Reserved again = matched(anyChess(), wish(ALICE));

        assertThat(again).isEqualTo(before);
        assertThat(again.room().room()).isEqualTo(first.id());
        assertThat(matched(anyChess(), wish(ALICE, BOB)).room().room()).isEqualTo(first.id());
        assertThat(matched(anyChess(), wish(CAROL)).room().room()).isEqualTo(fuller.id());
    }

    @Test
    final void a_taken_seat_is_no_reason_to_match_a_room() {
        LobbyRoom full = room(OPEN.withMaxClients(1));
        RoomSeat seat = seatOf(reserved(full, wish(ALICE)), ALICE);
        full.seated(ALICE, seat.id()).reports();

        assertThat(directory.match(anyChess(), wish(ALICE))).isEmpty();
    }

    @Test
    final void rooms_without_a_limit_come_last_the_one_with_most_clients_first() {
        LobbyRoom quiet = room(OPEN);
        LobbyRoom busy = room(OPEN).clients(3).limit(1_000_000).reports();
        LobbyRoom counted = room(OPEN.withMaxClients(100));

        SeatResult.Reserved first = matched(anyChess(), wish(ALICE));
        assertThat(first.room().room()).isEqualTo(counted.id());

        counted.locked(true).reports();
        SeatResult.Reserved second = matched(anyChess(), wish(BOB));
        assertThat(second.room().room()).isEqualTo(busy.id());
        assertThat(second.seats()).isEmpty();

        busy.limit(3).reports();
        assertThat(matched(anyChess(), wish(BOB)).room().room()).isEqualTo(quiet.id());
    }

    // Many at once

    @Test
    final void many_who_want_the_last_seats_never_get_more_than_there_are() {
        LobbyRoom room = room(OPEN.withMaxClients(10)).clients(3).reports();

        List<SeatResult> results =
                Together.run(THREADS * 2, i -> access(i).reserve(room.id(), wish(UserId.of("user-" + i))));

        assertThat(reservedSeats(results)).hasSize(7);
        assertThat(results.stream().filter(result -> result instanceof SeatResult.Full))
                .hasSize(THREADS * 2 - 7);
    }

    @Test
    final void groups_that_race_get_all_their_seats_or_none() {
        LobbyRoom room = room(OPEN.withMaxClients(8));

        List<SeatResult> results = Together.run(
                THREADS,
                i -> access(i).reserve(room.id(), new SeatWish(Set.of(user(i, 0), user(i, 1), user(i, 2)), hold())));

        assertThat(results.stream().filter(result -> result instanceof SeatResult.Reserved))
                .hasSize(2);
        assertThat(reservedSeats(results)).hasSize(6);
        assertThat(list(everything()).rooms().get(0).freeSeats()).hasValue(2);
    }

    @Test
    final void one_user_who_asks_many_times_at_once_gets_one_seat() {
        LobbyRoom room = room(OPEN.withMaxClients(5));

        List<SeatResult> results = Together.run(THREADS, i -> access(i).reserve(room.id(), wish(ALICE)));

        assertThat(Set.copyOf(results)).hasSize(1);
        assertThat(list(everything()).rooms().get(0).freeSeats()).hasValue(4);
    }

    @Test
    final void matches_that_race_never_fill_a_room_beyond_its_limit() {
        List<LobbyRoom> rooms =
                Stream.generate(() -> room(OPEN.withMaxClients(3))).limit(3).toList();

        List<Optional<SeatResult.Reserved>> results =
                Together.run(THREADS * 2, i -> access(i).match(anyChess(), wish(UserId.of("user-" + i))));

        Map<RoomId, Long> byRoom = results.stream()
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(reserved -> reserved.room().room(), Collectors.counting()));
        assertThat(byRoom.values()).isNotEmpty().allMatch(count -> count <= 3);
        assertThat(reservedSeats(results.stream().flatMap(Optional::stream).toList()))
                .hasSize(byRoom.values().stream().mapToInt(Long::intValue).sum());
        rooms.forEach(room -> assertThat(freeSeats(room))
                .isEqualTo(3 - byRoom.getOrDefault(room.id(), 0L).intValue()));
    }

    @Test
    final void reports_that_race_with_reservations_lose_no_seat_and_double_none() {
        LobbyRoom room = room(OPEN.withMaxClients(10));
        SeatResult.Reserved early =
                reserved(room, new SeatWish(Set.of(user(0, 0), user(0, 1), user(0, 2), user(0, 3)), hold()));
        early.seats().forEach((user, seat) -> room.seated(user, seat.id()));
        RoomReport report = room.next();

        List<Optional<SeatResult>> results = Together.run(THREADS + 1, i -> {
            if (i == 0) {
                registry.elsewhere().lobby().orElseThrow().report(host.incarnation(), List.of(report));
                return Optional.empty();
            }
            return Optional.of(access(i).reserve(room.id(), wish(user(i, 0))));
        });

        assertThat(reservedSeats(results.stream().flatMap(Optional::stream).toList()))
                .hasSize(6);
        assertThat(freeSeats(room)).isZero();
    }

    // What the tests say it with

    private RoomDirectory access(int thread) {
        return thread % 2 == 0 ? directory : registry.elsewhere().lobby().orElseThrow();
    }

    private LobbyRoom room(RoomSpec spec) {
        return opened(registry.rooms().create(RoomId.random(), spec).room(), spec);
    }

    private LobbyRoom opened(RoomId room, RoomSpec spec) {
        return new LobbyRoom(directory, host.opens(room), spec);
    }

    /** Long enough for the slowest machine, and less than half a lease. */
    private Duration hold() {
        return registry.lease().dividedBy(3);
    }

    private SeatWish wish(UserId... users) {
        return new SeatWish(Set.of(users), hold());
    }

    private static UserId user(int group, int member) {
        return UserId.of("user-" + group + "-" + member);
    }

    private static RoomMatch anyChess() {
        return RoomMatch.of(RoomFilter.ofType("chess"));
    }

    private static RoomFilter filter(String region, OptionalInt maxClients) {
        return new RoomFilter(Optional.empty(), Optional.of(region), maxClients, Map.of());
    }

    private static RoomQuery everything() {
        return query(RoomFilter.everyRoom());
    }

    private static RoomQuery query(RoomFilter filter) {
        return new RoomQuery(filter, 0, Optional.empty(), RoomQuery.MAX_LIMIT);
    }

    private RoomPage list(RoomQuery query) {
        return registry.elsewhere().lobby().orElseThrow().list(query);
    }

    private List<RoomId> ids(RoomQuery query) {
        return leafThrough(query, () -> {});
    }

    private List<RoomId> leafThrough(RoomQuery first, Runnable betweenPages) {
        List<RoomId> seen = new ArrayList<>();
        Set<RoomId> cursors = new HashSet<>();
        Optional<RoomQuery> query = Optional.of(first);
        while (query.isPresent()) {
            RoomPage page = list(query.get());
            assertThat(page.rooms()).hasSizeLessThanOrEqualTo(first.limit());
            page.rooms().forEach(listing -> seen.add(listing.room()));
            page.next().ifPresent(cursor -> assertThat(cursors.add(cursor)).isTrue());
            query = page.next().map(first::from);
            betweenPages.run();
        }
        return seen;
    }

    private int freeSeats(LobbyRoom room) {
        return list(everything()).rooms().stream()
                .filter(listing -> listing.room().equals(room.id()))
                .mapToInt(listing -> listing.freeSeats().orElseThrow())
                .sum();
    }

    private SeatResult reserve(LobbyRoom room, SeatWish wish) {
        return directory.reserve(room.id(), wish);
    }

    private SeatResult.Reserved reserved(LobbyRoom room, SeatWish wish) {
        SeatResult result = reserve(room, wish);
        assertThat(result).isInstanceOf(SeatResult.Reserved.class);
        return (SeatResult.Reserved) result;
    }

    private SeatResult.Reserved matched(RoomMatch match, SeatWish wish) {
        return directory.match(match, wish).orElseThrow(() -> new AssertionError("no room was matched"));
    }

    private static RoomSeat seatOf(SeatResult.Reserved reserved, UserId user) {
        return Optional.ofNullable(reserved.seats().get(user))
                .orElseThrow(() -> new AssertionError("no seat for " + user));
    }

    private static Set<SeatId> reservedSeats(List<? extends SeatResult> results) {
        List<SeatId> seats = results.stream()
                .filter(result -> result instanceof SeatResult.Reserved)
                .flatMap(result -> ((SeatResult.Reserved) result).seats().values().stream())
                .map(RoomSeat::id)
                .toList();
        assertThat(seats).doesNotHaveDuplicates();
        return Set.copyOf(seats);
    }

    private static RoomReport atEpoch(RoomReport report, long epoch) {
        return new RoomReport(
                report.room(),
                new Epoch(epoch),
                report.number(),
                report.clients(),
                report.limit(),
                report.locked(),
                report.visibility(),
                report.metadata(),
                report.taken(),
                report.freed());
    }
}
