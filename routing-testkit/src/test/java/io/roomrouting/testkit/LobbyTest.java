package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomPage;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.Route;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.TicketIssuer;
import io.roomrouting.UserId;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.SeatRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lobby from end to end: a router, hosts and their rooms, and one directory. */
class LobbyTest {

    private static final Identity ALICE = Identity.of("alice");
    private static final Identity BOB = Identity.of("bob");
    private static final Identity CAROL = Identity.of("carol");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A match of two that begins when both are there. */
    static final class Duel implements RoomHandler, RestorableRoom {

        private final Room room;

        Duel(Room room) {
            this.room = room;
        }

        // tag::handler[]
        @Override
        public void onJoin(Session session) {
            if (room.sessions().size() == 2) {
                room.lock(); // nobody new from here on; who loses the connection can come back
                room.metadata(Map.of("phase", "playing"));
            }
        }

        @Override
        public void onLeave(Session session, LeaveReason reason) {
            room.unlock();
            room.metadata(Map.of("phase", "waiting"));
        }
        // end::handler[]

        @Override
        public byte[] snapshot() {
            return new byte[0];
        }

        @Override
        public void restore(byte[] state) {}
    }

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).build();
    private final RoomStateStore store = InMemoryStateStore.create();
    private final RecordingFormat format = RecordingFormat.plain();
    private final Map<String, Ticket> tickets = new HashMap<>();
    private final TicketIssuer issuer = (identity, assignment, spec, seat, correlation) -> {
        String token = "ticket-" + tickets.size();
        tickets.put(
                token, new Ticket(token, identity, assignment, spec, time.now().plusSeconds(60), seat));
        return new IssuedTicket(token, time.now().plusSeconds(60));
    };
    private final RoomRouter router = router();
    private SessionHost host = host("localhost:8000");

    private RoomRouter router() {
        // tag::router[]
        return RoomRouter.builder()
                .authenticator(Identity::of)
                .registry(registry)
                .directory(registry) // the same registry: lists, matches and seats
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer(issuer)
                .time(time)
                .build();
        // end::router[]
    }

    private SessionHost host(String address) {
        // tag::host[]
        SessionHost started = SessionHost.builder()
                .address(HostAddress.parse(address))
                .registry(registry)
                .directory(registry) // reports what has changed, at most once a second
                .rooms(Duel::new)
                // end::host[]
                .stateStore(store)
                .time(time)
                .roomExecutor(Runnable::run)
                .blockingExecutor(Runnable::run)
                .start();
        started.register(format);
        return started;
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void two_meet_play_and_make_room_for_others() {
        // tag::match[]
        RoomSpec duel = RoomSpec.ofType("duel").withMaxClients(2).withMetadata(Map.of("phase", "waiting"));
        Route first = router.match(ALICE, duel, Set.of());
        Route second = router.match(BOB, duel, Set.of());
        // end::match[]
        assertThat(second.room()).isEqualTo(first.room());
        RecordingConnection alice = enter(first);
        RecordingConnection bob = enter(second);
        time.advance(SECOND);
        assertRefused(ErrorCode.ROOM_LOCKED, first.room(), CAROL);
        assertThat(listing(first.room()).metadata()).isEqualTo(Map.of("phase", "playing"));
        assertThat(listing(first.room()).clients()).isEqualTo(2);
        Route other = router.match(CAROL, duel, Set.of());
        assertThat(other.room()).isNotEqualTo(first.room());

        bob.end(LeaveReason.LEFT);
        time.advance(SECOND);

        assertThat(listing(first.room()).freeSeats()).hasValue(1);
        assertThat(enter(router.find(first.room(), CAROL)).isOpen()).isTrue();
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void a_list_shows_what_can_be_entered() {
        router.create(ALICE, RoomSpec.ofType("duel").withMaxClients(2));
        RoomId shown = router.create(
                        ALICE, RoomSpec.ofType("duel").withMaxClients(2).withVisibility(RoomVisibility.PUBLIC))
                .room();

        // tag::list[]
        RoomFilter duels = RoomFilter.ofType("duel");
        RoomPage page = router.list(RoomQuery.first(duels, 20));
        List<RoomListing> rooms = page.rooms();
        Optional<RoomPage> following =
                page.next().map(cursor -> router.list(RoomQuery.first(duels, 20).from(cursor)));
        // end::list[]

        assertThat(rooms).extracting(RoomListing::room).containsExactly(shown);
        assertThat(following).isEmpty();
    }

    @Test
    void a_group_comes_together_or_not_at_all() {
        RoomSpec spec = RoomSpec.ofType("raid").withMaxClients(3);
        Route dave = router.match(Identity.of("dave"), spec, Set.of());

        // tag::group[]
        Route leader = router.match(ALICE, spec, Set.of(UserId.of("bob"), UserId.of("carol")));
        Route member = router.find(leader.room(), BOB); // bob's own request: his seat is waiting
        // end::group[]

        assertThat(leader.room()).isNotEqualTo(dave.room());
        assertRefused(ErrorCode.ROOM_FULL, leader.room(), Identity.of("erin"));
        assertThat(enter(member).isOpen()).isTrue();
        assertThat(enter(leader).isOpen()).isTrue();
    }

    @Test
    void who_loses_the_connection_in_a_full_room_finds_his_seat_again() {
        Route route = router.match(ALICE, RoomSpec.ofType("duel").withMaxClients(2), Set.of());
        RecordingConnection alice = enter(route, new SeatRequest.New());
        enter(router.find(route.room(), BOB));
        time.advance(SECOND);
        alice.end(LeaveReason.CONNECTION_LOST);

        assertRefused(ErrorCode.ROOM_LOCKED, route.room(), CAROL);
        RecordingConnection back = enter(
                router.find(route.room(), ALICE),
                new SeatRequest.Back(alice.seat().orElseThrow().token(), 0));

        assertThat(back.seat().orElseThrow().resumed()).isTrue();
    }

    @Test
    void seats_follow_a_room_to_its_next_host() {
        Route route = router.match(ALICE, RoomSpec.ofType("duel").withMaxClients(2), Set.of());
        RecordingConnection alice = enter(route, new SeatRequest.New());
        time.advance(SECOND);
        SessionHost former = host;
        former.drain(Duration.ZERO);
        former.close();
        host = host("localhost:9000");

        Route found = router.find(route.room(), ALICE);
        RecordingConnection back =
                enter(found, new SeatRequest.Back(alice.seat().orElseThrow().token(), 0));
        time.advance(SECOND);

        assertThat(back.seat().orElseThrow().resumed()).isTrue();
        assertThat(listing(route.room()).clients()).isEqualTo(1);
        assertThat(listing(route.room()).freeSeats()).hasValue(1);
    }

    private RoomListing listing(RoomId room) {
        return router.list(new RoomQuery(RoomFilter.everyRoom(), 0, Optional.empty(), 100)).rooms().stream()
                .filter(listing -> listing.room().equals(room))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(ErrorCode code, RoomId room, Identity who) {
        assertThatExceptionOfType(RoutingException.RoomRefused.class)
                .isThrownBy(() -> router.find(room, who))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private RecordingConnection enter(Route route) {
        return enter(route, Optional.empty());
    }

    private RecordingConnection enter(Route route, SeatRequest seat) {
        return enter(route, Optional.of(seat));
    }

    private RecordingConnection enter(Route route, Optional<SeatRequest> seat) {
        Ticket ticket = Optional.ofNullable(tickets.get(route.ticket())).orElseThrow();
        return RecordingConnection.open(host, new Admission(ticket, "127.0.0.1", seat), format, time);
    }
}
