package io.roomrouting.jetty.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread's work on what it has read, and what is put off to the end of that work: news that must not be told under the
 * locks in which they arise, and are not worth another thread. Turns nest; the outermost counts. A turn belongs to its
 * thread.
 */
public final class ThreadTurn {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadTurn.class);
    private static final ThreadLocal<ThreadTurn> CURRENT = ThreadLocal.withInitial(ThreadTurn::new);

    private final Deque<Runnable> later = new ArrayDeque<>();
    private int depth;

    private ThreadTurn() {}

    /** Begins a turn on this thread, which holds no lock; {@link #end} must follow. */
    public static ThreadTurn begin() {
        ThreadTurn turn = CURRENT.get();
        turn.depth++;
        return turn;
    }

    /**
     * Puts a task off to the end of this thread's turn.
     *
     * @return false if the thread is not in one
     */
    public static boolean later(Runnable task) {
        ThreadTurn turn = CURRENT.get();
        return turn.depth > 0 && turn.later.add(task);
    }

    /** Ends the turn: what was put off is done, and what that puts off as well. */
    public void end() {
        if (depth == 1) {
            for (Runnable task = later.poll(); task != null; task = later.poll()) {
                run(task);
            }
        }
        depth--;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("What was put off to the end of a turn failed", e);
        }
    }
}
