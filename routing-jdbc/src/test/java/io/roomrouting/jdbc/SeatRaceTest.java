package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.SeatId;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import io.roomrouting.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Four processes' worth of threads want seats in a few rooms while the rooms' owner reports, and reservations lapse. */
class SeatRaceTest {

    private static final int PROCESSES = 4;
    private static final int THREADS = 12;
    private static final int ROOMS = 4;
    private static final int LIMIT = 5;
    private static final int TURNS = 40;
    private static final Duration HOLD = Duration.ofMinutes(10);

    @ParameterizedTest
    @FieldSource("io.roomrouting.jdbc.Engine#KINDS")
    @Timeout(120)
    void no_room_is_ever_overbooked(Engine engine) {
        engine.emptyDatabase();
        List<JdbcRegistry> processes = IntStream.range(0, PROCESSES)
                .mapToObj(i -> JdbcRegistry.builder(engine.database())
                        .lease(Duration.ofMinutes(10))
                        .build())
                .toList();
        Owner owner = new Owner(processes.get(0));
        Map<RoomId, AtomicInteger> sitting =
                owner.rooms.stream().collect(Collectors.toMap(RoomAssignment::room, room -> new AtomicInteger()));

        Together.run(THREADS + 1, thread -> {
            if (thread == THREADS) {
                IntStream.rangeClosed(1, TURNS / 2).forEach(number -> owner.reports(number));
                return 0;
            }
            new Guest(processes.get(thread % PROCESSES), thread, sitting).comesAndGoes();
            return 0;
        });

        Map<RoomId, Integer> free =
                processes.get(1).list(new RoomQuery(RoomFilter.everyRoom(), 0, Optional.empty(), 100)).rooms().stream()
                        .collect(Collectors.toMap(
                                RoomListing::room, room -> room.freeSeats().orElseThrow()));
        sitting.forEach((room, count) -> assertThat(free.get(room)).isEqualTo(LIMIT - count.get()));
    }

    @ParameterizedTest
    @FieldSource("io.roomrouting.jdbc.Engine#KINDS")
    void what_has_lapsed_is_removed_and_matched_again(Engine engine) {
        JdbcRegistry registry = JdbcRegistry.builder(engine.emptyDatabase())
                .lease(Duration.ofHours(1))
                .build();
        Owner owner = new Owner(registry);
        for (RoomAssignment room : owner.rooms) {
            Set<UserId> users = IntStream.range(0, LIMIT)
                    .mapToObj(i -> UserId.of("user-" + i))
                    .collect(Collectors.toSet());
            assertThat(registry.reserve(room.room(), new SeatWish(users, Duration.ofMinutes(1))))
                    .isInstanceOf(SeatResult.Reserved.class);
        }
        SeatWish wish = SeatWish.of(UserId.of("late"), HOLD);
        assertThat(registry.match(RoomMatch.of(RoomFilter.everyRoom()), wish)).isEmpty();

        engine.letPass(Duration.ofMinutes(1));

        RoomId matched = registry.match(RoomMatch.of(RoomFilter.everyRoom()), wish)
                .orElseThrow()
                .room()
                .room();
        assertThat(seats(engine)).isEqualTo(1 + (ROOMS - 1) * LIMIT);
        boolean removed = engine.database().run(call -> Seats.endLapsed(call, 1_000));
        assertThat(removed).isTrue();
        assertThat(seats(engine)).isEqualTo(1);
        assertThat(openRooms(engine)).isEqualTo(ROOMS - 1);
        assertThat(registry.find(matched)).isPresent();
    }

    @ParameterizedTest
    @FieldSource("io.roomrouting.jdbc.Engine#KINDS")
    void who_has_reserved_the_last_seat_of_a_room_is_matched_with_it_again(Engine engine) {
        JdbcRegistry registry = JdbcRegistry.builder(engine.emptyDatabase()).build();
        RoomId full = new Owner(registry).rooms.get(ROOMS - 1).room();
        Set<UserId> all =
                IntStream.range(0, LIMIT).mapToObj(i -> UserId.of("user-" + i)).collect(Collectors.toSet());
        SeatResult before = registry.reserve(full, new SeatWish(all, HOLD));

        assertThat(registry.match(RoomMatch.of(RoomFilter.everyRoom()), new SeatWish(all, HOLD)))
                .isEqualTo(Optional.of(before));
    }

