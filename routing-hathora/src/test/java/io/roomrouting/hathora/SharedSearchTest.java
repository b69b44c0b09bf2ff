package io.roomrouting.hathora;

import static io.roomrouting.hathora.HathoraRig.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.roomrouting.ErrorCode;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedSearchTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final HathoraRig rig = new HathoraRig();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        callers.shutdownNow();
        rig.close();
    }

    @Test
    void fiveHundredLookUpsOfAStartingRoomMakeOnePollLoop() throws Exception {
        rig.processes.listensAtOnce = false;
        List<Future<Placement>> lookUps = lookUp(500);
        awaitPolls(10);

        rig.processes.letAllListen();

        Set<Placement> placements = Set.copyOf(results(lookUps));
        assertThat(placements).hasSize(1);
        assertThat(rig.fake.requests("create", LOBBY.value())).isEqualTo(1);
        assertThat(rig.fake.mostRequestsAtOnce(LOBBY.value())).isEqualTo(1);
        System.out.printf(
                "500 look-ups of a starting room: %d requests, %d at a time%n",
                rig.fake.requests(), rig.fake.mostRequestsAtOnce(LOBBY.value()));
    }

    @Test
    void aCancelledCallerCancelsNothingForTheOthers() throws Exception {
        rig.processes.listensAtOnce = false;
        Future<Placement> first = lookUp(1).get(0);
        awaitPolls(3);
        List<Future<Placement>> others = lookUp(50);
        awaitWaiting(51);

        first.cancel(true);
        others.get(7).cancel(true);
        others.get(8).cancel(true);
        awaitWaiting(48);
        rig.processes.letAllListen();

        others.removeIf(Future::isCancelled);
        assertThat(Set.copyOf(results(others))).hasSize(1);
        assertThat(rig.fake.requests("create", LOBBY.value())).isEqualTo(1);
        assertThat(rig.fake.mostRequestsAtOnce(LOBBY.value())).isEqualTo(1);
    }

    @Test
    void aCallerWhoseTimeIsOverIsToldToComeBackAndTheOthersWaitOn() throws Exception {
        rig.processes.listensAtOnce = false;
        Future<Placement> patient = lookUp(1).get(0);
        awaitPolls(2);

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> rig.place(LOBBY, Set.of(), Duration.ofMillis(100)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CAPACITY))
                .satisfies(e -> assertThat(e.retryAfter().orElseThrow()).isPositive());

        rig.processes.letAllListen();
        assertThat(patient.get(60, TimeUnit.SECONDS).address().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void whoComesLaterWithMoreTimeKeepsTheSearchGoing() throws Exception {
        rig.processes.listensAtOnce = false;
        Future<Placement> hasty = callers.submit(() -> rig.place(LOBBY, Set.of(), Duration.ofSeconds(2)));
        awaitPolls(1);
        Future<Placement> patient = lookUp(1).get(0);
        awaitWaiting(2);

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> hasty.get(60, TimeUnit.SECONDS));
        int polls = rig.fake.requests("connectioninfo", LOBBY.value());
        awaitPolls(polls + 2);
        rig.processes.letAllListen();

        assertThat(patient.get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(rig.fake.mostRequestsAtOnce(LOBBY.value())).isEqualTo(1);
    }

    @Test
    void aSearchThatNobodyWaitsForEnds() {
        rig.processes.listensAtOnce = false;
        List<Future<Placement>> lookUps = lookUp(5);
        awaitPolls(2);

        lookUps.forEach(lookUp -> lookUp.cancel(true));

        StuckThreads.awaitNone();
    }

    @Test
    void nobodyStartsMoreSearchesThanAreAllowed() {
        rig.processes.listensAtOnce = false;
        try (HathoraScheduler narrow = HathoraScheduler.builder(rig.rooms, rig.hosts::at)
                .maxSearches(1)
                .build()) {
            Future<Placement> one = callers.submit(
                    () -> narrow.place(new PlacementRequest(LOBBY, RoomSpec.defaults(), Set.of(), rig.within(LONG))));
            awaitPolls(1);

            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> narrow.place(
                            new PlacementRequest(RoomId.of("other"), RoomSpec.defaults(), Set.of(), rig.within(LONG))))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
            one.cancel(true);
        }
    }

    private List<Future<Placement>> lookUp(int times) {
        List<Future<Placement>> lookUps = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            lookUps.add(callers.submit(() -> rig.place(LOBBY, Set.of(), LONG)));
        }
        return lookUps;
    }

    private static List<Placement> results(List<Future<Placement>> lookUps) throws Exception {
        List<Placement> results = new ArrayList<>();
        for (Future<Placement> lookUp : lookUps) {
            results.add(lookUp.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    private void awaitPolls(int polls) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(LONG)
                .until(() -> rig.fake.requests("connectioninfo", LOBBY.value()) >= polls);
    }

    private static void awaitWaiting(int threads) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(LONG)
                .until(() -> StuckThreads.in(SharedSearches.class, "find").size() == threads);
    }
}
