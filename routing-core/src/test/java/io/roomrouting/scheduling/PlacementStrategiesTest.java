package io.roomrouting.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Deadline;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementStrategiesTest {

    private static Stream<PlacementStrategy> strategies() {
        return Stream.of(
                PlacementStrategies.rendezvous(),
                PlacementStrategies.leastLoaded(),
                PlacementStrategies.powerOfTwo(),
                PlacementStrategies.roundRobin(),
                PlacementStrategies.regionAware(PlacementStrategies.leastLoaded()));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aDecisionIsAPureFunction(PlacementStrategy strategy) {
        List<HostSnapshot> hosts = new ArrayList<>(hosts(7));
        PlacementDecision first = strategy.decide(request("room"), hosts, 42);
        Collections.shuffle(hosts, new Random(1));
        PlacementDecision second = strategy.decide(request("room"), hosts, 42);

        assertThat(second.chosen()).isEqualTo(first.chosen());
        assertThat(second.reason()).isEqualTo(first.reason());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void hostsThatCannotTakeTheRoomArePassedOverWithAReason(PlacementStrategy strategy) {
        HostSnapshot draining = with(host("draining", 0), HostState.DRAINING, HostLoad.NONE);
        HostSnapshot full = host("full", 100);
        HostSnapshot crowded = with(host("crowded", 0), HostState.ACTIVE, new HostLoad(1, 1_000));
        HostSnapshot refused = host("refused", 0);
        HostSnapshot good = host("good", 99);
        PlacementRequest request =
                new PlacementRequest(RoomId.of("room"), RoomSpec.defaults(), Set.of(refused.host()), deadline());

        PlacementDecision decision = strategy.decide(request, List.of(draining, full, crowded, refused, good), 3);

        assertThat(decision.chosen()).contains(good);
        assertThat(decision.rejected())
                .extracting(rejection -> rejection.host().value() + ": " + rejection.reason())
                .containsExactlyInAnyOrder(
                        "draining: draining", "full: full", "crowded: full", "refused: has just refused it");
        assertThat(decision.scores()).extracting(score -> score.host().value()).containsExactly("good");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void withoutAHostNothingIsChosen(PlacementStrategy strategy) {
        PlacementDecision decision = strategy.decide(request("room"), List.of(), 0);

        assertThat(decision.chosen()).isEmpty();
        assertThat(decision.reason()).contains("no host");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void theChosenHostIsTheFirstScore(PlacementStrategy strategy) {
        for (int turn = 0; turn < 50; turn++) {
            PlacementDecision decision = strategy.decide(request("room-" + turn), hosts(9), turn);
            HostId chosen = decision.chosen().orElseThrow().host().host();
            assertThat(decision.scores().get(0).host()).isEqualTo(chosen);
        }
    }

    @Test
    void rendezvousSpreadsRoomsEvenly() {
        Map<HostId, Integer> rooms = spread(PlacementStrategies.rendezvous(), hosts(10), 10_000);

        assertThat(rooms.values())
                .hasSize(10)
                .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }

    @Test
    void rendezvousMovesOnlyTheRoomsOfAHostThatGoes() {
        List<HostSnapshot> before = hosts(10);
        List<HostSnapshot> after = before.subList(0, 9);
        HostId gone = before.get(9).host().host();
        for (int i = 0; i < 1_000; i++) {
            HostId was = chosen(PlacementStrategies.rendezvous(), "room-" + i, before, i);
            HostId is = chosen(PlacementStrategies.rendezvous(), "room-" + i, after, i);
            assertThat(is.equals(was) || was.equals(gone)).isTrue();
        }
    }

    @Test
    void leastLoadedTakesTheHostThatIsUsedLeast() {
        List<HostSnapshot> hosts = List.of(host("a", 50), host("b", 10), host("c", 30));

        PlacementDecision decision = PlacementStrategies.leastLoaded().decide(request("room"), hosts, 0);

        assertThat(decision.reason()).startsWith("least-loaded: b (0.90) before c (0.70) before a (0.50)");
    }

    @Test
    void leastLoadedSharesABurstAmongEqualHosts() {
        int[] assigned = new int[4];
        for (int i = 0; i < 1_000; i++) {
            List<HostSnapshot> hosts = IntStream.range(0, 4)
                    .mapToObj(h -> host("host-" + h, assigned[h], 10_000))
                    .toList();
            String name = chosen(PlacementStrategies.leastLoaded(), "room-" + i, hosts, i)
                    .value();
            assigned[Integer.parseInt(name.substring(5))]++;
        }

        assertThat(assigned).containsOnly(250);
    }

    @Test
    void powerOfTwoAvoidsTheFullestHost() {
        List<HostSnapshot> hosts = List.of(host("a", 0), host("b", 0), host("c", 90));

        Map<HostId, Integer> rooms = spread(PlacementStrategies.powerOfTwo(), hosts, 3_000);

        assertThat(rooms).doesNotContainKey(HostId.of("c"));
        assertThat(rooms.values()).allSatisfy(count -> assertThat(count).isGreaterThan(500));
    }

    @Test
    void roundRobinTakesOneAfterTheOther() {
        List<HostSnapshot> hosts = List.of(host("b", 0), host("a", 0), host("c", 0));

        assertThat(IntStream.range(0, 5)
                        .mapToObj(turn -> chosen(PlacementStrategies.roundRobin(), "room", hosts, turn)
                                .value()))
                .containsExactly("a", "b", "c", "a", "b");
    }

    @Test
    void aRoomGoesToItsRegionEvenIfOthersAreLessUsed() {
        PlacementStrategy strategy = PlacementStrategies.regionAware(PlacementStrategies.leastLoaded());
        List<HostSnapshot> hosts = List.of(inRegion(host("eu", 80), "eu"), inRegion(host("us", 0), "us"));
        PlacementRequest request =
                new PlacementRequest(RoomId.of("room"), RoomSpec.defaults().withRegion("eu"), Set.of(), deadline());

        PlacementDecision decision = strategy.decide(request, hosts, 0);

        assertThat(decision.reason())
                .isEqualTo("region-aware least-loaded: eu (0.20); not us (another region than eu)");
    }

    @Test
    void aRoomGoesElsewhereWhenItsRegionIsFull() {
        PlacementStrategy strategy = PlacementStrategies.regionAware(PlacementStrategies.leastLoaded());
        List<HostSnapshot> hosts = List.of(inRegion(host("eu", 100), "eu"), inRegion(host("us", 0), "us"));
        PlacementRequest request =
                new PlacementRequest(RoomId.of("room"), RoomSpec.defaults().withRegion("eu"), Set.of(), deadline());

        PlacementDecision decision = strategy.decide(request, hosts, 0);

        assertThat(decision.reason()).isEqualTo("region-aware least-loaded: us (1.00); not eu (full)");
    }

    private static Map<HostId, Integer> spread(PlacementStrategy strategy, List<HostSnapshot> hosts, int rooms) {
        Map<HostId, Integer> counts = new HashMap<>();
        for (int i = 0; i < rooms; i++) {
            counts.merge(chosen(strategy, "room-" + i, hosts, i), 1, Integer::sum);
        }
        return counts;
    }

    private static HostId chosen(PlacementStrategy strategy, String room, List<HostSnapshot> hosts, long turn) {
        return strategy.decide(request(room), hosts, turn)
                .chosen()
                .orElseThrow()
                .host()
                .host();
    }

    private static PlacementRequest request(String room) {
        return new PlacementRequest(RoomId.of(room), RoomSpec.defaults(), Set.of(), deadline());
    }

    private static Deadline deadline() {
        return Deadline.in(TimeSource.system(), Duration.ofSeconds(10));
    }

    private static List<HostSnapshot> hosts(int count) {
        return IntStream.range(0, count).mapToObj(i -> host("host-" + i, 0)).toList();
    }

    private static HostSnapshot host(String name, int assigned) {
        return host(name, assigned, 100);
    }

    private static HostSnapshot host(String name, int assigned, int capacity) {
        return new HostSnapshot(
                new HostIncarnation(HostId.of(name), "1"),
                new HostAddress(name, 8000, false),
                HostState.ACTIVE,
                new HostCapacity(capacity, 1_000),
                HostLoad.NONE,
                assigned,
                0,
                Duration.ofHours(1),
                Map.of());
    }

    private static HostSnapshot with(HostSnapshot host, HostState state, HostLoad load) {
        return new HostSnapshot(
                host.host(),
                host.address(),
                state,
                host.capacity(),
                load,
                host.assignedRooms(),
                host.expectedConnections(),
                host.age(),
                host.labels());
    }

    private static HostSnapshot inRegion(HostSnapshot host, String region) {
        return new HostSnapshot(
                host.host(),
                host.address(),
                host.state(),
                host.capacity(),
                host.load(),
                host.assignedRooms(),
                host.expectedConnections(),
                host.age(),
                Map.of(HostSnapshot.REGION, region));
    }
}
