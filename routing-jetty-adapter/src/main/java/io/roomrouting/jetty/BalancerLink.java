package io.roomrouting.jetty;

import io.roomrouting.TimeSource;
import io.roomrouting.spi.CircuitBreaker;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server's registration with one load balancer: its own schedule, one call at a time, its own circuit. Thread-safe; no
 * method waits. The load is never asked for while a lock is held.
 */
final class BalancerLink {

    private static final Logger LOG = LoggerFactory.getLogger(BalancerRegistration.class);
    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration OPEN_TIME = Duration.ofSeconds(30);

    /** Between two calls, so that a room that comes and goes all the time does not become a flood. */
    private static final Duration SHORTEST_GAP = Duration.ofMillis(100);

    /** What a balancer may do with the server. */
    private enum Standing {
        UNKNOWN,
        TAKING,
        FULL,
        AWAY;

        static Standing of(BalancerRegistration.Load load) {
            if (!load.open()) {
                return AWAY;
            }
            return load.rooms() < load.capacity() ? TAKING : FULL;
        }
    }

    private final URI balancer;
    private final BalancerCalls calls;
    private final Supplier<BalancerRegistration.Load> load;
    private final TimeSource time;
    private final Duration interval;
    private final CircuitBreaker circuit;

    private Standing told = Standing.UNKNOWN;
    private Standing telling = Standing.UNKNOWN;
    private boolean calling;
    private boolean again;
    private boolean closed;
    private Optional<String> trouble = Optional.empty();
    private long lastCall;
    private Optional<Long> lastAnswer = Optional.empty();
    private TimeSource.Cancellable timer = () -> {};
    private CompletableFuture<Optional<String>> call = CompletableFuture.completedFuture(Optional.empty());

    BalancerLink(
            URI balancer,
            BalancerCalls calls,
            Supplier<BalancerRegistration.Load> load,
            TimeSource time,
            Duration interval) {
        this.balancer = balancer;
        this.calls = calls;
        this.load = load;
        this.time = time;
        this.interval = interval;
        this.circuit = new CircuitBreaker(time, FAILURES_TO_OPEN, OPEN_TIME);
        this.lastCall = time.nanoTime() - SHORTEST_GAP.toNanos();
    }

    /** Tells the balancer, now and from now on. The next time is settled first, so that it comes whatever happens now. */
    void beat() {
        Optional<Duration> shut = circuit.tryPass();
        schedule(shut.orElse(interval));
        if (shut.isEmpty()) {
            send(load.get());
        }
    }

    /** Tells the balancer soon if it has to treat the server differently from what it was told last, answered or not. */
    synchronized void changed(BalancerRegistration.Load now) {
        boolean differs = Standing.of(now) != telling;
        if (calling) {
            again = differs;
        } else if (differs) {
            scheduleSoon();
        }
    }

    /** Ends the registration after the call that is under way, which would otherwise undo it. */
    CompletableFuture<Optional<String>> leave() {
        boolean reachable = circuit.closedFor().isEmpty();
        CompletableFuture<Optional<String>> before;
        synchronized (this) {
            closed = true;
            timer.cancel();
            before = call;
        }
        CompletableFuture<Optional<String>> left =
                before.thenCompose(answer -> calls.unregister(balancer)).thenApply(this::left);
        return reachable ? left : CompletableFuture.completedFuture(Optional.empty());
    }

    synchronized BalancerRegistration.Status status() {
        Optional<Duration> silence = lastAnswer.map(at -> Duration.ofNanos(time.nanoTime() - at));
        boolean registered = told == Standing.TAKING || told == Standing.FULL;
        return new BalancerRegistration.Status(balancer, registered, silence, trouble);
    }

    private synchronized void schedule(Duration delay) {
        timer.cancel();
        if (!closed) {
            timer = time.schedule(delay, this::beat);
        }
    }

    private void scheduleSoon() {
        schedule(SHORTEST_GAP.minusNanos(time.nanoTime() - lastCall));
    }

    private synchronized void send(BalancerRegistration.Load now) {
        if (closed || calling) {
            again = calling;
            return;
        }
        calling = true;
        again = false;
        telling = Standing.of(now);
        lastCall = time.nanoTime();
        CompletableFuture<Optional<String>> asked =
                now.open() ? calls.register(balancer, now) : calls.unregister(balancer);
        call = asked.thenApply(this::answered);
    }

    private synchronized Optional<String> answered(Optional<String> problem) {
        calling = false;
        problem.ifPresentOrElse(this::failed, this::succeeded);
        trouble = problem;
        if (again) {
            scheduleSoon();
        }
        return problem;
    }

    private void succeeded() {
        circuit.succeeded();
        lastAnswer = Optional.of(time.nanoTime());
        boolean away = telling == Standing.AWAY;
        if (told == Standing.UNKNOWN || away != (told == Standing.AWAY)) {
            LOG.info(
                    away ? "Load balancer {} sends nobody here for now" : "Registered with load balancer {}", balancer);
        }
        told = telling;
    }

    private void failed(String problem) {
        circuit.failed();
        told = Standing.UNKNOWN;
        if (!trouble.equals(Optional.of(problem))) {
            LOG.warn("Load balancer {} {}; it is asked again until it takes this server", balancer, problem);
        }
    }

    private synchronized Optional<String> left(Optional<String> problem) {
        if (problem.isEmpty()) {
            LOG.info("Unregistered from load balancer {}", balancer);
        } else if (trouble.isEmpty()) {
            LOG.warn("Load balancer {} {}; it forgets this server after a while", balancer, problem.get());
        }
        told = Standing.AWAY;
        return problem;
    }
}
