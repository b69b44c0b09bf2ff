package io.roomrouting.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs what a room offloads at once, or when the test says so. */
final class OffloadedWork implements Executor {

    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean holding;

    @Override
    public void execute(Runnable work) {
        if (holding) {
            held.add(work);
        } else {
            work.run();
        }
    }

    void hold() {
        holding = true;
    }

    /** Runs what waits now, not what this makes wait. */
    int runHeld() {
        int count = held.size();
        for (int i = 0; i < count; i++) {
            held.remove().run();
        }
        return count;
    }

    int waiting() {
        return held.size();
    }
}
