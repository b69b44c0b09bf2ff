package io.roomrouting.examples.session;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where the tickets of Socket.IO clients are checked, since that may have to wait for the backend's keys. */
final class TicketChecks {

    private static final int THREADS = 4;
    private static final int WAITING = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private TicketChecks() {}

    static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> new Thread(task, "ticket-check"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
