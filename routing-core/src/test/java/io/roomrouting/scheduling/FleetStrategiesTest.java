package io.roomrouting.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strategies that narrow down what another one chooses from. What is left to chance depends on names only, so that the shares
 * below are the same in every run; the bounds are six standard deviations wide, for names that nobody has tried yet.
 */
class FleetStrategiesTest {

    private static final int ROOMS = 4_000;
    private static final PlacementStrategy LEAST_LOADED = PlacementStrategies.leastLoaded();
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    // Labels

    @Test
    void hostsWithoutTheLabelsThatAllRoomsNeedArePassedOver() {
        PlacementStrategy strategy = PlacementStrategies.labelled(Map.of("gpu", "yes", "zone", "a"), LEAST_LOADED);
        List<HostSnapshot> hosts = List.of(
                host("good", Map.of("gpu", "yes", "zone", "a", "more", "x")),
                host("none", Map.of()),
                host("other", Map.of("gpu", "yes", "zone", "b")));

        PlacementDecision decision = strategy.decide(room("r"), hosts, 0);

        assertThat(decision.reason())
                .isEqualTo("least-loaded: good (1.00); not none (gpu is not yes), other (zone is not a)");
    }

    @Test
    void onlyRoomsOfTheTypeNeedItsLabels() {
        PlacementStrategy strategy =
                PlacementStrategies.labelledByType(Map.of("video", Map.of("gpu", "yes")), LEAST_LOADED);
        List<HostSnapshot> hosts = List.of(host("plain", Map.of()));

        assertThat(strategy.decide(room("r"), hosts, 0).chosen()).isPresent();
        assertThat(strategy.decide(room("r", RoomSpec.ofType("video")), hosts, 0)
                        .reason())
                .isEqualTo("least-loaded: no host; not plain (gpu is not yes)");
    }

