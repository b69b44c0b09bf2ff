package io.roomrouting.agones;

import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.Scheduler;

/**
 * Places rooms on the game servers of an Agones fleet: first on one that has rooms already and takes more, then on one
 * that is ready. Agones raises the game server's room counter in the same transaction in which it chooses, so that callers
 * at once, in one backend or in many, never overfill one.
 *
 * <p>A placement names the living session host on the game server and is backed by the lease that this host has; see
 * {@link HostLookup}. On each game server an {@link AgonesHost} must run: it gives back what its rooms no longer need, and
 * places that were taken for a room which never came, for example because an answer was lost.
 *
 * <p>Calls block until the request's deadline at most. Contention and lost answers are tried again, with growing waits of
 * random length. Thread-safe; starts no thread.
 */
public final class AgonesScheduler implements Scheduler, AutoCloseable {

    private final AllocationApi api;
    private final AllocationSearch.Settings settings;
    private final RecentAllocations recent;

    AgonesScheduler(AgonesSchedulerBuilder builder) {
        settings = builder.settings();
        api = builder.api();
        recent = new RecentAllocations(settings.time());
    }

    /**
     * Starts to describe a scheduler.
     *
     * @return a builder
     */
    public static AgonesSchedulerBuilder builder() {
        return new AgonesSchedulerBuilder();
    }

    /**
     * Chooses a host.
     *
     * @throws io.roomrouting.RoutingException.Unavailable with {@link io.roomrouting.ErrorCode#NO_CAPACITY} if no game
     *     server has room, with {@link io.roomrouting.ErrorCode#SCHEDULER_UNAVAILABLE} if Kubernetes or the chosen host
     *     does not answer, or refuses; the exception's cause, which is for operators and not for clients, says why and
     *     what to change
     */
    @Override
    public Placement place(PlacementRequest request) {
        return new AllocationSearch(api, settings, recent, request).run();
    }

    /** Closes the idle connections. Calls under way go on until their deadline. */
    @Override
    public void close() {
        api.close();
    }
}
