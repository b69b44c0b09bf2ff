package io.roomrouting.socketio.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session serial. A step changes its state under a lock and is short; what the application is to hear of it is
 * gathered meanwhile and told afterwards, without the lock, in order and by one thread at a time.
 */
final class Strand {

    private final Executor executor;
    private final Runnable onFailure;
    private final Deque<Runnable> callbacks = new ArrayDeque<>();
    private boolean telling;

    /**
     * Makes a strand.
     *
     * @param executor runs callbacks that do not come from a server's reading thread
     * @param onFailure the step to make when a callback throws
     */
    Strand(Executor executor, Runnable onFailure) {
        this.executor = executor;
        this.onFailure = onFailure;
    }

    /** Makes a step because something has come in, and tells the application on this thread. */
    void inbound(Runnable step) {
        Runnable first;
        synchronized (this) {
            step.run();
            first = telling ? null : next();
        }
        tell(first);
    }

    /** Makes a step on a timer's or the application's thread, which does not run callbacks itself. */
    void aside(Runnable step) {
        boolean due;
        synchronized (this) {
            step.run();
            due = !telling && !callbacks.isEmpty();
        }
        if (due) {
            try {
                executor.execute(this::tell);
            } catch (RejectedExecutionException full) {
                // What is due must be told, and perhaps nothing else happens here any more.
                tell();
            }
        }
    }

    /** Appends a callback; within a step. */
    void then(Runnable callback) {
        callbacks.add(callback);
    }

    private void tell() {
        Runnable first;
        synchronized (this) {
            first = telling ? null : next();
        }
        tell(first);
    }

    private void tell(@Nullable Runnable first) {
        Throwable failure = null;
        for (Runnable next = first; next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                failure = failure == null ? e : failure;
                synchronized (this) {
                    onFailure.run();
                }
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = callbacks.poll();
        telling = next != null;
        return next;
    }
}
