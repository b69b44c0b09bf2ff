package io.roomrouting.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Runs so many tasks at a time on another executor; the others wait in their order. Bounded by who puts in. */
final class LimitedExecutor implements Executor {

    private final Executor executor;
    private final Semaphore places;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    LimitedExecutor(Executor executor, int limit) {
        this.executor = executor;
        this.places = new Semaphore(limit);
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        startNext();
    }

    private void startNext() {
        while (!waiting.isEmpty() && places.tryAcquire()) {
            Runnable next = waiting.poll();
            if (next == null) {
                places.release();
            } else {
                executor.execute(() -> runAndGoOn(next));
            }
        }
    }

    private void runAndGoOn(Runnable task) {
        try {
            task.run();
        } finally {
            places.release();
            startNext();
        }
    }
}
