package io.roomrouting.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Scheduler;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.SchedulerContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Places rooms on hosts that registered themselves, by a list that is a little old. */
@Timeout(30)
class FleetSchedulerTest {

    private static final Duration AGE = Duration.ofSeconds(1);
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private final ManualTime time = ManualTime.create();
    private final ListedHosts registry = ListedHosts.of("a", "b", "c");
    private final FleetScheduler scheduler = leastLoaded().build();

    @Nested
    class Contract extends SchedulerContract {

        @Override
        protected Scheduler schedulerWithTwoHosts() {
            InMemoryRegistry memory = InMemoryRegistry.create();
            Stream.of("one", "two").forEach(name -> memory.join(registration(name)));
            return FleetScheduler.builder(memory).build();
        }

        @Override
        protected Scheduler schedulerWithoutCapacity() {
            return FleetScheduler.builder(InMemoryRegistry.create()).build();
        }
    }

    // The list

    @Test
    void hostsAreListedOnceForManyPlacementsAndAgainWhenTheListIsOld() {
        place(20);
        assertThat(registry.lists).hasValue(1);

        time.advance(AGE.minusNanos(1));
        place(20);
        assertThat(registry.lists).hasValue(1);

        time.advance(Duration.ofNanos(1));
        place(20);
        assertThat(registry.lists).hasValue(2);
    }

