package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Scheduler;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Scheduler} must do. Extend it in the tests of yours and say how to make one.
 */
public abstract class SchedulerContract {

    /** For subclasses. */
    protected SchedulerContract() {}

    /**
     * Makes a scheduler that has at least two hosts for at least 32 rooms, or that can start them within seconds.
     *
     * @return the scheduler
     */
    protected abstract Scheduler schedulerWithTwoHosts();

    /**
     * Makes a scheduler that has no host, and can start none.
     *
     * @return the scheduler
     */
    protected abstract Scheduler schedulerWithoutCapacity();

    /** A placement names a host, its address and the reason. */
    @Test
    public final void aRoomIsPlacedOnAHost() {
        Placement placement = schedulerWithTwoHosts().place(request("room-1", Set.of()));

        assertThat(placement.host()).isNotNull();
        assertThat(placement.address()).isNotNull();
        assertThat(placement.reason()).isNotBlank().doesNotContain("\n");
    }

    /** Asking again for the same room is answered. */
    @Test
    public final void aRoomCanBePlacedAgain() {
        Scheduler scheduler = schedulerWithTwoHosts();
        scheduler.place(request("room-1", Set.of()));

        assertThat(scheduler.place(request("room-1", Set.of())).host()).isNotNull();
    }

    /** A host that has refused the room is not named again. */
    @Test
    public final void anExcludedHostIsNotNamed() {
        Scheduler scheduler = schedulerWithTwoHosts();
        HostIncarnation refused = scheduler.place(request("room-1", Set.of())).host();

        assertThat(scheduler.place(request("room-1", Set.of(refused))).host()).isNotEqualTo(refused);
    }

    /** Without capacity the caller is told so, and when to come back. */
    @Test
    public final void withoutCapacityTheCallerIsToldToComeBack() {
        Scheduler scheduler = schedulerWithoutCapacity();

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> scheduler.place(request("room-1", Set.of())))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CAPACITY))
                .satisfies(e -> assertThat(e.retryAfter().orElseThrow()).isPositive());
    }

    /** Many rooms can be placed at once. */
    @Test
    public final void manyCallersArePlacedAtOnce() throws InterruptedException, ExecutionException, TimeoutException {
        Scheduler scheduler = schedulerWithTwoHosts();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Placement>> placements = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                PlacementRequest request = request("room-" + i, Set.of());
                placements.add(callers.submit(() -> scheduler.place(request)));
            }
            for (Future<Placement> placement : placements) {
                assertThat(placement.get(30, TimeUnit.SECONDS).host()).isNotNull();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static PlacementRequest request(String room, Set<HostIncarnation> excluded) {
        Deadline deadline = Deadline.in(TimeSource.system(), Duration.ofSeconds(10));
        return new PlacementRequest(RoomId.of(room), RoomSpec.defaults(), excluded, deadline);
    }
}
