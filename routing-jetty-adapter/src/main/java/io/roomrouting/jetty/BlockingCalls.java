package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Runs what may wait off the threads that must not: on virtual threads where the JDK has them, otherwise on a pool of 64.
 * What waits or runs is bounded; beyond that, requests are told to come back.
 */
final class BlockingCalls extends AbstractLifeCycle {

    private static final int MOST = 1_000;
    private static final int PLATFORM_THREADS = 64;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore places;
    private volatile @Nullable Executor threads;

    BlockingCalls() {
        this(MOST);
    }

    BlockingCalls(int most) {
        this.places = new Semaphore(most);
    }

    /** Runs a step of an exchange soon, or refuses the exchange as {@link ErrorCode#OVERLOADED}. */
    void run(Exchange exchange, Runnable step) {
        Executor executor = threads;
        if (executor == null || !places.tryAcquire()) {
            exchange.refuse(overloaded());
            return;
        }
        try {
            executor.execute(() -> {
                try {
                    exchange.attempt(step);
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            exchange.refuse(overloaded());
        }
    }

    @Override
    protected void doStart() {
        threads = VirtualThreads.areSupported() ? VirtualThreads.getDefaultVirtualThreadsExecutor() : platformThreads();
    }

    @Override
    protected void doStop() {
        if (threads instanceof ThreadPoolExecutor pool) {
            pool.shutdown();
        }
        threads = null;
    }

    private static ExecutorService platformThreads() {
        AtomicLong count = new AtomicLong();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                PLATFORM_THREADS, PLATFORM_THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "room-routing-http-" + count.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Problem overloaded() {
        return Problem.of(
                RoutingException.unavailable(ErrorCode.OVERLOADED, "Too many requests are waiting", RETRY_AFTER));
    }
}
