package io.roomrouting.agones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.roomrouting.CorrelationId;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostState;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.TicketIssuer;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionHost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend and session hosts, as an application wires them, on a fleet of two game servers. */
class RoomsOnAgonesTest {

    private static final Identity ANN = Identity.of("ann");

    private final FakeFleet fleet = new FakeFleet();
    private final FakeKubernetes kubernetes = new FakeKubernetes(fleet);
    private final InMemoryRegistry registry = InMemoryRegistry.create();
    private final Visitors visitors = new Visitors(registry);
    private final Map<HostId, SessionHost> hosts = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(kubernetes));
    private final List<Pod> pods = new ArrayList<>();

    /** One session host and its game server. */
    private final class Pod {
        private final FakeFleet.Server gameServer;
        private final SessionHost host;

        Pod(String name, int capacity) throws Exception {
            gameServer = fleet.add(name, 7001 + pods.size(), capacity).become("Scheduled");
            FakeSidecar fake = new FakeSidecar(gameServer);
            open.add(0, fake);
            host = startHost(fake.uri());
            hosts.put(HostId.of(name), host);
            pods.add(this);
            await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));
        }
    }

    private SessionHost startHost(URI sidecarAddress) throws Exception {
        Duration unusedAfter = Duration.ofSeconds(5);
        RoomHandlerFactory chat = room -> new RoomHandler() {};
        RoomSettings settings = RoomSettings.defaults().withIdleTimeout(Duration.ZERO);
        // tag::host[]
        Sidecar sidecar = Sidecar.at(sidecarAddress); // in a pod: Sidecar.local()
        GameServer self = sidecar.awaitAddress("default", Duration.ofSeconds(30));
        AgonesHost agones = AgonesHost.builder(sidecar)
                .unusedAfter(unusedAfter) // longer than the registry keeps a claim that nobody uses
                .build();

        SessionHost host = SessionHost.builder()
                .id(self.hostId()) // the scheduler looks for this name
                .address(self.address("default"))
                .registry(registry) // the one that the backend uses, too
                .capacity(new HostCapacity((int) sidecar.counter("rooms").capacity(), 10_000))
                .rooms(chat, settings)
                .listener(agones.sessionListener())
                .start();
        agones.start(host); // now the game server becomes ready
        // end::host[]
        open.add(0, sidecar);
        open.add(0, host);
        open.add(0, agones);
        return host;
    }

    private RoomRouter backend() {
        AgonesScheduler agones =
                scheduler(new KubernetesApi(kubernetes.uri(), Optional.empty(), Optional.empty()), registry);
        open.add(0, agones);
        return router(agones, registry, this::ticket);
    }

    private static AgonesScheduler scheduler(KubernetesApi api, HostRegistry registry) {
        // tag::scheduler[]
        AgonesScheduler agones = AgonesScheduler.builder()
                .kubernetes(api) // in a pod: KubernetesApi.inCluster()
                .fleet(Fleet.of("games", "rooms"))
                .hosts(HostLookup.registered(registry))
                .build();
        // end::scheduler[]
        return agones;
    }

    private static RoomRouter router(AgonesScheduler agones, RoomRegistry registry, TicketIssuer tickets) {
        return RoomRouter.builder()
                .authenticator(Identity::of)
                .scheduler(agones)
                .registry(registry)
                .ticketIssuer(tickets)
                .build();
    }

    private IssuedTicket ticket(
            Identity identity,
            RoomAssignment assignment,
            RoomSpec spec,
            Optional<RoomSeat> seat,
            Optional<CorrelationId> correlation) {
        return new IssuedTicket(
                identity + "@" + assignment.room(), Instant.now().plusSeconds(60));
    }

    private SessionHost ownerOf(RoomId room) {
        RoomAssignment assignment =
                registry.find(room).orElseThrow().assignment().orElseThrow();
        SessionHost owner = hosts.get(assignment.owner().host());
        assertThat(owner).isNotNull();
        assertThat(owner.status().host()).isEqualTo(assignment.owner());
        return owner;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void everyRoomIsOnOneHostAndEveryPlaceThatWasTakenInVainComesBack() throws Exception {
        // Room for what is taken in vain, too: lost answers, and both backends at the same room.
        Pod first = new Pod("rooms-a", 50);
        Pod second = new Pod("rooms-b", 50);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        kubernetes.always(() -> {
            synchronized (random) {
                return switch (random.nextInt(6)) {
                    case 0 -> Optional.of(FakeKubernetes.lostAnswer());
                    case 1 -> Optional.of(FakeKubernetes.contention());
                    default -> Optional.empty();
                };
            }
        });
        RoomRouter one = backend();
        RoomRouter other = backend();

        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> found = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RoomId room = RoomId.of("room-" + i);
                found.add(callers.submit(() -> one.findOrStart(room, RoomSpec.defaults(), ANN)));
                found.add(callers.submit(() -> other.findOrStart(room, RoomSpec.defaults(), ANN)));
            }
            for (Future<?> each : found) {
                assertThat(each.get(60, TimeUnit.SECONDS)).as("seed %s", seed).isNotNull();
            }
        } finally {
            callers.shutdownNow();
        }
        for (int i = 0; i < 20; i++) {
            RoomId room = RoomId.of("room-" + i);
            visitors.enter(
                    ownerOf(room),
                    registry.find(room).orElseThrow().assignment().orElseThrow());
        }

        assertThat(first.host.status().load().rooms()
                        + second.host.status().load().rooms())
                .isEqualTo(20);
        for (Pod pod : pods) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(pod.gameServer.count())
                            .as("%s, seed %s", pod.gameServer.name(), seed)
                            .isEqualTo(pod.host.status().load().rooms()));
        }
    }

    @Test
    void roomsOfAHostThatDrainsAreFoundOnAnother() throws Exception {
        Pod first = new Pod("rooms-a", 5);
        RoomRouter backend = backend();
        RoomId room = RoomId.of("room-1");
        backend.findOrStart(room, RoomSpec.defaults(), ANN);
        visitors.enter(
                ownerOf(room), registry.find(room).orElseThrow().assignment().orElseThrow());
        Pod second = new Pod("rooms-b", 5);

        assertThat(first.host.drain(Duration.ofMillis(10))).isTrue();
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        first.gameServer.label("agones.dev/sdk-room-draining").equals("true"));

        backend.findOrStart(room, RoomSpec.defaults(), ANN);
        assertThat(ownerOf(room)).isSameAs(second.host);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> first.gameServer.state().equals("Shutdown"));
    }

    @Test
    void roomsOfAHostThatDiedAreFoundOnAnother() throws Exception {
        Pod first = new Pod("rooms-a", 5);
        RoomRouter backend = backend();
        RoomId room = RoomId.of("room-1");
        backend.findOrStart(room, RoomSpec.defaults(), ANN);
        Pod second = new Pod("rooms-b", 5);

        first.host.close();
        fleet.remove(first.gameServer);

        backend.findOrStart(room, RoomSpec.defaults(), ANN);
        assertThat(ownerOf(room)).isSameAs(second.host);
    }

    @Test
    void aHostThatRefusesIsReplacedInTheSameRequest() throws Exception {
        Pod first = new Pod("rooms-a", 5);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !first.gameServer.label("agones.dev/sdk-room-host").isEmpty());
        Pod second = new Pod("rooms-b", 9);
        // An operator's order, which the game server has not heard of yet.
        registry.mark(first.host.status().host(), HostState.DRAINING);

        backend().findOrStart(RoomId.of("room-1"), RoomSpec.defaults(), ANN);

        assertThat(ownerOf(RoomId.of("room-1"))).isSameAs(second.host);
    }

    @Test
    void aFullFleetIsToldApartFromABrokenOne() throws Exception {
        new Pod("rooms-a", 1);
        RoomRouter backend = backend();
        backend.findOrStart(RoomId.of("room-1"), RoomSpec.defaults(), ANN);

        assertThat(catchThrowableOfType(
                                RoutingException.class,
                                () -> backend.findOrStart(RoomId.of("room-2"), RoomSpec.defaults(), ANN))
                        .code())
                .isEqualTo(ErrorCode.NO_CAPACITY);
    }

    /** What an application's main method does when it is told to stop. */
    static Thread whenTheProcessIsToldToStop(AgonesHost agones, SessionHost host) {
        // tag::stop[]
        Thread stop = new Thread(() -> {
            try {
                agones.shutDown(host, Duration.ofSeconds(10));
            } catch (IOException e) {
                System.err.println("Agones was not told: " + e);
            }
        });
        Runtime.getRuntime().addShutdownHook(stop);
        // end::stop[]
        return stop;
    }
}
