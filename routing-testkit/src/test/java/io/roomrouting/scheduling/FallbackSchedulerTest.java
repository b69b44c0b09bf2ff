package io.roomrouting.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks one scheduler after the other. */
@Timeout(30)
class FallbackSchedulerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(9);
    private static final Duration LOYALTY = Duration.ofSeconds(30);
    private static final Duration OPEN = Duration.ofSeconds(5);

    private final ManualTime time = ManualTime.create();
    private final Provider first = new Provider("first");
    private final Provider second = new Provider("second");
    private final Provider third = new Provider("third");
    private final FallbackScheduler chain = FallbackScheduler.builder()
            .then("first", first)
            .then("second", second)
            .then("third", third)
            .loyalty(LOYALTY)
            .circuit(3, OPEN)
            .time(time)
            .build();

    @Nested
    class Contract extends SchedulerContract {

        @Override
        protected Scheduler schedulerWithTwoHosts() {
            InMemoryRegistry memory = InMemoryRegistry.create();
            List.of("one", "two").forEach(name -> memory.join(registration(name)));
            return FallbackScheduler.builder()
                    .then(
                            "nobody",
                            FleetScheduler.builder(InMemoryRegistry.create()).build())
                    .then("fleet", FleetScheduler.builder(memory).build())
                    .build();
        }

        @Override
        protected Scheduler schedulerWithoutCapacity() {
            return FallbackScheduler.builder()
                    .then(
                            "nobody",
                            FleetScheduler.builder(InMemoryRegistry.create()).build())
                    .then("nobody else", new LocalScheduler(InMemoryRegistry.create()))
                    .build();
        }
    }

    // Who is asked

    @Test
    void theFirstThatPlacesTheRoomIsTheLastThatIsAsked() {
        first.answers(ErrorCode.NO_CAPACITY);

        assertThat(place("room")).isEqualTo("second");

        assertThat(List.of(first.asked(), second.asked(), third.asked())).containsExactly(1, 1, 0);
    }

    @Test
    void whoIsOutOfReachIsFollowedByTheNext() {
        first.answers(ErrorCode.SCHEDULER_UNAVAILABLE);
        second.answers(ErrorCode.NO_CAPACITY);

        assertThat(place("room")).isEqualTo("third");
    }

    @Test
    void anyOtherErrorGoesToTheCaller() {
        first.answers(ErrorCode.REGISTRY_UNAVAILABLE);
        assertThat(refusal("room").code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);

        first.failure = new IllegalStateException("a fault");
        assertThatThrownBy(() -> place("room")).hasMessage("a fault");

        assertThat(second.asked()).isZero();
    }

    @Test
    void everybodyIsToldWhichHostsHaveRefusedTheRoom() {
        HostIncarnation refused = second.placement("before").host();
        first.answers(ErrorCode.NO_CAPACITY);

        chain.place(new PlacementRequest(
                RoomId.of("room"), RoomSpec.ofType("chess"), Set.of(refused), Deadline.in(time, DEADLINE)));

        assertThat(second.requests.get(0).excluded()).containsExactly(refused);
        assertThat(second.requests.get(0).spec().type()).isEqualTo("chess");
    }

    // Time

    @Test
    void eachGetsAnEvenPartOfTheTimeThatIsLeft() {
        first.answers(ErrorCode.NO_CAPACITY);
        second.answers(ErrorCode.SCHEDULER_UNAVAILABLE);
        first.takesAllItsTime = true;

        assertThat(place("room")).isEqualTo("third");

        assertThat(first.times).containsExactly(Duration.ofSeconds(3));
        assertThat(second.times).containsExactly(Duration.ofSeconds(3));
        assertThat(third.times).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void whoIsNotGoingToBeAskedTakesNoTime() {
        breakCircuitOf(second);
        first.answers(ErrorCode.NO_CAPACITY);
        first.takesAllItsTime = true;
        first.times.clear();

        place("another");

        assertThat(first.times).containsExactly(DEADLINE.dividedBy(2));
    }

    @Test
    void whenAllTimeIsSpentTheOthersAreNotAsked() {
        first.answers(ErrorCode.NO_CAPACITY);
        first.overrun = DEADLINE;

        RoutingException error = refusal("room");

        assertThat(second.asked()).isZero();
        assertThat(error.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(error)
                .hasMessage(
                        "nobody has placed the room: first: NO_CAPACITY;"
                                + " second was not asked, because no time was left; third was not asked, because no time was left");
    }

    // Errors

    @Test
    void whenAllAreFullTheyAreFull() {
        List.of(first, second, third).forEach(provider -> provider.answers(ErrorCode.NO_CAPACITY));
        second.retryAfter = Duration.ofMillis(700);

        RoutingException error = refusal("room");

        assertThat(error.code()).isEqualTo(ErrorCode.NO_CAPACITY);
        assertThat(error.retryAfter()).contains(Duration.ofMillis(700));
        assertThat(error.getSuppressed()).hasSize(3);
    }

    @Test
    void whenOneCouldNotBeAskedNobodyKnowsWhetherAllAreFull() {
        List.of(first, third).forEach(provider -> provider.answers(ErrorCode.NO_CAPACITY));
        second.answers(ErrorCode.SCHEDULER_UNAVAILABLE);

        assertThat(refusal("room"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE))
                .hasMessage("nobody has placed the room: first: NO_CAPACITY; second: SCHEDULER_UNAVAILABLE;"
                        + " third: NO_CAPACITY");
    }

    @Test
    void aCancelledCallerIsNotLedOnAndBlamesNobody() {
        first.answers(ErrorCode.SCHEDULER_UNAVAILABLE);
        first.interrupts = true;
        for (int i = 0; i < 5; i++) {
            assertThat(refusal("room")).hasMessage("SCHEDULER_UNAVAILABLE");
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(first.asked()).isEqualTo(5);
        assertThat(second.asked()).isZero();
    }

    // Circuits

    @Test
    void whoWasOutOfReachThreeTimesInARowDelaysNobodyForAWhile() {
        breakCircuitOf(first);

        for (int i = 0; i < 10; i++) {
            assertThat(place("room-" + i)).isEqualTo("second");
        }
        assertThat(first.asked()).isEqualTo(3);

        time.advance(OPEN);
        place("room");
        place("room");
        assertThat(first.asked()).isEqualTo(4);
    }

    @Test
    void whoAnswersAgainIsAskedByAllAgain() {
        breakCircuitOf(first);
        time.advance(OPEN);
        first.failure = null;

        assertThat(place("one")).isEqualTo("first");
        assertThat(place("two")).isEqualTo("first");
    }

    @Test
    void toBeFullIsNoFailure() {
        first.answers(ErrorCode.NO_CAPACITY);
        for (int i = 0; i < 10; i++) {
            place("room-" + i);
        }

        assertThat(first.asked()).isEqualTo(10);
    }

    @Test
    void whoHadHardlyAnyTimeIsNotToBlame() {
        first.answers(ErrorCode.SCHEDULER_UNAVAILABLE);
        first.takesAllItsTime = true;
        for (int i = 0; i < 5; i++) {
            chain.place(new PlacementRequest(
                    RoomId.of("room-" + i), RoomSpec.defaults(), Set.of(), Deadline.in(time, Duration.ofMillis(90))));
        }

        assertThat(first.asked()).isEqualTo(5);
    }

    @Test
    void whenNobodyCanBeAskedTheCallerIsToldWhenToComeBack() {
        List.of(first, second, third).forEach(provider -> provider.answers(ErrorCode.SCHEDULER_UNAVAILABLE));
        for (int i = 0; i < 3; i++) {
            refusal("room");
        }

        RoutingException error = refusal("room");

        assertThat(first.asked()).isEqualTo(3);
        assertThat(error.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(error.retryAfter()).contains(OPEN);
    }

    // Rooms stay where they are

    @Test
    void aRoomThatAProviderKeepsIsAskedForThereFirst() {
        first.answers(ErrorCode.NO_CAPACITY);
        second.validity = Optional.of(Duration.ofSeconds(10));
        place("room");
        first.failure = null;

        assertThat(place("room")).isEqualTo("second");
        assertThat(place("another")).isEqualTo("first");
        assertThat(first.asked()).isEqualTo(2);
    }

    @Test
    void aRoomWaitsForItsProviderForAWhile() {
        first.answers(ErrorCode.NO_CAPACITY);
        second.validity = Optional.of(Duration.ofSeconds(10));
        place("room");
        first.failure = null;
        second.answers(ErrorCode.SCHEDULER_UNAVAILABLE);

        time.advance(LOYALTY.minusNanos(1));
        assertThat(refusal("room")).hasMessage("nobody has placed the room: second: SCHEDULER_UNAVAILABLE");
        time.advance(Duration.ofNanos(1));
        assertThat(place("room")).isEqualTo("first");
        second.failure = null;
        assertThat(place("room")).isEqualTo("first");
    }

    @Test
    void aRoomWaitsForItsProviderAlsoWhileThatIsPassedOver() {
        first.answers(ErrorCode.NO_CAPACITY);
        second.validity = Optional.of(Duration.ofSeconds(10));
        place("room");
        breakCircuitOf(second);
        first.failure = null;

        assertThat(refusal("room"))
                .hasMessage("nobody has placed the room: second was not asked, because it was out of reach");
    }

    @Test
    void aRoomGoesElsewhereWhenItsProviderHasNoSpaceForItAnyMore() {
        first.answers(ErrorCode.NO_CAPACITY);
        second.validity = Optional.of(Duration.ofSeconds(10));
        place("room");
        second.answers(ErrorCode.NO_CAPACITY);

        assertThat(place("room")).isEqualTo("third");
    }

    @Test
    void aRoomOnAHostWithALeaseIsPlacedAnewLikeAnyOther() {
        first.answers(ErrorCode.NO_CAPACITY);
        place("room");
        first.failure = null;

        assertThat(place("room")).isEqualTo("first");
    }

    // Settings

    @Test
    void itBlocksIfAnyOfThemDoes() {
        Scheduler never = new LocalScheduler(InMemoryRegistry.create());
        assertThat(chain.mayBlock()).isTrue();
        assertThat(FallbackScheduler.builder().then("memory", never).build().mayBlock())
                .isFalse();
    }

    @Test
    void settingsOutOfBoundsAreNamed() {
        FallbackSchedulerBuilder builder = FallbackScheduler.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("number of schedulers = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.then("a", first).then("a", second))
                .withMessageContaining("called a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.circuit(0, OPEN).build())
                .withMessageContaining("failuresInARow = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.circuit(1, Duration.ZERO).build())
                .withMessageContaining("passedOverFor = PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder.circuit(1, OPEN).loyalty(Duration.ofHours(2)).build())
                .withMessageContaining("loyalty = PT2H");
    }

    /** Three rooms find it out of reach; afterwards everybody else answers as before. */
    private void breakCircuitOf(Provider broken) {
        RuntimeException firstFailure = first.failure;
        if (broken != first) {
            first.answers(ErrorCode.NO_CAPACITY);
        }
        broken.answers(ErrorCode.SCHEDULER_UNAVAILABLE);
        for (int i = 0; i < 3; i++) {
            place("breaking-" + i);
        }
        if (broken != first) {
            first.failure = firstFailure;
        }
    }

    private String place(String room) {
        return chain.place(request(room)).address().host();
    }

    private RoutingException refusal(String room) {
        try {
            chain.place(request(room));
        } catch (RoutingException e) {
            return e;
        }
        throw new AssertionError("it was placed");
    }

    private PlacementRequest request(String room) {
        return new PlacementRequest(RoomId.of(room), RoomSpec.defaults(), Set.of(), Deadline.in(time, DEADLINE));
    }

    /** Records what it is asked, and answers as a test says. */
    private final class Provider implements Scheduler {

        final List<PlacementRequest> requests = new ArrayList<>();
        final List<Duration> times = new ArrayList<>();
        private final String name;
        Optional<Duration> validity = Optional.empty();
        Duration retryAfter = Duration.ofSeconds(60);
        Duration overrun = Duration.ZERO;
        boolean takesAllItsTime;
        boolean interrupts;

        @org.jspecify.annotations.Nullable RuntimeException failure;

        Provider(String name) {
            this.name = name;
        }

        void answers(ErrorCode code) {
            failure = RoutingException.unavailable(code, code.name(), retryAfter);
        }

        int asked() {
            return requests.size();
        }

        @Override
        public Placement place(PlacementRequest request) {
            requests.add(request);
            times.add(request.deadline().remaining());
            if (takesAllItsTime) {
                time.advance(request.deadline().remaining());
            }
            time.advance(overrun);
            if (interrupts) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof RoutingException routing) {
                throw RoutingException.unavailable(
                        routing.code(), routing.code().name(), retryAfter);
            }
            if (failure != null) {
                throw failure;
            }
            return placement(request.room().value());
        }

        Placement placement(String room) {
            HostIncarnation host = new HostIncarnation(HostId.of(name + "-of-" + room), "1");
            return new Placement(host, new HostAddress(name, 8000, false), validity, "for a test");
        }
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