    @Test
    void aBurstSpreadsThoughTheListIsOld() {
        assertThat(place(300).values()).containsOnly(100L);
        assertThat(registry.lists).hasValue(1);

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> scheduler.place(request("one-too-many")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CAPACITY))
                .withStackTraceContaining("not a (full), b (full), c (full)");
    }

    @Test
    void explainingCountsNothing() {
        for (int i = 0; i < 50; i++) {
            PlacementDecision decision = scheduler.explain(request("room"));
            assertThat(decision.chosen())
                    .isEqualTo(scheduler.explain(request("room")).chosen());
        }

        assertThat(place(3).values()).containsOnly(1L);
    }

    @Test
    void aNewListReplacesWhatWasCounted() {
        place(300);
        time.advance(AGE);

        assertThat(place(3).values()).containsOnly(1L);
    }

    @Test
    void aHostThatRefusedARoomIsLeftOutForAllRoomsUntilTheNextList() {
        scheduler.place(request("first"));
        HostIncarnation refused = incarnation("b");
        scheduler.place(new PlacementRequest(RoomId.of("r"), RoomSpec.defaults(), Set.of(refused), deadline()));

        assertThat(place(20)).doesNotContainKey("b");
        assertThat(scheduler.explain(request("room")).reason()).endsWith("; not b (has just refused a room)");

        time.advance(AGE);
        assertThat(place(20)).containsKey("b");
    }

    @Test
    void oneListsAndTheOthersGoOnWithTheOldListMeanwhile() throws Exception {
        place(1);
        registry.gate = new CountDownLatch(1);
        time.advance(AGE);
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            Future<Placement> lister = executor.submit(() -> scheduler.place(request("slow")));
            until(() -> registry.waiting.get() == 1);

            place(20);

            assertThat(registry.lists).hasValue(2);
            assertThat(lister.isDone()).isFalse();
            registry.gate.countDown();
            assertThat(lister.get(60, TimeUnit.SECONDS)).isNotNull();
        } finally {
            registry.gate.countDown();
            executor.shutdownNow();
        }
    }

    @Test
    void whatIsPlacedAndRefusedWhileTheListIsMadeCountsOnTheNewOneToo() throws Exception {
        registry.hosts = List.of(host("a"), host("b").withClaims(99), host("c"));
        scheduler.place(request("first"));
        time.advance(AGE);
        registry.gate = new CountDownLatch(1);
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            Future<PlacementDecision> lister = executor.submit(() -> scheduler.explain(request("slow")));
            until(() -> registry.waiting.get() == 1);
            scheduler.place(new PlacementRequest(
                    RoomId.of("r"), RoomSpec.defaults(), Set.of(incarnation("a"), incarnation("c")), deadline()));
            registry.gate.countDown();

            assertThat(lister.get(60, TimeUnit.SECONDS).reason())
                    .isEqualTo("least-loaded: no host; not b (full), a (has just refused a room),"
                            + " c (has just refused a room)");
        } finally {
            registry.gate.countDown();
            executor.shutdownNow();
        }
    }

    @Test
    void withoutAnyListCallersWaitForTheFirstButNotBeyondTheirDeadlines() throws Exception {
        registry.gate = new CountDownLatch(1);
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            List<Future<Placement>> callers = IntStream.range(0, 8)
                    .mapToObj(i -> executor.submit(() -> scheduler.place(request("room-" + i))))
                    .toList();
            until(() -> registry.waiting.get() == 1);
            CompletableFuture<ErrorCode> hurried = CompletableFuture.supplyAsync(
                    () -> refusal(new PlacementRequest(
                            RoomId.of("r"), RoomSpec.defaults(), Set.of(), Deadline.in(time, Duration.ZERO))),
                    executor);
            assertThat(hurried.get(60, TimeUnit.SECONDS)).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);

            registry.gate.countDown();

            for (Future<Placement> caller : callers) {
                assertThat(caller.get(60, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(registry.lists).hasValue(1);
        } finally {
            registry.gate.countDown();
            executor.shutdownNow();
        }
    }

    // Outages

    @Test
    void whenTheRegistryIsOutOfReachTheListServesForAWhileAndNobodyAsksMoreThanOncePerSecond() {
        place(1);
        registry.outOfReach = true;
        time.advance(AGE);
        place(20);
        assertThat(registry.lists).hasValue(2);

        time.advance(TOLERANCE.minus(AGE).minusNanos(1));
        place(20);
        assertThat(registry.lists).hasValue(3);

        time.advance(Duration.ofNanos(1));
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(request("room"))).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        }
        assertThat(registry.lists).hasValue(3);
        time.advance(AGE);
        assertThat(refusal(request("room"))).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(registry.lists).hasValue(4);
    }

    @Test
    void itRecoversByItself() {
        registry.outOfReach = true;
        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> scheduler.place(request("room")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE))
                .satisfies(e -> assertThat(e.retryAfter().orElseThrow()).isPositive())
                .withMessage("the session hosts are not known, because their registry does not answer")
                .withCauseInstanceOf(RoutingException.Unavailable.class);

        registry.outOfReach = false;
        time.advance(AGE);

        assertThat(scheduler.place(request("room"))).isNotNull();
    }

    // What fits

    @Test
    void labelsRegionVersionWarmUpAndStateDecideTogetherAndAreExplained() {
        FleetScheduler picky = leastLoaded()
                .requireLabel("stage", "live")
                .requireLabelFor("video", "gpu", "yes")
                .canary("2", 1)
                .warmUp(Duration.ofSeconds(30))
                .build();
        Map<String, String> fits = Map.of("stage", "live", "gpu", "yes", "region", "eu", "version", "2");
        registry.hosts = List.of(
                host("good", fits),
                host("test", with(fits, "stage", "test")),
                host("plain", with(fits, "gpu", "no")),
                host("far", with(fits, "region", "us")),
                host("old", with(fits, "version", "1")),
                host("fresh", fits).withAge(Duration.ZERO),
                draining("leaving", fits));

        PlacementDecision decision =
                picky.explain(request("r", RoomSpec.ofType("video").withRegion("eu")));

        assertThat(decision.chosen().orElseThrow().host()).isEqualTo(incarnation("good"));
        assertThat(decision.strategy()).isEqualTo("region-aware canary 2 least-loaded");
        assertThat(decision.rejected())
                .extracting(rejection -> rejection.host() + ": " + rejection.reason())
                .containsExactlyInAnyOrder(
                        "test: stage is not live",
                        "plain: gpu is not yes",
                        "far: another region than eu",
                        "old: the room is for version 2",
                        "fresh: warming up, has 0 % of its share",
                        "leaving: draining");
    }

    @Test
    void aFreshHostIsSparedByDefaultAndARegionPreferred() {
        FleetScheduler plain = FleetScheduler.builder(registry).time(time).build();
        registry.hosts = List.of(
                host("near", Map.of("region", "eu")).withClaims(50),
                host("far", Map.of()),
                host("fresh", Map.of("region", "eu")).withAge(Duration.ZERO));

        Placement placement = plain.place(request("r", RoomSpec.defaults().withRegion("eu")));

        assertThat(placement.reason()).isEqualTo("region-aware power-of-two: near, 50 % used");
    }

    @Test
    void theRegionCanBeOfNoImportance() {
        FleetScheduler scattered = leastLoaded().preferRegion(false).build();
        registry.hosts = List.of(host("near", Map.of("region", "eu")).withClaims(50), host("far", Map.of()));

        Placement placement = scattered.place(request("r", RoomSpec.defaults().withRegion("eu")));

        assertThat(placement.host()).isEqualTo(incarnation("far"));
    }

    @Test
    void itBlocksIfItsRegistryDoes() {
        assertThat(scheduler.mayBlock()).isTrue();
        assertThat(FleetScheduler.builder(InMemoryRegistry.create()).build().mayBlock())
                .isFalse();
    }

    @Test
    void settingsOutOfBoundsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leastLoaded().maxListAge(Duration.ZERO).build())
                .withMessageContaining("maxListAge = PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        leastLoaded().outageTolerance(Duration.ofMillis(900)).build())
                .withMessageContaining("outageTolerance = PT0.9S is not within PT1S to PT1H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leastLoaded().warmUp(Duration.ofHours(2)).build())
                .withMessageContaining("warmUp = PT2H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leastLoaded().canary("2", -0.1))
                .withMessageContaining("canary share = -0.1");
    }

    private FleetSchedulerBuilder leastLoaded() {
        return FleetScheduler.builder(registry)
                .strategy(PlacementStrategies.leastLoaded())
                .maxListAge(AGE)
                .outageTolerance(TOLERANCE)
                .warmUp(Duration.ZERO)
                .time(time);
    }

    /** Places so many rooms and says how many came to which host. */
    private Map<String, Long> place(int rooms) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            names.add(scheduler.place(request("room-" + i)).host().host().value());
        }
        return names.stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    private ErrorCode refusal(PlacementRequest request) {
        try {
            scheduler.place(request);
        } catch (RoutingException e) {
            return e.code();
        }
        throw new AssertionError("it was placed");
    }

    /** Waits for what another thread is about to do; the test's time-out ends it. */
    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private PlacementRequest request(String room) {
        return request(room, RoomSpec.defaults());
    }

    private PlacementRequest request(String room, RoomSpec spec) {
        return new PlacementRequest(RoomId.of(room), spec, Set.of(), deadline());
    }

    private Deadline deadline() {
        return Deadline.in(time, Duration.ofSeconds(5));
    }

    private static Map<String, String> with(Map<String, String> labels, String label, String value) {
        return labels.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getKey().equals(label) ? value : entry.getValue()));
    }

    private static HostIncarnation incarnation(String name) {
        return host(name).host();
    }

    private static HostSnapshot host(String name) {
        return host(name, Map.of());
    }

    private static HostSnapshot host(String name, Map<String, String> labels) {
        return ListedHosts.host(name, labels);
    }

    private static HostSnapshot draining(String name, Map<String, String> labels) {
        HostSnapshot host = host(name, labels);
        return new HostSnapshot(
                host.host(),
                host.address(),
                HostState.DRAINING,
                host.capacity(),
                host.load(),
                0,
                0,
                host.age(),
                labels);
    }

    private static HostRegistration registration(String name) {
        return new HostRegistration(
                HostIncarnation.next(HostId.of(name)),
                new HostAddress(name, 8000, false),
                new HostCapacity(100, 100),
                Map.of(),
                List.of());
    }
}
