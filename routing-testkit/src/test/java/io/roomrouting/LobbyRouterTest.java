package io.roomrouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router with a directory: seats in tickets, lists, matches. */
class LobbyRouterTest {

    private static final Identity ALICE = Identity.of("alice");
    private static final Identity BOB = Identity.of("bob");
    private static final Identity CAROL = Identity.of("carol");
    private static final RoomSpec DUEL = RoomSpec.ofType("duel").withMaxClients(2);

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry memory =
            InMemoryRegistry.builder().time(time).build();
    private final ListeningRegistry registry = new ListeningRegistry(memory);
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final Set<RoomId> forbidden = new HashSet<>();
    private boolean mayCreate = true;

    @BeforeEach
    void aHostLives() {
        memory.join(new HostRegistration(
                HostIncarnation.next(HostId.of("a")),
                new HostAddress("a", 8000, false),
                new HostCapacity(1_000, 1_000),
                Map.of(),
                List.of()));
    }

    // Seats

    @Test
    void every_ticket_for_a_counted_room_carries_a_seat_and_asking_again_the_same_one() {
        RoomId room = router().create(ALICE, DUEL).room();

        Ticket first = ticket(router().find(room, ALICE));
        Ticket second = ticket(router().findOrStart(room, RoomSpec.defaults(), ALICE));
        Ticket bobs = ticket(router().find(room, BOB));

        assertThat(first.seat()).isPresent();
        assertThat(second.seat()).isEqualTo(first.seat());
        assertThat(bobs.seat()).isPresent().isNotEqualTo(first.seat());
        assertThat(tickets.values()).allMatch(ticket -> ticket.seat().isPresent());
    }

    @Test
    void a_look_up_of_a_room_with_an_owner_is_one_call() {
        RoomId counted = router().create(ALICE, DUEL).room();
        RoomId uncounted = router().create(ALICE, RoomSpec.defaults()).room();
        registry.asked.clear();

        router().find(counted, ALICE);
        router().find(uncounted, ALICE);
        router().findOrStart(uncounted, RoomSpec.defaults(), ALICE);

        assertThat(registry.asked).containsExactly("reserve", "reserve", "reserve");
    }

    @Test
    void a_room_without_a_limit_needs_no_seat_and_is_placed_without_asking_twice() {
        RoomId room = memory.create(RoomId.random(), RoomSpec.defaults()).room();

        Route route = router().find(room, ALICE);

        assertThat(ticket(route).seat()).isEmpty();
        assertThat(registry.asked.stream().filter("reserve"::equals)).hasSize(1);
    }

    @Test
    void a_full_room_refuses_whom_it_has_no_seat_for() {
        RoomId room = router().create(ALICE, DUEL).room();
        router().find(room, BOB);

        assertCode(ErrorCode.ROOM_FULL, () -> router().find(room, CAROL));
        assertCode(ErrorCode.ROOM_FULL, () -> router().findOrStart(room, DUEL, CAROL));
        assertThat(ticket(router().find(room, BOB)).seat()).isPresent();
    }

