package io.roomrouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many callers for one room at once. Who waits for another's placement has a timer, so that timers count who waits. */
class SharedPlacementTest {

    private static final Identity ALICE = Identity.of("alice");

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).build();
    private final HostIncarnation host = HostIncarnation.next(HostId.of("a"));
    private final HostAddress address = new HostAddress("a", 8000, false);
    private final Semaphore allowed = new Semaphore(0);
    private final AtomicInteger placements = new AtomicInteger();
    private final AtomicInteger tickets = new AtomicInteger();
    private final RoomRouter router = RoomRouter.builder()
            .authenticator(Identity::of)
            .registry(registry)
            .scheduler(this::place)
            .ticketIssuer((identity, assignment, spec, seat, correlation) -> new IssuedTicket(
                    "ticket " + tickets.incrementAndGet(), time.now().plusSeconds(60)))
            .time(time)
            .placementTimeout(Duration.ofSeconds(10))
            .build();
    private final RoomId room =
            registry.create(RoomId.random(), RoomSpec.defaults()).room();
    private final List<Thread> threads = new ArrayList<>();

    @BeforeEach
    void joinHost() {
        registry.join(new HostRegistration(host, address, new HostCapacity(10, 10), Map.of(), List.of()));
    }

    @Test
    void five_hundred_callers_share_one_placement() throws Exception {
        List<CompletableFuture<Route>> routes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            routes.add(find());
        }
        awaitWaiting(499);

        allowed.release();

        List<String> seen = new ArrayList<>();
        for (CompletableFuture<Route> route : routes) {
            assertThat(route.get(60, TimeUnit.SECONDS).address()).isEqualTo(address);
            seen.add(route.get().ticket());
        }
        assertThat(placements).hasValue(1);
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_room_that_was_placed_while_the_caller_came_is_not_placed_again() {
        allowed.release(2);
        router.find(room, ALICE);

        router.find(room, ALICE);

        assertThat(placements).hasValue(1);
    }

    @Test
    void other_rooms_do_not_wait() throws Exception {
        CompletableFuture<Route> stuck = find();
        await().atMost(Duration.ofMinutes(1)).until(() -> placements.get() == 1);
        RoomId other = registry.create(RoomId.random(), RoomSpec.defaults()).room();
        registry.claim(new Claim(other, placement()));

        assertThat(router.find(other, ALICE).address()).isEqualTo(address);

        allowed.release();
        assertThat(stuck.get(60, TimeUnit.SECONDS).room()).isEqualTo(room);
    }

    @Test
    void everybody_learns_why_a_room_cannot_be_placed() throws Exception {
        registry.leave(host);
        List<CompletableFuture<Route>> routes = List.of(find(), find(), find());
        awaitWaiting(2);

        allowed.release();

        for (CompletableFuture<Route> route : routes) {
            assertThat(failure(route).code()).isEqualTo(ErrorCode.NO_CAPACITY);
        }
        assertThat(placements).hasValue(1);
    }

    @Test
    void who_waits_gives_up_at_its_own_deadline_and_takes_nothing_from_the_others() throws Exception {
        CompletableFuture<Route> leader = find();
        await().atMost(Duration.ofMinutes(1)).until(() -> placements.get() == 1);
        CompletableFuture<Route> early = find();
        awaitWaiting(1);
        time.advance(Duration.ofSeconds(4));
        CompletableFuture<Route> late = find();
        awaitWaiting(2);

        time.advance(Duration.ofSeconds(6));

        assertThat(failure(early).code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(failure(early).retryAfter()).isPresent();
        assertThat(late).isNotDone();
        allowed.release();
        assertThat(late.get(60, TimeUnit.SECONDS).address()).isEqualTo(address);
        assertThat(leader.get(60, TimeUnit.SECONDS).address()).isEqualTo(address);
        assertThat(placements).hasValue(1);
    }

    @Test
    void who_is_interrupted_while_waiting_takes_nothing_from_the_others() throws Exception {
        CompletableFuture<Route> leader = find();
        await().atMost(Duration.ofMinutes(1)).until(() -> placements.get() == 1);
        CompletableFuture<Route> interrupted = find();
        awaitWaiting(1);
        CompletableFuture<Route> patient = find();
        awaitWaiting(2);

        threads.get(1).interrupt();

        assertThat(failure(interrupted)).hasCauseInstanceOf(InterruptedException.class);
        allowed.release();
        assertThat(patient.get(60, TimeUnit.SECONDS).address()).isEqualTo(address);
        assertThat(leader.get(60, TimeUnit.SECONDS).address()).isEqualTo(address);
    }

    @Test
    void when_the_one_that_places_is_interrupted_another_goes_on() throws Exception {
        CompletableFuture<Route> leader = find();
        await().atMost(Duration.ofMinutes(1)).until(() -> placements.get() == 1);
        CompletableFuture<Route> heir = find();
        awaitWaiting(1);

        threads.get(0).interrupt();

        assertThat(failure(leader).code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        await().atMost(Duration.ofMinutes(1)).until(() -> placements.get() == 2);
        allowed.release();
        assertThat(heir.get(60, TimeUnit.SECONDS).address()).isEqualTo(address);
    }

    @Test
    void when_the_time_of_the_one_that_places_is_over_another_goes_on() throws Exception {
        CompletableFuture<Route> leader = find();
        await().atMost(Duration.ofMinutes(1)).until(() -> placements.get() == 1);
        time.advance(Duration.ofSeconds(9));
        CompletableFuture<Route> heir = find();
        awaitWaiting(1);
        time.advance(Duration.ofSeconds(2));
        registry.leave(host);

        allowed.release();

        assertThat(failure(leader).code()).isEqualTo(ErrorCode.NO_CAPACITY);
        await().atMost(Duration.ofMinutes(1)).until(() -> placements.get() == 2);
        allowed.release();
        assertThat(failure(heir).code()).isEqualTo(ErrorCode.NO_CAPACITY);
    }

    private Placement place(PlacementRequest request) {
        placements.incrementAndGet();
        try {
            assertThat(allowed.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RoutingException.unavailable(
                    ErrorCode.SCHEDULER_UNAVAILABLE, "interrupted", Duration.ofSeconds(1), e);
        }
        if (registry.list().isEmpty()) {
            throw RoutingException.unavailable(ErrorCode.NO_CAPACITY, "no host", Duration.ofSeconds(1));
        }
        return placement();
    }

    private Placement placement() {
        return new Placement(host, address, Optional.empty(), "the only one");
    }

    private CompletableFuture<Route> find() {
        CompletableFuture<Route> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(router.find(room, ALICE));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        threads.add(thread);
        thread.start();
        return result;
    }

    private void awaitWaiting(int callers) {
        await().atMost(Duration.ofMinutes(1)).until(() -> time.pendingTimers() == callers);
    }

    private static RoutingException failure(CompletableFuture<Route> route) throws Exception {
        return route.handle((value, failure) -> (RoutingException) failure).get(60, TimeUnit.SECONDS);
    }
}
