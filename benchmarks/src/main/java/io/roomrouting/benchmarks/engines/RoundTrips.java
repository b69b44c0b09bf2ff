package io.roomrouting.benchmarks.engines;

import io.roomrouting.Claim;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.Identity;
import io.roomrouting.IssuedTicket;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.TimeSource;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.spi.Admission;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import io.roomrouting.testkit.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Counts how often the network is crossed, with a proxy between this process and the engine. */
final class RoundTrips {

    private static final int CALLS = 200;
    private static final Duration SHORT_LEASE = Duration.ofSeconds(6);
    private static final int INTERVALS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final RoomId ROOM = RoomId.of("looked-up");
    private static final Identity ANN = Identity.of("ann");

    private final String url;
    private final TcpProxy line;

    RoundTrips(String url, TcpProxy line) {
        this.url = url;
        this.line = line;
    }

    /** Of a router's look-ups and of each call, on average. */
    Map<String, Double> perCall() throws InterruptedException {
        Map<String, Double> trips = new LinkedHashMap<>();
        try (Engine engine = Engine.openNew(url, EngineCommand.LEASE)) {
            EngineRun run = new EngineRun(engine, EngineSettings.read("--hosts=1", "--rooms=1", "--threads=1"), "one");
            run.fill();
            RoomRouter router = router(engine);
            router.findOrStart(ROOM, RoomSpec.defaults(), ANN);
            trips.put("resolve", average(() -> router.find(ROOM, ANN)));
            trips.put("find", average(() -> engine.rooms().find(ROOM)));
            for (EngineRun.Operation operation : List.of(run.claim(), run.heartbeat())) {
                trips.put(operation.name(), averageOf(operation));
            }
        }
        return trips;
    }

    private double average(Runnable call) {
        long before = line.roundTrips();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (double) (line.roundTrips() - before) / CALLS;
    }

    private double averageOf(EngineRun.Operation operation) {
        long trips = 0;
        for (int i = 0; i < CALLS; i++) {
            Runnable call = prepared(operation);
            long before = line.roundTrips();
            call.run();
            trips += line.roundTrips() - before;
        }
        return (double) trips / CALLS;
    }

    private static Runnable prepared(EngineRun.Operation operation) {
        try {
            return operation.prepare().call();
        } catch (Exception e) {
            throw new IllegalStateException("the engine failed", e);
        }
    }

    private static RoomRouter router(Engine engine) {
        return RoomRouter.builder()
                .authenticator(Identity::of)
                .registry(engine.rooms())
                .scheduler(new LocalScheduler(engine.hosts()))
                .ticketIssuer((identity, assignment, spec, seat, correlation) ->
                        new IssuedTicket("ticket", Instant.now().plusSeconds(60)))
                .build();
    }

    /** Opens rooms on a host, and counts what the host asks while nothing happens in them. */
    String ofAHost(int rooms) throws InterruptedException {
        try (Engine engine = Engine.openNew(url, SHORT_LEASE);
                SessionHost host = SessionHost.builder()
                        .id(HostId.of("full-" + rooms))
                        .address(new HostAddress("full.example.com", 8000, false))
                        .registry(engine.rooms(), engine.hosts())
                        .capacity(new HostCapacity(rooms, rooms))
                        .limits(SessionLimits.defaults()
                                .withConnectionsPerAddress(rooms)
                                .withAdmissions(rooms, rooms))
                        .rooms(
                                room -> new RoomHandler() {},
                                RoomSettings.defaults().withIdleTimeout(Duration.ofHours(1)))
                        .start()) {
            await(() -> host.status().ready());
            for (int i = 0; i < rooms; i++) {
                enter(engine, host, RoomId.of("held-" + rooms + "-" + i), i);
            }
            await(() -> host.status().load().rooms() == rooms);
            TimeUnit.SECONDS.sleep(1);
            long before = line.roundTrips();
            Duration interval = SHORT_LEASE.dividedBy(3);
            TimeUnit.NANOSECONDS.sleep(interval.multipliedBy(INTERVALS).toNanos());
            return String.format(
                    Locale.ROOT,
                    "%,d rooms asked %d times in %d intervals between heartbeats",
                    host.status().load().rooms(),
                    line.roundTrips() - before,
                    INTERVALS);
        }
    }

    private static void enter(Engine engine, SessionHost host, RoomId room, int number) {
        engine.rooms().ensure(room, RoomSpec.defaults());
        RoomAssignment assignment = EngineRun.granted(engine.rooms()
                .claim(new Claim(
                        room,
                        new Placement(
                                host.status().host(),
                                new HostAddress("full.example.com", 8000, false),
                                Optional.empty(),
                                "to be held"))));
        Ticket ticket = new Ticket(
                "ticket-" + number,
                Identity.of("user-" + number),
                assignment,
                RoomSpec.defaults(),
                Instant.now().plusSeconds(60));
        RecordingConnection.open(host, new Admission(ticket, "10.0.0.1"), RecordingFormat.plain(), TimeSource.system());
    }

    /** Says whether something has come to pass. */
    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the host is not full in time");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
