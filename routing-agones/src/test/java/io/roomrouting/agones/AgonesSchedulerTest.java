package io.roomrouting.agones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scheduler makes of what Kubernetes says, and does not say. */
class AgonesSchedulerTest {

    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.first-token";

    private final FakeFleet fleet = new FakeFleet();
    private final Lives lives = new Lives();
    private final FakeKubernetes kubernetes = new FakeKubernetes(fleet);
    private final List<AutoCloseable> open = new ArrayList<>(List.of(kubernetes));

    @TempDir
    private Path directory;

    private Path tokenFile = Path.of("");

    @BeforeEach
    void writeToken() throws IOException {
        tokenFile = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private AgonesSchedulerBuilder settings() {
        return AgonesScheduler.builder()
                .kubernetes(new KubernetesApi(kubernetes.uri(), Optional.of(tokenFile), Optional.empty()))
                .fleet(Fleet.of("games", FakeFleet.NAME))
                .hosts(HostLookup.registered(lives.registry))
                .callTimeout(Duration.ofMillis(500))
                .capacityWait(Duration.ofMillis(100))
                .hostWait(Duration.ofMillis(200));
    }

    private AgonesScheduler scheduler() {
        return built(settings());
    }

    private AgonesScheduler built(AgonesSchedulerBuilder settings) {
        AgonesScheduler scheduler = settings.build();
        open.add(0, scheduler);
        return scheduler;
    }

    private static PlacementRequest room(String id) {
        return room(id, RoomSpec.defaults(), Duration.ofSeconds(10));
    }

    private static PlacementRequest room(String id, RoomSpec spec, Duration within, HostIncarnation... excluded) {
        return new PlacementRequest(RoomId.of(id), spec, Set.of(excluded), Deadline.in(TimeSource.system(), within));
    }

    private RoutingException refusal(AgonesScheduler scheduler, Duration within) {
        return catchThrowableOfType(
                RoutingException.class, () -> scheduler.place(room("room-1", RoomSpec.defaults(), within)));
    }

    // Where a room goes

    @Test
    void aRoomGoesToTheFullestHostThatIsInUseBeforeAReadyOne() {
        HostIncarnation inUse = lives.born(fleet.add("rooms-a", 7001, 10).become("Allocated"));
        lives.born(fleet.add("rooms-b", 7002, 1));

        Placement placement = scheduler().place(room("room-1"));

        assertThat(placement.host()).isEqualTo(inUse);
        assertThat(placement.address()).isEqualTo(new HostAddress("127.0.0.1", 7001, false));
        assertThat(placement.validity())
                .as("the host's own lease backs the claim")
                .isEmpty();
        assertThat(fleet.servers()).extracting(FakeFleet.Server::count).containsExactly(1L, 0L);
    }

    @Test
    void aRoomGoesToAReadyHostWhenThoseInUseAreFull() {
        lives.born(fleet.add("rooms-a", 7001, 1));
        HostIncarnation ready = lives.born(fleet.add("rooms-b", 7002, 1));
        AgonesScheduler scheduler = scheduler();
        fleet.servers().get(0).become("Allocated").change(1);

        assertThat(scheduler.place(room("room-1")).host()).isEqualTo(ready);
        assertThat(fleet.servers().get(1).state()).isEqualTo("Allocated");
    }

    @Test
    void aHostInTheWantedRegionComesFirst() {
        lives.born(fleet.add("rooms-a", 7001, 1).label("region", "us"));
        HostIncarnation european = lives.born(fleet.add("rooms-b", 7002, 9).label("region", "eu"));
        AgonesScheduler scheduler = scheduler();

        RoomSpec europe = RoomSpec.defaults().withRegion("eu");
        RoomSpec mars = RoomSpec.defaults().withRegion("on mars, \"perhaps\"");
        assertThat(scheduler
                        .place(room("room-1", europe, Duration.ofSeconds(5)))
                        .host())
                .isEqualTo(european);
        assertThat(scheduler.place(room("room-2", mars, Duration.ofSeconds(5))).host())
                .as("a region that no label can name is no reason to refuse")
                .isNotNull();
    }

    @Test
    void aDrainingHostIsNotAllocated() {
        lives.born(fleet.add("rooms-a", 7001, 5).label("agones.dev/sdk-room-draining", "true"));
        HostIncarnation other =
                lives.born(fleet.add("rooms-b", 7002, 9).label("agones.dev/sdk-room-draining", "false"));

        assertThat(scheduler().place(room("room-1")).host()).isEqualTo(other);
    }

    @Test
    void clientsGetTheAddressThatTheApplicationMakesOfTheHosts() {
        lives.born(fleet.add("rooms-a", 7001, 5));
        AgonesScheduler scheduler = built(settings()
                .clientAddress(
                        at -> new HostAddress("h-" + at.host().replace('.', '-') + ".example.com", at.port(), true)));

        assertThat(scheduler.place(room("room-1")).address().url()).isEqualTo("wss://h-127-0-0-1.example.com:7001");
    }

    @Test
    void aRoomThatIsPlacedAgainAtOnceTakesNoSecondPlace() {
        HostIncarnation life = lives.born(fleet.add("rooms-a", 7001, 5));
        AgonesScheduler scheduler = scheduler();

        assertThat(scheduler.place(room("room-1")).host()).isEqualTo(life);
        assertThat(scheduler.place(room("room-1")).host()).isEqualTo(life);

        assertThat(fleet.servers().get(0).count()).isEqualTo(1);
    }

    // Capacity

    @Test
    void placementsAtOnceNeverOverfillAHostAndUseEveryPlace() throws Exception {
        for (int i = 0; i < 4; i++) {
            lives.born(fleet.add("rooms-" + i, 7000 + i, 10));
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        kubernetes.always(() -> {
            synchronized (random) {
                return switch (random.nextInt(6)) {
                    case 0 -> Optional.of(FakeKubernetes.contention());
                    case 1 -> Optional.of(FakeKubernetes.status(409));
                    case 2 -> Optional.of(FakeKubernetes.status(503));
                    default -> Optional.empty();
                };
            }
        });
        List<AgonesScheduler> backends = List.of(scheduler(), scheduler());

        List<Placement> placed = new ArrayList<>();
        int refused = 0;
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<Placement>> placements = new ArrayList<>();
            for (int i = 0; i < 45; i++) {
                PlacementRequest request = room("room-" + i);
                AgonesScheduler backend = backends.get(i % 2);
                placements.add(callers.submit(() -> backend.place(request)));
            }
            for (Future<Placement> placement : placements) {
                try {
                    placed.add(placement.get(60, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .as("seed %s", seed)
                            .isInstanceOfSatisfying(
                                    RoutingException.class,
                                    refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NO_CAPACITY));
                    refused++;
                }
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(placed).as("seed %s", seed).hasSize(40);
        assertThat(refused).isEqualTo(5);
        for (FakeFleet.Server server : fleet.servers()) {
            assertThat(placed.stream()
                            .filter(placement -> placement.host().host().value().equals(server.name())))
                    .as("rooms on %s, seed %s", server.name(), seed)
                    .hasSize(10);
        }
    }

    @Test
    void aPlaceThatBecomesFreeMeanwhileIsFound() {
        HostIncarnation life = lives.born(fleet.add("rooms-a", 7001, 5));
        kubernetes.next(FakeKubernetes.says(201, "{\"status\":{\"state\":\"UnAllocated\"}}"));

        assertThat(built(settings().capacityWait(Duration.ofSeconds(5)))
                        .place(room("room-1"))
                        .host())
                .isEqualTo(life);
    }

    @Test
    void withoutAPlaceTheCallerIsToldWhenToComeBack() {
        lives.born(fleet.add("rooms-a", 7001, 1)).host();
        fleet.servers().get(0).change(1);

        RoutingException refusal =
                refusal(built(settings().capacityWait(Duration.ofSeconds(1))), Duration.ofSeconds(30));

        assertThat(refusal.code()).isEqualTo(ErrorCode.NO_CAPACITY);
        assertThat(refusal.retryAfter().orElseThrow()).isPositive();
        assertThat(kubernetes.requests()).as("it was asked more than once").hasSizeGreaterThan(1);
    }

    // Trouble

    @Test
    void contentionIsTriedAgain() {
        HostIncarnation life = lives.born(fleet.add("rooms-a", 7001, 5));
        kubernetes.next(
                FakeKubernetes.contention(),
                FakeKubernetes.status(409),
                FakeKubernetes.status(429),
                FakeKubernetes.status(500));

        assertThat(scheduler().place(room("room-1")).host()).isEqualTo(life);
        assertThat(fleet.servers().get(0).count()).isEqualTo(1);
    }

    @Test
    void contentionThatDoesNotEndIsAnAnswerInsideTheDeadline() {
        kubernetes.always(() -> Optional.of(FakeKubernetes.contention()));
        long started = System.nanoTime();

        RoutingException refusal = refusal(scheduler(), Duration.ofMillis(600));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(refusal.getCause()).hasMessageContaining("taken");
    }

    @Test
    void anApiThatAsksForPatienceGetsIt() {
        kubernetes.next(FakeKubernetes.statusWithRetryAfter(429, 7));

        RoutingException refusal = refusal(scheduler(), Duration.ofSeconds(2));

        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(kubernetes.requests()).as("there was no time to ask again").hasSize(1);
    }

    @Test
    void anApiThatHangsIsAnAnswerInsideTheDeadline() {
        lives.born(fleet.add("rooms-a", 7001, 50));
        kubernetes.always(() -> Optional.of(kubernetes.hang()));
        long started = System.nanoTime();

        RoutingException refusal = refusal(scheduler(), Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
    }

    @Test
    void anApiThatIsNotThereIsSaidToBeOutOfReach() {
        AgonesScheduler scheduler = scheduler();
        kubernetes.close();

        RoutingException refusal = refusal(scheduler, Duration.ofMillis(500));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(refusal).hasMessage("the scheduler is out of reach").hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aLostAnswerIsTriedAgainAndCostsAPlaceUntilTheHostGivesItBack() {
        HostIncarnation life = lives.born(fleet.add("rooms-a", 7001, 5));
        kubernetes.next(FakeKubernetes.lostAnswer());

        assertThat(scheduler().place(room("room-1")).host()).isEqualTo(life);

        assertThat(fleet.servers().get(0).count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "<html>",
                "{\"status\":{\"state\":\"Allocated\"}}",
                "{\"status\":{\"state\":\"Allocated\",\"gameServerName\":\"../../x\",\"address\":\"1.2.3.4\"}}",
                "{\"status\":{\"state\":\"Perhaps\"}}",
                "{\"status\":7}"
            })
    void anAnswerThatMakesNoSenseIsTriedAgain(String nonsense) {
        HostIncarnation life = lives.born(fleet.add("rooms-a", 7001, 5));
        kubernetes.next(FakeKubernetes.says(201, nonsense));

        assertThat(scheduler().place(room("room-1")).host()).isEqualTo(life);
    }

    @Test
    void anAnswerWithoutEndIsNotRead() {
        kubernetes.next(FakeKubernetes.says(201, "x".repeat(2 << 20)));
        AllocationApi api = settings().api();
        Fleet named = Fleet.of("games", FakeFleet.NAME);

        AllocationAnswer answer =
                api.allocate(new AllocationWish(named, Optional.empty(), Set.of()), Duration.ofSeconds(20));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        AllocationAnswer.Unreachable.class,
                        unreachable -> assertThat(unreachable.why()).hasMessageContaining("longer than"));
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4/../admin", "evil host", "a@b"})
    void anAddressThatIsNoneReachesNoClient(String address) {
        lives.born(fleet.add("rooms-a", 7001, 5).at(address));

        RoutingException refusal = refusal(scheduler(), Duration.ofSeconds(2));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(refusal.getCause()).hasMessageContaining("address that is none");
    }

    @Test
    void aPortThatTheFleetDoesNotHaveIsNamed() {
        lives.born(fleet.add("rooms-a", 7001, 5));
        AgonesScheduler scheduler =
                built(settings().fleet(Fleet.of("games", FakeFleet.NAME).withPort("web")));

        assertThat(refusal(scheduler, Duration.ofSeconds(2)).getCause())
                .hasMessage("game server rooms-a has no port web, but [default]");
    }

    // Permissions

    @Test
    void aMissingPermissionIsNamedForOperatorsAndNotForClients() {
        kubernetes.next(FakeKubernetes.status(403));

        RoutingException refusal = refusal(scheduler(), Duration.ofSeconds(10));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(refusal).hasMessage("session hosts cannot be allocated");
        assertThat(refusal.getCause())
                .hasMessageContaining("namespace games")
                .hasMessageContaining("apiGroups [\"allocation.agones.dev\"]")
                .hasMessageContaining("resources [\"gameserverallocations\"]")
                .hasMessageContaining("verbs [\"create\"]");
        assertThat(kubernetes.requests()).as("asking again would not help").hasSize(1);
    }

    @Test
    void aClusterWithoutAgonesIsSaidToBeOne() {
        kubernetes.next(FakeKubernetes.status(404));

        assertThat(refusal(scheduler(), Duration.ofSeconds(10)).getCause()).hasMessageContaining("is Agones installed");
    }

    @Test
    void theTokenIsReadAgainForEveryCallAndWhenItWasRefused() throws IOException {
        lives.born(fleet.add("rooms-a", 7001, 5));
        AgonesScheduler scheduler = scheduler();
        scheduler.place(room("room-1"));
        kubernetes.next((exchange, allocation) -> {
            Files.writeString(tokenFile, "third-token");
            FakeKubernetes.status(401).happen(exchange, allocation);
        });
        Files.writeString(tokenFile, "second-token");

        scheduler.place(room("room-2"));

        assertThat(kubernetes.authorizations())
                .containsExactly("Bearer " + TOKEN, "Bearer second-token", "Bearer third-token");
    }

    @Test
    void theTokenIsInNoMessage() throws IOException {
        kubernetes.next(FakeKubernetes.echo(403));
        AgonesScheduler scheduler = scheduler();

        RoutingException refusal = refusal(scheduler, Duration.ofSeconds(10));

        assertThat(refusal.getCause()).hasMessageContaining("forbidden for Bearer ***");
        assertThat(Throwables.getStackTrace(refusal)).doesNotContain(TOKEN);
        assertThat(BearerToken.read(tokenFile)).asString().doesNotContain(TOKEN);
    }

    @Test
    void theTokenDoesNotFollowARedirect() {
        FakeKubernetes elsewhere = new FakeKubernetes(fleet);
        open.add(elsewhere);
        kubernetes.next(FakeKubernetes.redirect(elsewhere.uri()));
        kubernetes.always(() -> Optional.of(FakeKubernetes.status(503)));

        assertThat(refusal(scheduler(), Duration.ofMillis(500)).code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(elsewhere.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "two\nlines", "ümlaut"})
    void aTokenFileWithoutATokenIsSaidToHoldNone(String content) throws IOException {
        Files.writeString(tokenFile, content);

        assertThat(refusal(scheduler(), Duration.ofMillis(300)).getCause()).hasMessageContaining("holds no token");
        assertThat(kubernetes.requests()).isEmpty();
    }

    // The host on the game server

    @Test
    void aHostThatIsNotThereYetIsAwaited() throws Exception {
        FakeFleet.Server server = fleet.add("rooms-a", 7001, 5);
        AgonesScheduler scheduler = built(settings().hostWait(Duration.ofSeconds(10)));
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<Placement> placement = caller.submit(() -> scheduler.place(room("room-1")));
            await().atMost(Duration.ofMinutes(1)).until(() -> server.count() == 1);
            HostIncarnation life = lives.born(server);

            assertThat(placement.get(60, TimeUnit.SECONDS).host()).isEqualTo(life);
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void aHostThatDoesNotComeIsReplacedByAnother() {
        fleet.add("rooms-a", 7001, 1).label("agones.dev/sdk-room-host", "rooms-a");
        HostIncarnation living = lives.born(fleet.add("rooms-b", 7002, 9));

        assertThat(scheduler().place(room("room-1")).host()).isEqualTo(living);
    }

    @Test
    void aHostThatHasDiedSinceIsNotAwaited() {
        HostIncarnation dead = lives.born(fleet.add("rooms-a", 7001, 5));
        AgonesScheduler scheduler = built(settings().hostWait(Duration.ofMinutes(1)));
        assertThat(scheduler.place(room("room-1")).host()).isEqualTo(dead);
        lives.registry.leave(dead);
        fleet.remove(fleet.servers().get(0));
        HostIncarnation living = lives.born(fleet.add("rooms-b", 7002, 5));

        assertThat(scheduler.place(room("room-1")).host()).isEqualTo(living);
    }

    @Test
    void aCallerWhoComesBackForAHostThatWasLateTakesNoSecondPlace() {
        FakeFleet.Server server = fleet.add("rooms-a", 7001, 5);
        AgonesScheduler scheduler = built(settings().hostWait(Duration.ofSeconds(5)));
        RoutingException late = refusal(scheduler, Duration.ofMillis(300));
        HostIncarnation life = lives.born(server);

        assertThat(late.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(scheduler.place(room("room-1")).host()).isEqualTo(life);
        assertThat(server.count()).isEqualTo(1);
    }

    @Test
    void aFleetWhoseHostsDoNotSayWhichTheyAreIsGivenUpOnSoon() {
        FakeFleet.Server server = fleet.add("rooms-a", 7001, 50);
        HostIncarnation life = lives.born(server);
        server.label("agones.dev/sdk-room-host", "");

        // So slow may this machine be without a place being taken by a call that was given up.
        AgonesScheduler scheduler = built(settings().callTimeout(Duration.ofSeconds(5)));

        assertThatThrownBy(() -> scheduler.place(room("room-1", RoomSpec.defaults(), Duration.ofSeconds(30), life)))
                .isInstanceOf(RoutingException.Unavailable.class);
        assertThat(server.count()).as("places taken in vain").isLessThanOrEqualTo(4);
    }
}
