package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A room's queue of work: many threads put in, one at a time takes out.
 *
 * <p>Whoever finds the room idle works it off on its own thread, so that an idle room costs no hand-off; after
 * {@link #BATCHES_BEFORE_HANDOFF} batches the rest goes to the executor, so that no thread is captured by a busy room.
 * Taking the {@code running} flag and giving it back is what orders one batch before the next.
 */
final class Mailbox {

    /** What surrounds a batch of tasks. */
    interface Batch {
        /** Runs before the first task, on the thread that will run them. */
        void begin();

        /** Runs after the last task. */
        void end();

        /**
         * Runs one task; must not throw.
         *
         * @param task the task
         */
        void run(Runnable task);
    }

    /** How many tasks run before what they have sent is flushed. */
    static final int TASKS_PER_BATCH = 64;

    private static final int BATCHES_BEFORE_HANDOFF = 4;

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private final int capacity;
    private final Executor executor;
    private final Batch batch;
    private final Runnable work = this::work;

    Mailbox(int capacity, Executor executor, Batch batch) {
        this.capacity = capacity;
        this.executor = executor;
        this.batch = batch;
    }

    /** Takes a task unless the mailbox is full; somebody must call {@link #run} or {@link #runElsewhere} after it. */
    boolean offer(Runnable task) {
        if (waiting.get() >= capacity) {
            return false;
        }
        force(task);
        return true;
    }

    /** Takes a task that must not get lost; for work that is bounded by other means, such as one leave per session. */
    void force(Runnable task) {
        waiting.incrementAndGet();
        queue.add(task);
    }

    /** Works the queue off on this thread, unless another thread is at it; what the thread was at is none of the room's. */
    void run() {
        if (!queue.isEmpty() && running.compareAndSet(false, true)) {
            CorrelationId.during(Optional.empty(), work);
        }
    }

    /** Has the queue worked off on another thread, unless a thread is at it. */
    void runElsewhere() {
        if (!queue.isEmpty() && running.compareAndSet(false, true)) {
            executor.execute(work);
        }
    }

    private void work() {
        for (int batches = 0; batches < BATCHES_BEFORE_HANDOFF; batches++) {
            runBatch();
            if (queue.isEmpty()) {
                running.set(false);
                if (queue.isEmpty() || !running.compareAndSet(false, true)) {
                    return;
                }
            }
        }
        executor.execute(work);
    }

    private void runBatch() {
        batch.begin();
        try {
            Runnable task = queue.poll();
            for (int done = 0; task != null; task = ++done < TASKS_PER_BATCH ? queue.poll() : null) {
                waiting.decrementAndGet();
                batch.run(task);
            }
        } finally {
            batch.end();
        }
    }
}
