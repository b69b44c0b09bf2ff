package io.roomrouting.session;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;

/** An executor that runs tasks at once, or when the test says so. Thread-safe. */
final class TaskQueue implements Executor {

    private static final int RUNAWAY = 100_000;

    private final Deque<Runnable> tasks = new ConcurrentLinkedDeque<>();
    private volatile boolean held;

    @Override
    public void execute(Runnable task) {
        if (held) {
            tasks.add(task);
        } else {
            task.run();
        }
    }

    TaskQueue hold() {
        held = true;
        return this;
    }

    void release() {
        held = false;
        runAll();
    }

    int size() {
        return tasks.size();
    }

    void runOne() {
        tasks.remove().run();
    }

    /** Runs what waits and what that makes wait. */
    void runAll() {
        for (int i = 0; !tasks.isEmpty(); i++) {
            if (i == RUNAWAY) {
                throw new AssertionError("the tasks never end");
            }
            runOne();
        }
    }
}
