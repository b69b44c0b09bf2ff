package io.roomrouting.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Runs many seeds, spread over threads, until one of them shows a violation. */
public final class Seeds {

    private final LongFunction<SimulationResult> run;
    private final int threads;

    /**
     * Describes a search.
     *
     * @param run runs a seed, such as {@code seed -> Simulation.run(SimulationConfig.of(seed))}
     * @param threads how many runs at once, 1 or more; the number of processors is a good choice
     */
    public Seeds(LongFunction<SimulationResult> run, int threads) {
        this.run = run;
        this.threads = threads;
    }

    /**
     * Runs seeds one after the other. Waits until they are all done, or one is bad.
     *
     * @param first the first seed
     * @param count how many
     * @return a bad run; of several that were found at the same time the one with the smallest seed
     * @throws InterruptedException if the thread is interrupted; the runs under way go on to their ends
     * @throws IllegalStateException if a run itself failed
     */
    public Optional<SimulationResult> firstBad(long first, long count) throws InterruptedException {
        AtomicLong next = new AtomicLong(first);
        List<FutureTask<Optional<SimulationResult>>> lanes = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            FutureTask<Optional<SimulationResult>> lane = new FutureTask<>(() -> runUntil(first + count, next));
            Thread thread = new Thread(lane, "seeds-" + i);
            thread.setDaemon(true);
            thread.start();
            lanes.add(lane);
        }
        try {
            return smallest(lanes);
        } finally {
            next.set(first + count);
        }
    }

    private Optional<SimulationResult> runUntil(long end, AtomicLong next) {
        for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            SimulationResult result = run.apply(seed);
            if (!result.isGood()) {
                next.set(end);
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }

    private static Optional<SimulationResult> smallest(List<FutureTask<Optional<SimulationResult>>> lanes)
            throws InterruptedException {
        Optional<SimulationResult> smallest = Optional.empty();
        for (FutureTask<Optional<SimulationResult>> lane : lanes) {
            Optional<SimulationResult> other = result(lane);
            boolean better = other.isPresent()
                    && (smallest.isEmpty()
                            || other.get().config().seed()
                                    < smallest.get().config().seed());
            smallest = better ? other : smallest;
        }
        return smallest;
    }

    private static Optional<SimulationResult> result(FutureTask<Optional<SimulationResult>> lane)
            throws InterruptedException {
        try {
            return lane.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run failed", e);
        }
    }
}
