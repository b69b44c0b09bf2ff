package io.roomrouting.benchmarks.engines;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostState;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.benchmarks.load.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** One engine: fills it, and asks it from many threads. */
final class EngineRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final Engine engine;
    private final EngineSettings settings;
    private final List<HostIncarnation> hosts;
    private final String prefix;
    private final AtomicInteger claimed = new AtomicInteger();

    /**
     * What is asked for.
     *
     * @param name how it is called
     * @param prepare what comes before and is not measured; gives the call
     */
    record Operation(String name, Callable<Runnable> prepare) {}

    /** Names its rooms and hosts with a prefix, so that runs on one engine do not meet. */
    EngineRun(Engine engine, EngineSettings settings, String prefix) {
        this.engine = engine;
        this.settings = settings;
        this.prefix = prefix;
        hosts = IntStream.range(0, settings.hosts())
                .mapToObj(i -> HostIncarnation.next(HostId.of(prefix + "-host-" + i)))
                .toList();
    }

    /** Makes hosts, and rooms that have owners; returns how long that took. */
    Duration fill() throws InterruptedException {
        awaitEngine();
        long start = System.nanoTime();
        together(
                hosts.size(),
                i -> engine.hosts()
                        .join(new HostRegistration(
                                hosts.get(i),
                                address(i),
                                new HostCapacity(1_000_000, 1_000_000),
                                Map.of(),
                                List.of())));
        together(settings.rooms(), i -> {
            RoomId room = room(i);
            engine.rooms().ensure(room, RoomSpec.defaults());
            engine.rooms().confirm(granted(engine.rooms().claim(claim(room, i % hosts.size()))));
        });
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A file that nobody has opened, or a server that has just started, may take longer than a call does. */
    private void awaitEngine() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                engine.hosts().list();
                return;
            } catch (RoutingException.Unavailable notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    static RoomAssignment granted(ClaimResult result) {
        if (result instanceof ClaimResult.Granted granted) {
            return granted.assignment();
        }
        throw new IllegalStateException("a vacant room was not granted: " + result);
    }

    private RoomId room(int number) {
        return RoomId.of(prefix + "-room-" + number);
    }

    private static HostAddress address(int number) {
        return new HostAddress("host-" + number + ".example.com", 8000, false);
    }

    private Claim claim(RoomId room, int host) {
        return new Claim(room, new Placement(hosts.get(host), address(host), Optional.empty(), "to be measured"));
    }

    /** The look-up of a room that has an owner. */
    Operation find() {
        return new Operation("find", () -> {
            RoomId room = room(ThreadLocalRandom.current().nextInt(settings.rooms()));
            return () -> {
                if (engine.rooms().find(room).isEmpty()) {
                    throw new IllegalStateException("room " + room + " is not there");
                }
            };
        });
    }

    /** The claim of a room that has just been created. */
    Operation claim() {
        return new Operation("claim", () -> {
            int number = claimed.getAndIncrement();
            RoomId room = RoomId.of(prefix + "-claimed-" + number);
            engine.rooms().ensure(room, RoomSpec.defaults());
            Claim claim = claim(room, number % hosts.size());
            return () -> granted(engine.rooms().claim(claim));
        });
    }

    Operation heartbeat() {
        return new Operation("heartbeat", () -> {
            HostIncarnation host = hosts.get(ThreadLocalRandom.current().nextInt(hosts.size()));
            return () -> engine.hosts().heartbeat(host, HostLoad.NONE, HostState.ACTIVE);
        });
    }

    /** Asks from all threads for a while; what is prepared counts for nothing. */
    String measure(Operation operation) throws InterruptedException {
        Latencies all = new Latencies();
        ExecutorService threads = Executors.newFixedThreadPool(settings.threads());
        try {
            List<Callable<Sample>> work = IntStream.range(0, settings.threads())
                    .<Callable<Sample>>mapToObj(i -> () -> ask(operation))
                    .toList();
            double perSecond = 0;
            for (Future<Sample> future : threads.invokeAll(work)) {
                Sample sample = resultOf(future);
                all.addAll(sample.latencies());
                perSecond += sample.latencies().total() * 1e9 / sample.nanos();
            }
            return String.format(
                    Locale.ROOT,
                    "%,10.0f per second, median %.2f ms, p99 %.2f ms",
                    perSecond,
                    all.percentile(0.5),
                    all.percentile(0.99));
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * What one thread measured.
     *
     * @param latencies of each call
     * @param nanos the time that it spent in calls
     */
    private record Sample(Latencies latencies, long nanos) {}

    private Sample ask(Operation operation) throws Exception {
        Latencies latencies = new Latencies();
        long warm = System.nanoTime() + WARM_UP.toNanos();
        long end = warm + settings.time().toNanos();
        long inCalls = 0;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            Runnable call = operation.prepare().call();
            long start = System.nanoTime();
            call.run();
            long took = System.nanoTime() - start;
            if (start > warm) {
                latencies.add(took);
                inCalls += took;
            }
        }
        return new Sample(latencies, Math.max(1, inCalls));
    }

    private void together(int count, IntConsumer work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(settings.threads());
        try {
            Callable<Integer> share = () -> {
                int done = 0;
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    work.accept(i);
                    done++;
                }
                return done;
            };
            for (Future<Integer> future : threads.invokeAll(
                    IntStream.range(0, settings.threads()).mapToObj(i -> share).toList())) {
                resultOf(future);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T resultOf(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine failed", e.getCause());
        }
    }
}
