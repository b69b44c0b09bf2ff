package io.roomrouting.testkit.sim;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs only while it has been given the baton of a simulation. Workers are kept for the next simulation,
 * and end when nobody has needed them for a while.
 */
final class Worker extends Thread {

    private static final ConcurrentLinkedDeque<Worker> IDLE = new ConcurrentLinkedDeque<>();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final AtomicBoolean baton = new AtomicBoolean();
    private @Nullable Runnable job;

    private Worker() {
        super("simulation");
        setDaemon(true);
    }

    /** Gives the baton to a worker that has nothing to do. */
    static void give(Runnable job) {
        Worker idle = IDLE.pollFirst();
        Worker worker = idle == null ? new Worker() : idle;
        worker.job = job;
        worker.resume(idle == null);
    }

    /** Returns the worker that runs this code. */
    static Worker current() {
        if (Thread.currentThread() instanceof Worker worker) {
            return worker;
        }
        throw new IllegalStateException("only tasks of a simulated process can wait in virtual time");
    }

    /** Gives the baton back to this worker, which waits for it. */
    void goOn() {
        resume(false);
    }

    private void resume(boolean first) {
        baton.set(true);
        if (first) {
            start();
        } else {
            LockSupport.unpark(this);
        }
    }

    /** Waits until somebody gives this worker the baton. */
    void awaitBaton() {
        while (!baton.compareAndSet(true, false)) {
            LockSupport.park(this);
        }
    }

    @Override
    public void run() {
        do {
            awaitBaton();
            Runnable next = job;
            job = null;
            if (next != null) {
                next.run();
            }
            IDLE.addFirst(this);
        } while (isNeededAgain());
    }

    private boolean isNeededAgain() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!baton.get()) {
            LockSupport.parkNanos(this, PATIENCE_NANOS);
            if (!baton.get() && System.nanoTime() - end > 0 && IDLE.remove(this)) {
                return false;
            }
        }
        return true;
    }
}
