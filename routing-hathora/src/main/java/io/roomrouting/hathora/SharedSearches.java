package io.roomrouting.hathora;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Search} per room, however many want to know. It runs on a thread of its own, so that a caller that is cancelled
 * takes nothing from the others; when the last has gone, it ends. Thread-safe.
 */
final class SharedSearches implements AutoCloseable {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long IDLE_SECONDS = 10;

    private final HathoraSchedulerBuilder settings;
    private final TimeSource time;
    private final ExecutorService threads;
    private final Map<Key, Shared> underWay = new HashMap<>();

    /** Who excludes other hosts looks for something else. */
    private record Key(RoomId room, Set<HostIncarnation> excluded) {}

    /** A search and those who wait for it; changed under the lock of the outer object. */
    private static final class Shared {

        private final Search search;
        private final CompletableFuture<Placement> found = new CompletableFuture<>();
        private @Nullable Future<?> running;
        private int waiting;

        Shared(Search search) {
            this.search = search;
        }

        void run() {
            try {
                found.complete(search.run());
            } catch (RuntimeException | Error e) {
                found.completeExceptionally(e);
            }
        }
    }

    SharedSearches(HathoraSchedulerBuilder settings) {
        this.settings = settings;
        this.time = settings.rooms.time();
        this.threads = new ThreadPoolExecutor(
                0,
                settings.maxSearches,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                SharedSearches::thread);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "hathora-search");
        thread.setDaemon(true);
        return thread;
    }

    /** Finds a room's host; waits until the request's deadline at most. */
    Placement find(PlacementRequest request) {
        Key key = new Key(request.room(), request.excluded());
        Deadline deadline = Deadline.in(time, shorter(request.deadline().remaining(), settings.patience));
        Shared shared = join(key, request, deadline);
        try {
            if (time.await(shared.found, deadline.remaining())) {
                return shared.found.join();
            }
            throw shared.search.late();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RoutingException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RoutingException.unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "the look-up was cancelled", RETRY, e);
        } finally {
            leave(key, shared);
        }
    }

    private synchronized Shared join(Key key, PlacementRequest request, Deadline deadline) {
        Shared known = underWay.get(key);
        if (known != null && !known.found.isDone()) {
            known.search.extendTo(deadline);
            known.waiting++;
            return known;
        }
        Shared fresh = new Shared(new Search(request.room(), request.spec(), key.excluded(), settings, deadline));
        fresh.running = start(fresh);
        fresh.waiting = 1;
        underWay.put(key, fresh);
        return fresh;
    }

    private Future<?> start(Shared shared) {
        try {
            return threads.submit(shared::run);
        } catch (RejectedExecutionException e) {
            throw RoutingException.unavailable(ErrorCode.OVERLOADED, "too many rooms are being looked for", RETRY, e);
        }
    }

    private synchronized void leave(Key key, Shared shared) {
        shared.waiting--;
        if (shared.waiting == 0) {
            underWay.remove(key, shared);
            if (shared.running != null) {
                shared.running.cancel(true);
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends all searches; whoever waits is told. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
