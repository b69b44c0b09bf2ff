package io.roomrouting.jetty.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks soon, when the thread that asks has left its locks: at the end of its {@link ThreadTurn} if it is in one, and
 * otherwise on another thread, all that has gathered at once. Thread-safe.
 */
public final class Afterwards {

    private static final Logger LOG = LoggerFactory.getLogger(Afterwards.class);

    private final Executor executor;
    private final Queue<Runnable> gathered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * Makes it with nothing to do.
     *
     * @param executor runs what does not arise in a turn
     */
    public Afterwards(Executor executor) {
        this.executor = executor;
    }

    /** Runs a task soon, and not before this has returned. */
    public void run(Runnable task) {
        if (!ThreadTurn.later(task)) {
            gathered.add(task);
            schedule();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                executor.execute(this::runGathered);
            } catch (RejectedExecutionException e) {
                scheduled.set(false);
                LOG.debug("The server has stopped, so that nobody is left to tell", e);
            }
        }
    }

    private void runGathered() {
        scheduled.set(false);
        ThreadTurn turn = ThreadTurn.begin();
        for (Runnable task = gathered.poll(); task != null; task = gathered.poll()) {
            ThreadTurn.later(task);
        }
        turn.end();
    }
}
