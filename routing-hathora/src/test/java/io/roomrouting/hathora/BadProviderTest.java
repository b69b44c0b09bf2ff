package io.roomrouting.hathora;

import static io.roomrouting.hathora.HathoraRig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.hathora.Mischief;
import io.roomrouting.testkit.hathora.Prank;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hundred rooms through a router while Hathora errs, dawdles and lies, ten times as fast as in life. */
class BadProviderTest {

    private static final int ROOMS = 100;
    private static final int ROOMS_PER_PROCESS = 10;
    private static final long SEED = 20_261_121;
    private static final Duration LATENCY = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** A machine that is busy with other things may take a while to run a thread whose time is over. */
    private static final Duration TO_BE_RUN = Duration.ofSeconds(20);

    private final FastTime time = new FastTime(10);
    private final HathoraRig rig = new HathoraRig(
            time,
            fake -> fake.roomsPerProcess(ROOMS_PER_PROCESS).seed(SEED),
            scheduler -> scheduler.validity(Duration.ofSeconds(20)));
    private final RoomRouter router = rig.router(rig.registry, DEADLINE);
    private final ExecutorService clients = Executors.newFixedThreadPool(ROOMS);
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final AtomicLong longest = new AtomicLong();

    @AfterEach
    void stop() {
        clients.shutdownNow();
        rig.close();
    }

    @Test
    void aHundredRoomsAreRoutedThroughThirtyPercentErrorsOfEveryStatusAndTwoSecondsLatency() throws Exception {
        rig.fake.behave(Mischief.NONE.with(0.3, Prank.statuses()).withLatency(LATENCY));

        assertThatAllAreRouted();
    }

    @Test
    void aHundredRoomsAreRoutedThroughAnswersThatMakeNoSenseAndConnectionsThatBreak() throws Exception {
        Set<Prank> pranks = EnumSet.allOf(Prank.class);
        // A request that is never answered costs its ten seconds each time.
        rig.fake.behave(Mischief.NONE.with(0.3, pranks).withLatency(Duration.ofMillis(500)));

        assertThatAllAreRouted();
    }

    private void assertThatAllAreRouted() throws Exception {
        Map<RoomId, Route> routes = new ConcurrentHashMap<>();
        List<RoomId> ids =
                IntStream.range(0, ROOMS).mapToObj(i -> RoomId.of("room-" + i)).toList();
        List<Future<Route>> visits = ids.stream()
                .map(room -> clients.submit(() -> routes.merge(room, route(room), (one, other) -> other)))
                .toList();
        for (Future<Route> visit : visits) {
            visit.get();
        }

        assertThat(routes.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(rig.fake.rooms()).hasSize(ROOMS);
        assertThat(rig.fake.processes()).isEqualTo(ROOMS / ROOMS_PER_PROCESS);
        assertThat(roomsByHost(routes).values()).allMatch(rooms -> rooms == ROOMS_PER_PROCESS);
        assertThat(refusals).doesNotContainKey("ROOM_NOT_FOUND");
        assertThat(Duration.ofNanos(longest.get())).isLessThan(DEADLINE.plus(TO_BE_RUN));
        assertThatEveryRoomIsWhereItWas(routes);
        System.out.printf(
                "%d rooms, %d requests, refused and asked again: %s, longest answer %d ms of %d ms%n",
                ROOMS,
                rig.fake.requests(),
                new TreeMap<>(refusals),
                Duration.ofNanos(longest.get()).toMillis(),
                DEADLINE.toMillis());
        clients.shutdownNow();
        StuckThreads.awaitNone();
    }

    /** As a client does: whoever is told that something is unavailable asks again. */
    private Route route(RoomId room) {
        while (true) {
            long asked = time.nanoTime();
            try {
                return router.findOrStart(room, RoomSpec.defaults(), ALICE);
            } catch (RoutingException e) {
                refusals.merge(e.code().name(), 1, Integer::sum);
                if (!(e instanceof RoutingException.Unavailable)) {
                    throw e;
                }
            } finally {
                longest.accumulateAndGet(time.nanoTime() - asked, Math::max);
            }
        }
    }

    private static Map<String, Integer> roomsByHost(Map<RoomId, Route> routes) {
        return routes.values().stream()
                .collect(Collectors.groupingBy(Route::url, Collectors.reducing(0, route -> 1, Integer::sum)));
    }

    private void assertThatEveryRoomIsWhereItWas(Map<RoomId, Route> routes) {
        rig.fake.behave(Mischief.NONE);
        AtomicInteger moved = new AtomicInteger();
        routes.forEach((room, route) -> {
            if (!rig.place(room).address().equals(route.address())) {
                moved.incrementAndGet();
            }
        });
        assertThat(moved).hasValue(0);
    }
}
