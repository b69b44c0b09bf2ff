package io.roomrouting.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a host and a router do is found in their meters. */
class RoomMetricsTest {

    private static final RoomId ROOM = RoomId.of("room");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RoomMetrics metrics = RoomMetrics.in(meters);
    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).build();
    private final List<RoomAssignment> assignments = new ArrayList<>();
    private final SessionHost host = SessionHost.builder()
            .address(new HostAddress("localhost", 8000, false))
            .registry(registry)
            .capacity(new HostCapacity(1, 10))
            .rooms(Echo::new, RoomSettings.defaults().withMaxClients(2).withIdleTimeout(Duration.ofSeconds(1)))
            .limits(SessionLimits.defaults().withEvents(1, 3).withConnectionsPerAddress(1))
            .time(time)
            .blockingExecutor(Runnable::run)
            .roomExecutor(Runnable::run)
            .listener(metrics.sessions())
            .start();
    private int tickets;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void whatHappensInRoomsIsCounted() {
        RecordingConnection alice = knock("alice");
        RecordingConnection bob = knock("bob");
        alice.send(event("hello"), event("hello"), event("crash"), event("one too many"));
        bob.end(LeaveReason.LEFT);
        alice.end(LeaveReason.LEFT);
        time.advance(Duration.ofSeconds(2));

        assertThat(count("rooms.opened")).isOne();
        assertThat(count("sessions.joined")).isEqualTo(2);
        assertThat(count("events")).isEqualTo(3);
        assertThat(count("messages")).isGreaterThanOrEqualTo(4);
        assertThat(count("events.refused", "code", "RATE_LIMITED")).isOne();
        assertThat(count("handler.failures", "callback", "onEvent")).isOne();
        assertThat(count("sessions.left", "reason", "LEFT")).isEqualTo(2);
        assertThat(count("rooms.closed", "reason", "IDLE")).isOne();
        assertThat(find("batches").timer().count()).isPositive();
    }

    @Test
    void everyRefusalIsCountedByItsBound() {
        knock("alice");
        knock("bob");
        RecordingConnection carol = knock("carol");
        host.permit("10.0.0.1");

        assertThatThrownBy(() -> host.permit("10.0.0.1")).isInstanceOf(RoutingException.class);
        assertThat(carol.isOpen()).isFalse();
        assertThat(count("admissions.refused", "code", "ROOM_FULL")).isOne();
        assertThat(count("connections.refused", "code", "RATE_LIMITED")).isOne();
        assertThat(count("connections.refused", "code", "OVERLOADED")).isZero();
    }

    @Test
    void aHostIsWatched() {
        metrics.watch(host);
        metrics.limit(new HostCapacity(1, 10));
        knock("alice");

        assertThat(gauge("rooms")).isOne();
        assertThat(gauge("rooms.max")).isOne();
        assertThat(gauge("connections")).isOne();
        assertThat(gauge("connections.max")).isEqualTo(10);
        assertThat(gauge("host.ready")).isOne();
        assertThat(gauge("host.lease")).isOne();
        assertThat(gauge("host.draining")).isZero();

        host.drain(Duration.ZERO, Duration.ZERO);

        assertThat(gauge("rooms")).isZero();
        assertThat(gauge("host.ready")).isZero();
        assertThat(gauge("host.draining")).isOne();
        assertThat(count("rooms.closed", "reason", "HOST_DRAINING")).isOne();
    }

    @Test
    void placementsAndTheirFailuresAreCounted() {
        RoomRouter router = router();
        router.findOrStart(ROOM, RoomSpec.defaults(), Identity.of("alice"));

        assertThatThrownBy(() -> router.findOrStart(RoomId.of("other"), RoomSpec.defaults(), Identity.of("alice")))
                .isInstanceOfSatisfying(
                        RoutingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CAPACITY));
        assertThat(count("placements")).isOne();
        assertThat(count("placements.failed", "code", "NO_CAPACITY")).isOne();
    }

    @Test
    void whatIsKnownBeforehandStandsAtZeroAndHasAWordOfExplanation() {
        metrics.routing();

        assertThat(meters.getMeters()).hasSizeGreaterThan(40).allSatisfy(meter -> {
            assertThat(meter.getId().getName()).startsWith("room.routing.");
            assertThat(meter.getId().getDescription()).isNotBlank();
        });
        assertThat(count("placements.failed", "code", "NO_CAPACITY")).isZero();
        assertThat(count("sessions.left", "reason", "FLOODING")).isZero();
    }

    @Test
    void noMeterNamesAUserOrARoom() {
        metrics.watch(host);
        knock("alice").send(event("hello"), event("crash"));
        router().findOrStart(ROOM, RoomSpec.defaults(), Identity.of("alice"));

        Stream<String> values = meters.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getValue);

        assertThat(values).isNotEmpty().doesNotContain("alice", "room");
    }

    @Test
    void hostsThatShareARegistryAreToldApartByATag() {
        metrics.tagged("host", "a").sessions();
        metrics.tagged("host", "b").sessions().roomOpened(ROOM);

        assertThat(count("rooms.opened", "host", "a")).isZero();
        assertThat(count("rooms.opened", "host", "b")).isOne();
    }

    private RequiredSearch find(String name, String... tags) {
        return meters.get("room.routing." + name).tags(tags);
    }

    private double count(String name, String... tags) {
        return find(name, tags).counter().count();
    }

    private double gauge(String name) {
        return find(name).gauge().value();
    }

    private RoomRouter router() {
        return RoomRouter.builder()
                .authenticator(Identity::of)
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer((identity, assignment, spec, seat, correlation) -> {
                    assignments.add(assignment);
                    return new IssuedTicket("none", time.now());
                })
                .time(time)
                .listener(metrics.routing())
                .build();
    }

    private RecordingConnection knock(String user) {
        router().findOrStart(ROOM, RoomSpec.defaults(), Identity.of(user));
        Ticket ticket = new Ticket(
                "ticket-" + ++tickets,
                Identity.of(user),
                assignments.get(assignments.size() - 1),
                RoomSpec.defaults(),
                time.now().plusSeconds(Ticket.MAX_LIFE_SECONDS));
        return RecordingConnection.open(host, new Admission(ticket, "10.0.0.9"), RecordingFormat.plain(), time);
    }

    private static InboundEvent event(String name) {
        return new InboundEvent(name, List.of(), InboundEvent.NO_REPLY);
    }

    private static final class Echo implements RoomHandler {

        private final Room room;

        Echo(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session from, Event event) {
            if (event.name().equals("crash")) {
                throw new IllegalStateException("a fault of the test's room");
            }
            room.broadcast(event.name());
        }
    }
}
