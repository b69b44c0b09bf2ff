package io.roomrouting.examples.http;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads for work that blocks or takes long, so that no thread of the server does it. How much runs at once, how much waits
 * and for how long are bounded; what exceeds them is refused as {@link ErrorCode#OVERLOADED}: work whose client has given up
 * would only delay the next.
 */
public final class BoundedWork implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ThreadPoolExecutor threads;
    private final long patience;
    private final TimeSource time;

    /**
     * Makes the threads, which start when they are needed.
     *
     * @param name of the threads
     * @param most how many there are
     * @param waiting how many tasks wait at most
     * @param patience how long a task may wait
     * @param time measures that
     */
    public BoundedWork(String name, int most, int waiting, Duration patience, TimeSource time) {
        this.patience = patience.toNanos();
        this.time = time;
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a step of an exchange soon, or refuses the exchange.
     *
     * @param exchange the request
     * @param step ends in an answer or throws
     */
    public void run(ApiExchange exchange, Runnable step) {
        long since = time.nanoTime();
        try {
            threads.execute(() -> exchange.attempt(() -> {
                requireInTime(since);
                step.run();
            }));
        } catch (RejectedExecutionException e) {
            throw overloaded();
        }
    }

    /**
     * Runs a question soon.
     *
     * @param question may block
     * @param <T> what it finds
     * @return its answer, or its failure
     */
    public <T> CompletionStage<T> ask(Supplier<T> question) {
        long since = time.nanoTime();
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        requireInTime(since);
                        return question.get();
                    },
                    threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(overloaded());
        }
    }

    private void requireInTime(long since) {
        if (time.nanoTime() - since > patience) {
            throw overloaded();
        }
    }

    private static RoutingException overloaded() {
        return RoutingException.unavailable(ErrorCode.OVERLOADED, "Too many requests are waiting", RETRY_AFTER);
    }

    /** Lets what waits be done, and takes nothing more. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