    private static long seats(Engine engine) {
        return number(engine, "SELECT COUNT(*) FROM routing_seat");
    }

    private static long openRooms(Engine engine) {
        return number(engine, "SELECT COUNT(*) FROM routing_room WHERE open_seats = " + LIMIT);
    }

    private static long number(Engine engine, String query) {
        return engine.database()
                .run(call -> call.first(Sql.of(query), row -> row.getLong(1)).orElseThrow());
    }

    /** Owns the rooms and says again and again that nobody is in them. */
    private static final class Owner {

        private final JdbcRegistry registry;
        private final HostIncarnation host = HostIncarnation.next(HostId.of("owner"));
        final List<RoomAssignment> rooms = new ArrayList<>();

        Owner(JdbcRegistry registry) {
            this.registry = registry;
            HostAddress address = new HostAddress("a.example.com", 8000, false);
            registry.join(new HostRegistration(host, address, new HostCapacity(100, 100), Map.of(), List.of()));
            RoomSpec spec = RoomSpec.ofType("chess")
                    .withVisibility(RoomVisibility.PUBLIC)
                    .withMaxClients(LIMIT);
            for (int i = 0; i < ROOMS; i++) {
                RoomId room = registry.create(RoomId.random(), spec).room();
                Claim claim = new Claim(room, new Placement(host, address, Optional.empty(), "for a test"));
                RoomAssignment assignment = ((ClaimResult.Granted) registry.claim(claim)).assignment();
                assertThat(registry.confirm(assignment)).isTrue();
                rooms.add(assignment);
            }
        }

        void reports(long number) {
            registry.report(
                    host,
                    rooms.stream()
                            .map(room -> new RoomReport(
                                    room.room(),
                                    room.epoch(),
                                    number,
                                    0,
                                    LIMIT,
                                    false,
                                    RoomVisibility.PUBLIC,
                                    Map.of(),
                                    Map.of(),
                                    Set.of()))
                            .toList());
        }
    }

    /** Takes seats wherever there are any, gives some back, and counts. */
    private static final class Guest {

        private final JdbcRegistry registry;
        private final int number;
        private final Map<RoomId, AtomicInteger> sitting;
        private final Random random;
        private final Map<SeatId, RoomId> mine = new ConcurrentHashMap<>();
        private int names;

        Guest(JdbcRegistry registry, int number, Map<RoomId, AtomicInteger> sitting) {
            this.registry = registry;
            this.number = number;
            this.sitting = sitting;
            this.random = new Random(number);
        }

        void comesAndGoes() {
            List<RoomId> rooms = List.copyOf(sitting.keySet());
            for (int turn = 0; turn < TURNS; turn++) {
                RoomId room = rooms.get(random.nextInt(rooms.size()));
                switch (random.nextInt(4)) {
                    case 0 ->
                        registry.match(RoomMatch.of(RoomFilter.ofType("chess")), wish())
                                .ifPresent(this::sits);
                    case 1, 2 -> reserve(room, this::sits);
                    default -> mine.keySet().stream().findAny().ifPresent(this::leaves);
                }
            }
        }

        private void reserve(RoomId room, Consumer<SeatResult.Reserved> then) {
            if (registry.reserve(room, wish()) instanceof SeatResult.Reserved reserved) {
                then.accept(reserved);
            }
        }

        /** One or two who were never here before. */
        private SeatWish wish() {
            Set<UserId> users = IntStream.rangeClosed(0, random.nextInt(2))
                    .mapToObj(i -> UserId.of("guest-" + number + "-" + names++))
                    .collect(Collectors.toSet());
            return new SeatWish(users, HOLD);
        }

        /** A seat is counted after it was given and until before it is given back: never more than there are. */
        private void sits(SeatResult.Reserved reserved) {
            RoomId room = reserved.room().room();
            for (RoomSeat seat : reserved.seats().values()) {
                mine.put(seat.id(), room);
            }
            assertThat(count(room).addAndGet(reserved.seats().size())).isLessThanOrEqualTo(LIMIT);
        }

        private void leaves(SeatId seat) {
            RoomId room = Objects.requireNonNull(mine.remove(seat));
            count(room).decrementAndGet();
            registry.cancel(room, Set.of(seat));
        }

        private AtomicInteger count(RoomId room) {
            AtomicInteger count = sitting.get(room);
            if (count == null) {
                throw new AssertionError("a room that nobody made: " + room);
            }
            return count;
        }
    }
}