    @Test
    void a_seat_is_held_until_the_ticket_is_certainly_over() {
        RoomId room = router().create(ALICE, DUEL.withMaxClients(1)).room();
        beat();

        time.advance(Duration.ofSeconds(10));
        beat();
        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofSeconds(10));
            beat();
        }
        assertCode(ErrorCode.ROOM_FULL, () -> router().find(room, BOB));
        time.advance(Duration.ofSeconds(14));
        beat();
        assertCode(ErrorCode.ROOM_FULL, () -> router().find(room, BOB));
        time.advance(Duration.ofSeconds(1));

        assertThat(ticket(router().find(room, BOB)).seat()).isPresent();
    }

    @Test
    void a_locked_room_refuses_newcomers() {
        Route route = router().create(ALICE, DUEL);
        RoomAssignment owner = ticket(route).assignment();
        report(owner, 1, true, Map.of(ticket(route).seat().orElseThrow().id(), ALICE.user()));

        assertCode(ErrorCode.ROOM_LOCKED, () -> router().find(route.room(), BOB));
        assertThat(ticket(router().find(route.room(), ALICE)).seat())
                .contains(new RoomSeat(ticket(route).seat().orElseThrow().id(), true));
    }

    @Test
    void a_room_without_an_owner_is_placed_and_then_has_seats() {
        RoomId room = memory.create(RoomId.random(), DUEL).room();

        assertThat(ticket(router().find(room, ALICE)).seat()).isPresent();
        assertThat(ticket(router().findOrStart(RoomId.of("new"), DUEL, ALICE)).seat())
                .isPresent();
    }

    @Test
    void who_may_not_join_reserves_nothing() {
        RoomId room = router().create(ALICE, DUEL.withMaxClients(1)).room();
        time.advance(Duration.ofSeconds(75));
        forbidden.add(room);

        assertThatExceptionOfType(RoutingException.Forbidden.class).isThrownBy(() -> router().find(room, BOB));
        assertThat(registry.asked.stream().filter("reserve"::equals)).hasSize(1);
    }

    @Test
    void an_unknown_room_is_not_found() {
        assertCode(ErrorCode.ROOM_NOT_FOUND, () -> router().find(RoomId.random(), ALICE));
    }

    @Test
    void without_a_directory_nothing_is_counted_listed_or_matched() {
        RoomRouter plain = builder().build();
        Route route = plain.create(ALICE, DUEL.withMaxClients(1));

        plain.find(route.room(), BOB);

        assertThat(ticket(route).seat()).isEmpty();
        assertThat(registry.asked).doesNotContain("reserve");
        assertThat(plain.hasDirectory()).isFalse();
        assertThat(router().hasDirectory()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> plain.list(RoomQuery.first(RoomFilter.everyRoom(), 1)));
        assertThatIllegalStateException().isThrownBy(() -> plain.match(ALICE, DUEL, Set.of()));
    }

    @Test
    void a_router_waits_if_its_directory_does() {
        RoomRouterBuilder quick = builder().registry(memory).authenticator(new Authenticator() {
            @Override
            public Identity authenticate(String token) {
                return Identity.of(token);
            }

            @Override
            public boolean mayBlock() {
                return false;
            }
        });

        assertThat(quick.directory(memory).build().mayBlock()).isFalse();
        assertThat(quick.directory(registry).build().mayBlock()).isTrue();
    }

    // Lists and matches

    @Test
    void created_rooms_are_listed_only_if_they_are_public() {
        RoomId shown = router().create(ALICE, DUEL.withVisibility(RoomVisibility.PUBLIC))
                .room();
        router().create(ALICE, DUEL);

        assertThat(listed()).containsExactly(shown);
    }

    @Test
    void who_wants_the_same_meets_and_who_finds_nobody_gets_a_new_public_room() {
        Route alices = router().match(ALICE, DUEL, Set.of());
        Route bobs = router().match(BOB, DUEL, Set.of());
        Route carols = router().match(CAROL, DUEL, Set.of());

        assertThat(bobs.room()).isEqualTo(alices.room());
        assertThat(carols.room()).isNotEqualTo(alices.room());
        assertThat(List.of(alices, bobs, carols))
                .allMatch(route -> ticket(route).seat().isPresent());
        assertThat(listed()).containsExactly(carols.room());
        assertThat(memory.find(alices.room()).orElseThrow().spec().visibility()).isEqualTo(RoomVisibility.PUBLIC);
    }

    @Test
    void a_group_gets_its_seats_together_and_each_member_comes_with_a_ticket_of_its_own() {
        router().match(Identity.of("dave"), DUEL.withMaxClients(3), Set.of());

        Route leader = router().match(ALICE, DUEL.withMaxClients(3), Set.of(BOB.user(), CAROL.user()));

        assertThat(ticket(leader).identity()).isEqualTo(ALICE);
        assertCode(ErrorCode.ROOM_FULL, () -> router().find(leader.room(), Identity.of("erin")));
        Set<SeatId> seats = new HashSet<>();
        seats.add(ticket(leader).seat().orElseThrow().id());
        seats.add(ticket(router().find(leader.room(), BOB)).seat().orElseThrow().id());
        seats.add(
                ticket(router().find(leader.room(), CAROL)).seat().orElseThrow().id());
        assertThat(seats).hasSize(3);
        assertThat(tickets.values().stream()
                        .map(ticket -> ticket.identity().user().value()))
                .containsOnly("dave", "alice", "bob", "carol");
    }

    @Test
    void a_group_that_can_never_fit_is_refused() {
        assertCode(ErrorCode.INVALID_REQUEST, () -> router().match(ALICE, DUEL, Set.of(BOB.user(), CAROL.user())));
        Set<UserId> many = new HashSet<>(IntStream.range(0, SeatWish.MAX_USERS)
                .mapToObj(i -> UserId.of("user-" + i))
                .toList());
        assertCode(ErrorCode.INVALID_REQUEST, () -> router().match(ALICE, RoomSpec.defaults(), many));
        assertThat(listed()).isEmpty();
    }

    @Test
    void rooms_that_the_user_may_not_join_are_passed_over_and_their_seats_given_back() {
        RoomId full = router().match(BOB, DUEL, Set.of()).room();
        forbidden.add(full);

        Route route = router().match(ALICE, DUEL, Set.of());

        assertThat(route.room()).isNotEqualTo(full);
        assertThat(router().match(ALICE, DUEL, Set.of()).room()).isEqualTo(route.room());
        assertThat(registry.asked.stream().filter("create"::equals)).hasSize(2);
        forbidden.clear();
        assertThat(ticket(router().find(full, CAROL)).seat()).isPresent();
    }

    @Test
    void behind_a_room_that_the_user_may_not_join_the_next_one_is_found() {
        RoomId fuller = router().match(BOB, DUEL.withMaxClients(3), Set.of(CAROL.user()))
                .room();
        RoomId next = router().create(
                        Identity.of("dave"), DUEL.withMaxClients(3).withVisibility(RoomVisibility.PUBLIC))
                .room();
        forbidden.add(fuller);

        assertThat(router().match(ALICE, DUEL.withMaxClients(3), Set.of()).room())
                .isEqualTo(next);
    }

    @Test
    void a_new_room_is_only_for_those_who_may_create() {
        mayCreate = false;

        assertThatExceptionOfType(RoutingException.Forbidden.class)
                .isThrownBy(() -> router().match(ALICE, DUEL, Set.of()));
        assertThat(listed()).isEmpty();
        mayCreate = true;
        router().match(BOB, DUEL, Set.of());
        mayCreate = false;
        assertThat(ticket(router().match(ALICE, DUEL, Set.of())).seat()).isPresent();
    }

    @Test
    void when_others_fill_the_new_room_first_another_is_found_or_made() {
        registry.fullOnce = true;

        Route route = router().match(ALICE, DUEL, Set.of());

        assertThat(ticket(route).seat()).isPresent();
        // Twice before a room is made, and once after others have filled it.
        assertThat(registry.asked.stream().filter("create"::equals)).hasSize(1);
        assertThat(registry.asked.stream().filter("match"::equals)).hasSize(3);
    }

    @Test
    void a_rush_to_an_empty_lobby_fills_rooms_instead_of_making_one_for_each() throws Exception {
        RoomRouter router = RoomRouter.builder()
                .authenticator(Identity::of)
                .registry(registry)
                .directory(memory)
                .scheduler(new LocalScheduler(memory))
                .ticketIssuer(this::issue)
                .build();
        ExecutorService executor = Executors.newFixedThreadPool(8);
        CyclicBarrier start = new CyclicBarrier(8);
        List<Future<Route>> routes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Identity user = Identity.of("user-" + i);
            routes.add(executor.submit(() -> {
                start.await(60, TimeUnit.SECONDS);
                return router.match(user, DUEL.withMaxClients(4), Set.of());
            }));
        }
        Set<RoomId> rooms = new HashSet<>();
        for (Future<Route> route : routes) {
            rooms.add(route.get(60, TimeUnit.SECONDS).room());
        }
        executor.shutdown();

        assertThat(rooms).hasSize(2);
    }

    private List<RoomId> listed() {
        return router().list(RoomQuery.first(RoomFilter.everyRoom(), 10)).rooms().stream()
                .map(RoomListing::room)
                .toList();
    }

    private void report(RoomAssignment owner, int clients, boolean locked, Map<SeatId, UserId> taken) {
        memory.report(
                owner.owner(),
                List.of(new RoomReport(
                        owner.room(),
                        owner.epoch(),
                        1,
                        clients,
                        2,
                        locked,
                        RoomVisibility.PRIVATE,
                        Map.of(),
                        taken,
                        Set.of())));
    }

    private void beat() {
        memory.list().forEach(host -> memory.heartbeat(host.host(), HostLoad.NONE, HostState.ACTIVE));
    }

    private Ticket ticket(Route route) {
        return Optional.ofNullable(tickets.get(route.ticket())).orElseThrow();
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        RoutingException refusal = catchThrowableOfType(RoutingException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    private RoomRouter router() {
        return builder().directory(registry).build();
    }

    private RoomRouterBuilder builder() {
        return RoomRouter.builder()
                .authenticator(Identity::of)
                .authorizer(new RoomAuthorizer() {
                    @Override
                    public void authorize(Identity identity, Action action, RoomId room) {
                        if (forbidden.contains(room) || (action == Action.CREATE && !mayCreate)) {
                            throw RoutingException.forbidden("not you");
                        }
                    }

                    @Override
                    public boolean mayBlock() {
                        return false;
                    }
                })
                .registry(registry)
                .scheduler(new LocalScheduler(memory))
                .ticketIssuer(this::issue)
                .time(time);
    }

    private IssuedTicket issue(
            Identity identity,
            RoomAssignment assignment,
            RoomSpec spec,
            Optional<RoomSeat> seat,
            Optional<CorrelationId> correlation) {
        String token = "ticket-" + RoomId.random();
        tickets.put(
                token, new Ticket("id", identity, assignment, spec, time.now().plusSeconds(60), seat));
        return new IssuedTicket(token, time.now().plusSeconds(60));
    }

    /** Keeps what was asked. */
    private static final class ListeningRegistry implements RoomRegistry, RoomDirectory {

        private final InMemoryRegistry memory;
        private final List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());
        private boolean fullOnce;

        ListeningRegistry(InMemoryRegistry memory) {
            this.memory = memory;
        }

        @Override
        public RoomRecord create(RoomId fresh, RoomSpec spec) {
            asked.add("create");
            return memory.create(fresh, spec);
        }

        @Override
        public RoomRecord ensure(RoomId room, RoomSpec spec) {
            asked.add("ensure");
            return memory.ensure(room, spec);
        }

        @Override
        public Optional<RoomRecord> find(RoomId room) {
            asked.add("find");
            return memory.find(room);
        }

        @Override
        public ClaimResult claim(Claim claim) {
            asked.add("claim");
            return memory.claim(claim);
        }

        @Override
        public boolean confirm(RoomAssignment assignment) {
            return memory.confirm(assignment);
        }

        @Override
        public void release(RoomAssignment assignment, Release release) {
            memory.release(assignment, release);
        }

        @Override
        public RoomPage list(RoomQuery query) {
            asked.add("list");
            return memory.list(query);
        }

        @Override
        public SeatResult reserve(RoomId room, SeatWish wish) {
            asked.add("reserve");
            if (fullOnce) {
                fullOnce = false;
                return new SeatResult.Full();
            }
            return memory.reserve(room, wish);
        }

        @Override
        public Optional<SeatResult.Reserved> match(RoomMatch match, SeatWish wish) {
            asked.add("match");
            return memory.match(match, wish);
        }

        @Override
        public void cancel(RoomId room, Set<SeatId> seats) {
            asked.add("cancel");
            memory.cancel(room, seats);
        }

        @Override
        public void report(HostIncarnation host, List<RoomReport> reports) {
            memory.report(host, reports);
        }

        /** In memory nothing waits, but this stands for a directory that does. */
        @Override
        public boolean mayBlock() {
            return true;
        }
    }
}
