package io.roomrouting.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Does the same on many threads at one moment, for tests of what must stay right then. All that fails on a thread, or takes
 * longer than four minutes, fails the test.
 */
public final class Together {

    private static final long PATIENCE_SECONDS = 240;

    private Together() {}

    /**
     * Runs the work once per thread.
     *
     * @param threads how many
     * @param work what each does, given its number from 0
     * @param <T> what comes out
     * @return what came out, by number
     */
    public static <T> List<T> run(int threads, IntFunction<T> work) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                tasks.add(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return work.apply(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : tasks.stream().map(executor::submit).toList()) {
                results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("one of the threads failed", e);
        } finally {
            executor.shutdownNow();
        }
    }

    /**
     * Runs many rounds. In each, all threads start at the same instant, as nearly as a busy wait can make it, so that even
     * a gap of some nanoseconds between a look and a change is hit now and then.
     *
     * @param threads how many
     * @param rounds how many
     * @param work what each thread does in each round
     * @param <T> what comes out
     * @return what came out, by round and then by thread
     */
    // Yielding only makes the wait cheap where there are more threads than cores; nothing depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    public static <T> List<List<T>> race(int threads, int rounds, Turn<T> work) {
        AtomicInteger arrivals = new AtomicInteger();
        List<List<T>> byThread = run(threads, thread -> {
            List<T> results = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                arrivals.incrementAndGet();
                while (arrivals.get() < threads * (round + 1)) {
                    if (Thread.interrupted()) {
                        throw new IllegalStateException("another thread failed");
                    }
                    Thread.yield();
                }
                results.add(work.take(thread, round));
            }
            return results;
        });
        return IntStream.range(0, rounds)
                .mapToObj(round ->
                        byThread.stream().map(results -> results.get(round)).toList())
                .toList();
    }

    /**
     * What one thread does in one round.
     *
     * @param <T> what comes out
     */
    @FunctionalInterface
    public interface Turn<T> {

        /**
         * Does it.
         *
         * @param thread which, from 0
         * @param round which, from 0
         * @return what comes out
         */
        T take(int thread, int round);
    }
}
