package io.roomrouting.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.ProbedHost;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.HostProber;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the hosts of a static list say of their rooms comes with the replies to the probes. */
class LobbyOfStaticHostsTest {

    private static final HostAddress ADDRESS = HostAddress.parse("localhost:8000");
    private static final RoomSpec DUEL = RoomSpec.ofType("duel").withMaxClients(2);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final ManualTime time = ManualTime.create();
    private final ProbedHost probed = new ProbedHost();
    private final RecordingFormat format = RecordingFormat.plain();
    private final Map<String, Ticket> tickets = new HashMap<>();
    private final SessionHost host = SessionHost.builder()
            .address(ADDRESS)
            .probed(probed)
            .rooms(room -> new RoomHandler() {})
            .time(time)
            .roomExecutor(Runnable::run)
            .blockingExecutor(Runnable::run)
            .start();
    private boolean losingReplies;
    private InMemoryRegistry registry = registry();
    private StaticHosts probing = probe();
    private RoomRouter router = router();

    private InMemoryRegistry registry() {
        return InMemoryRegistry.builder()
                .time(time)
                .settleTime(Duration.ofSeconds(15))
                .build();
    }

    private StaticHosts probe() {
        HostProber prober = (address, request, timeout) -> {
            ProbeReply reply = probed.onProbe(request);
            if (losingReplies) {
                throw RoutingException.unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "the reply got lost", INTERVAL);
            }
            return reply;
        };
        StaticHosts started = StaticHosts.builder(registry, prober)
                .hosts(List.of(ADDRESS))
                .time(time)
                .start(new CallerRuns());
        time.advance(INTERVAL);
        return started;
    }

    private RoomRouter router() {
        return RoomRouter.builder()
                .authenticator(Identity::of)
                .registry(registry)
                .directory(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer((identity, assignment, spec, seat, correlation) -> {
                    String token = "ticket-" + tickets.size();
                    tickets.put(
                            token,
                            new Ticket(
                                    token,
                                    identity,
                                    assignment,
                                    spec,
                                    time.now().plusSeconds(60),
                                    seat));
                    return new IssuedTicket(token, time.now().plusSeconds(60));
                })
                .time(time)
                .build();
    }

    @AfterEach
    void stop() {
        probing.close();
        host.close();
    }

    @Test
    void clients_are_known_with_the_next_probe() {
        Route route = router.match(Identity.of("alice"), DUEL, Set.of());
        RecordingConnection alice = enter(route);
        time.advance(INTERVAL);
        assertThat(listing(route).clients()).isEqualTo(1);
        assertThat(listing(route).freeSeats()).hasValue(1);

        alice.end(LeaveReason.LEFT);
        time.advance(INTERVAL);
        assertThat(listing(route).clients()).isZero();
        assertThat(listing(route).freeSeats()).hasValue(2);
    }

    @Test
    void a_report_whose_reply_got_lost_comes_again() {
        Route route = router.match(Identity.of("alice"), DUEL, Set.of());
        losingReplies = true;
        RecordingConnection alice = enter(route);
        time.advance(INTERVAL);
        alice.end(LeaveReason.LEFT);
        enter(router.match(Identity.of("bob"), DUEL, Set.of()));
        time.advance(INTERVAL);
        losingReplies = false;
        // A probe that has failed is repeated a little later than the rule says.
        time.advance(Duration.ofSeconds(3));

        assertThat(listing(route).clients()).isEqualTo(1);
        assertThat(listing(route).freeSeats()).hasValue(1);
    }

    @Test
    void a_backend_that_starts_anew_learns_who_sits_where() {
        Route route = router.match(Identity.of("alice"), DUEL, Set.of());
        enter(route);
        enter(router.find(route.room(), Identity.of("bob")));
        time.advance(INTERVAL);
        probing.close();
        time.advance(Duration.ofSeconds(6));

        registry = registry();
        probing = probe();
        router = router();
        time.advance(Duration.ofSeconds(3));

        assertThat(listing(route).clients()).isEqualTo(2);
        assertThat(listing(route).freeSeats()).hasValue(0);
        Ticket back = ticket(router.find(route.room(), Identity.of("alice")));
        assertThat(back.seat().orElseThrow().taken()).isTrue();
        assertThat(back.seat().orElseThrow().id())
                .isEqualTo(ticket(route).seat().orElseThrow().id());
    }

    private RoomListing listing(Route route) {
        return router.list(new RoomQuery(RoomFilter.everyRoom(), 0, Optional.empty(), 100)).rooms().stream()
                .filter(listing -> listing.room().equals(route.room()))
                .findFirst()
                .orElseThrow();
    }

    private RecordingConnection enter(Route route) {
        RecordingConnection connection =
                RecordingConnection.open(host, new Admission(ticket(route), "127.0.0.1"), format, time);
        assertThat(connection.isOpen()).isTrue();
        return connection;
    }

    private Ticket ticket(Route route) {
        return Optional.ofNullable(tickets.get(route.ticket())).orElseThrow();
    }
}
