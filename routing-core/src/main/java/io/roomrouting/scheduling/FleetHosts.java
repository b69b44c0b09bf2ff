package io.roomrouting.scheduling;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the hosts of a registry now and then, on the thread of whoever comes when the list is too old, one at a time. The
 * others go on with the old list meanwhile; only where there is none that may be used do they wait.
 */
final class FleetHosts {

    private static final Logger LOG = LoggerFactory.getLogger(FleetScheduler.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final HostRegistry registry;
    private final TimeSource time;
    private final long maxAgeNanos;
    private final long longestNanos;
    private final FleetView view = new FleetView();
    private final AtomicReference<@Nullable CompletableFuture<State>> underWay = new AtomicReference<>();

    /** How the last attempt to list ended. */
    private volatile State state;

    /**
     * Where the list stands.
     *
     * @param listedAt when the list was begun that is in use; empty before the first
     * @param triedAt when the last attempt ended
     * @param failure why it failed; empty if it did not
     */
    private record State(Optional<Long> listedAt, long triedAt, Optional<RuntimeException> failure) {

        boolean hasListYoungerThan(long nanos, long now) {
            return listedAt.isPresent() && now - listedAt.get() < nanos;
        }
    }

    FleetHosts(HostRegistry registry, TimeSource time, Duration maxAge, Duration longest) {
        this.registry = registry;
        this.time = time;
        this.maxAgeNanos = maxAge.toNanos();
        this.longestNanos = longest.toNanos();
        this.state = new State(Optional.empty(), time.nanoTime() - maxAgeNanos, Optional.empty());
    }

    boolean mayBlock() {
        return registry.mayBlock();
    }

    void placed(HostIncarnation host) {
        view.placed(host);
    }

    void refused(Set<HostIncarnation> hosts) {
        view.refused(hosts);
    }

    /**
     * Returns what is known of the hosts, after listing them if it is time.
     *
     * @throws RoutingException.Unavailable if nothing is known, or only what is too old
     */
    FleetView.Content current(Deadline deadline) {
        State known = state;
        if (isDue(known)) {
            known = listOrWait(known, deadline);
        }
        if (!known.hasListYoungerThan(longestNanos, time.nanoTime())) {
            throw unknown(known.failure());
        }
        return view.content();
    }

    private boolean isDue(State known) {
        long now = time.nanoTime();
        return !known.hasListYoungerThan(maxAgeNanos, now) && now - known.triedAt() >= maxAgeNanos;
    }

    private State listOrWait(State known, Deadline deadline) {
        CompletableFuture<State> mine = new CompletableFuture<>();
        CompletableFuture<State> others = underWay.compareAndExchange(null, mine);
        if (others == null) {
            return list(mine);
        }
        return known.hasListYoungerThan(longestNanos, time.nanoTime()) ? known : await(others, deadline);
    }

    private State list(CompletableFuture<State> mine) {
        try {
            // Somebody may have listed them between this caller's look and its turn.
            if (isDue(state)) {
                state = attempt(state);
            }
            return state;
        } finally {
            underWay.set(null);
            mine.complete(state);
        }
    }

    private State attempt(State before) {
        long begun = time.nanoTime();
        view.mark();
        try {
            List<HostSnapshot> hosts = registry.list();
            view.listed(hosts);
            if (before.failure().isPresent()) {
                LOG.info("The hosts can be listed again");
            }
            return new State(Optional.of(begun), time.nanoTime(), Optional.empty());
        } catch (RoutingException e) {
            if (before.failure().isEmpty()) {
                LOG.warn("The hosts cannot be listed; those that are known are used for a while", e);
            }
            return new State(before.listedAt(), time.nanoTime(), Optional.of(e));
        }
    }

    private State await(CompletableFuture<State> others, Deadline deadline) {
        try {
            if (!deadline.hasPassed() && time.await(others, deadline.remaining())) {
                return others.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(Optional.of(e));
        }
        throw unknown(Optional.empty());
    }

    private static RoutingException unknown(Optional<? extends Exception> why) {
        return RoutingException.unavailable(
                ErrorCode.SCHEDULER_UNAVAILABLE,
                "the session hosts are not known, because their registry does not answer",
                RETRY,
                why.orElse(null));
    }
}