    // Canary

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.05, 0.3, 0.5, 1})
    void theCanaryGetsItsShareOfTheRoomsWhateverTheirNames(double share) {
        List<HostSnapshot> hosts = versions();
        for (int seed = 1; seed <= 5; seed++) {
            int names = seed;
            long onCanary = IntStream.range(0, ROOMS)
                    .filter(i -> isOn(canary("2", share), "seed-" + names + "-room-" + i, hosts, "new"))
                    .count();

            assertThat(onCanary).as("seed " + seed).isBetween(least(share), most(share));
        }
    }

    @Test
    void whichRoomsAreForTheCanaryDependsOnNothingElse() {
        List<HostSnapshot> hosts = new ArrayList<>(versions());
        List<String> rooms = IntStream.range(0, 500).mapToObj(i -> "room-" + i).toList();
        List<String> chosen = rooms.stream()
                .filter(room -> isOn(canary("2", 0.2), room, hosts, "new"))
                .toList();
        Collections.reverse(hosts);

        assertThat(rooms.stream().filter(room -> isOn(canary("2", 0.2), room, hosts, "new")))
                .isEqualTo(chosen);
        assertThat(rooms.stream().filter(room -> isOn(canary("2", 0.4), room, hosts, "new")))
                .containsAll(chosen)
                .hasSizeGreaterThan(chosen.size());
    }

    @Test
    void anotherVersionIsTriedWithOtherRooms() {
        List<HostSnapshot> hosts = List.of(host("two", Map.of("version", "2")), host("three", Map.of("version", "3")));
        List<String> rooms = IntStream.range(0, 500).mapToObj(i -> "room-" + i).toList();

        assertThat(rooms.stream().filter(room -> isOn(canary("2", 0.5), room, hosts, "two")))
                .isNotEqualTo(rooms.stream()
                        .filter(room -> isOn(canary("3", 0.5), room, hosts, "three"))
                        .toList());
    }

    @Test
    void aRoomForTheCanaryGoesElsewhereWhenTheCanaryIsFull() {
        List<HostSnapshot> hosts = List.of(
                host("old", Map.of("version", "1")),
                host("new", Map.of("version", "2")).withClaims(100));

        assertThat(canary("2", 1).decide(room("r"), hosts, 0).reason())
                .isEqualTo("without canary least-loaded: old (1.00); not new (full)");
    }

    @Test
    void aRoomForTheOthersNeverGoesToTheCanary() {
        List<HostSnapshot> hosts =
                List.of(host("old", Map.of("version", "1")).withClaims(100), host("new", Map.of("version", "2")));

        assertThat(canary("2", 0).decide(room("r"), hosts, 0).reason())
                .isEqualTo("least-loaded: no host; not old (full), new (version 2 is for 0.00 % of the rooms)");
    }

    @Test
    void aShareIsFromNoneToAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> canary("2", 1.01))
                .withMessage("canary share = 1.01 is not within 0.0 to 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> canary("2", Double.NaN));
    }

    // Warm-up

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 15, 27})
    void aFreshHostGetsAGrowingPartOfItsShareThoughItIsTheEmptiest(int seconds) {
        List<HostSnapshot> hosts = new ArrayList<>(loaded(9));
        hosts.add(aged("fresh", seconds));
        double weight = seconds / 30.0;

        long onFresh = roomsOn("fresh", hosts);

        assertThat(onFresh).isBetween(least(weight / (9 + weight)), most(weight / (9 + weight)));
    }

    @Test
    void aHostThatHasWarmedUpIsChosenLikeAnyOther() {
        List<HostSnapshot> hosts = new ArrayList<>(loaded(9));
        hosts.add(aged("grown", 30));

        assertThat(roomsOn("grown", hosts)).isEqualTo(ROOMS);
    }

    @Test
    void severalFreshHostsShareByTheirAges() {
        List<HostSnapshot> hosts = new ArrayList<>(loaded(2));
        hosts.add(aged("older", 20));
        hosts.add(aged("younger", 10));

        assertThat(roomsOn("older", hosts)).isBetween(least(2.0 / 9), most(2.0 / 9));
        assertThat(roomsOn("younger", hosts)).isBetween(least(1.0 / 9), most(1.0 / 9));
    }

    @Test
    void whenAllAreYoungTheOldestCountsAsGrown() {
        List<HostSnapshot> hosts = List.of(aged("a", 4), aged("b", 4), aged("c", 2));

        assertThat(roomsOn("c", hosts)).isBetween(least(0.2), most(0.2));
        assertThat(roomsOn("only", List.of(aged("only", 0)))).isEqualTo(ROOMS);
    }

    @Test
    void aFreshHostTakesWhatNobodyElseCan() {
        List<HostSnapshot> hosts = List.of(host("full", Map.of()).withClaims(100), aged("fresh", 0));

        assertThat(roomsOn("fresh", hosts)).isEqualTo(ROOMS);
    }

    @Test
    void aFreshHostThatIsFullIsNotDrawn() {
        List<HostSnapshot> hosts =
                List.of(host("grown", Map.of()), aged("fresh", 29).withClaims(100));

        assertThat(roomsOn("grown", hosts)).isEqualTo(ROOMS);
    }

    @Test
    void aDecisionSaysWhoWarmsUp() {
        List<HostSnapshot> hosts = List.of(host("grown", Map.of()), aged("fresh", 3));

        assertThat(IntStream.range(0, 100)
                        .mapToObj(
                                i -> warmingUp().decide(room("r" + i), hosts, 0).reason())
                        .distinct())
                .containsExactlyInAnyOrder(
                        "least-loaded: grown (1.00); not fresh (warming up, has 10 % of its share)",
                        "warming-up least-loaded: fresh (1.00); not grown (a fresh host has its turn)");
    }

    // All

    private static Stream<PlacementStrategy> narrowing() {
        return Stream.of(
                PlacementStrategies.labelled(Map.of("zone", "a"), LEAST_LOADED),
                PlacementStrategies.canary("2", 0.5, PlacementStrategies.rendezvous()),
                PlacementStrategies.warmingUp(WARM_UP, PlacementStrategies.powerOfTwo()));
    }

    @ParameterizedTest
    @MethodSource("narrowing")
    void aDecisionIsAPureFunctionThatLeavesNobodyOut(PlacementStrategy strategy) {
        List<HostSnapshot> hosts = IntStream.range(0, 12)
                .mapToObj(i -> host("host-" + i, Map.of("zone", i % 3 == 0 ? "b" : "a", "version", "" + (1 + i % 2)))
                        .withAge(Duration.ofSeconds(3L * i + 2))
                        .withClaims(i == 5 ? 100 : i))
                .toList();
        List<HostSnapshot> shuffled = new ArrayList<>(hosts);
        Collections.shuffle(shuffled, new Random(1));
        for (int i = 0; i < 100; i++) {
            PlacementDecision decision = strategy.decide(room("room-" + i), hosts, 7);

            assertThat(strategy.decide(room("room-" + i), shuffled, 7).reason()).isEqualTo(decision.reason());
            assertThat(Stream.concat(
                            decision.scores().stream().map(PlacementDecision.Score::host),
                            decision.rejected().stream().map(PlacementDecision.Rejection::host)))
                    .doesNotHaveDuplicates()
                    .hasSize(12);
        }
    }

    @Test
    void manyRejectionsAreCounted() {
        List<HostSnapshot> hosts = IntStream.range(0, 10)
                .mapToObj(i -> host("host-" + i, Map.of("zone", "b")).withClaims(100))
                .toList();

        assertThat(LEAST_LOADED.decide(room("r"), hosts, 0).reason()).isEqualTo("least-loaded: no host; not 10 (full)");
    }

    private static PlacementStrategy canary(String version, double share) {
        return PlacementStrategies.canary(version, share, LEAST_LOADED);
    }

    private static PlacementStrategy warmingUp() {
        return PlacementStrategies.warmingUp(WARM_UP, LEAST_LOADED);
    }

    private static List<HostSnapshot> versions() {
        return List.of(
                host("old", Map.of("version", "1")), host("new", Map.of("version", "2")), host("bare", Map.of()));
    }

    private static List<HostSnapshot> loaded(int hosts) {
        return IntStream.range(0, hosts)
                .mapToObj(i -> host("loaded-" + i, Map.of()).withClaims(50))
                .toList();
    }

    private static long roomsOn(String name, List<HostSnapshot> hosts) {
        return IntStream.range(0, ROOMS)
                .filter(i -> isOn(warmingUp(), "room-" + i, hosts, name))
                .count();
    }

    private static boolean isOn(PlacementStrategy strategy, String room, List<HostSnapshot> hosts, String name) {
        return strategy.decide(room(room), hosts, 0)
                .chosen()
                .orElseThrow()
                .host()
                .host()
                .value()
                .equals(name);
    }

    private static long least(double share) {
        return (long) Math.floor(ROOMS * share - sixDeviations(share));
    }

    private static long most(double share) {
        return (long) Math.ceil(ROOMS * share + sixDeviations(share));
    }

    private static double sixDeviations(double share) {
        return 6 * Math.sqrt(ROOMS * share * (1 - share));
    }

    private static PlacementRequest room(String id) {
        return room(id, RoomSpec.defaults());
    }

    private static PlacementRequest room(String id, RoomSpec spec) {
        return new PlacementRequest(
                RoomId.of(id), spec, Set.of(), Deadline.in(TimeSource.system(), Duration.ofSeconds(10)));
    }

    private static HostSnapshot aged(String name, int seconds) {
        return host(name, Map.of()).withAge(Duration.ofSeconds(seconds));
    }

    private static HostSnapshot host(String name, Map<String, String> labels) {
        return new HostSnapshot(
                new HostIncarnation(HostId.of(name), "1"),
                new HostAddress(name, 8000, false),
                HostState.ACTIVE,
                new HostCapacity(100, 1_000),
                HostLoad.NONE,
                0,
                0,
                Duration.ofHours(1),
                labels);
    }
}
