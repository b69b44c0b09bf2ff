package io.roomrouting.testkit.sim;

import org.jspecify.annotations.Nullable;

/** A task that waits for something; belongs to the run's one running thread. */
final class Waiting {

    private final SimulatedProcess owner;
    private @Nullable Worker worker;
    private boolean done;
    private boolean killed;

    Waiting(SimulatedProcess owner) {
        this.owner = owner;
    }

    SimulatedProcess owner() {
        return owner;
    }

    /** The task stands still on this thread from now on. */
    void standsOn(Worker thread) {
        worker = thread;
    }

    Worker worker() {
        if (worker == null) {
            throw new IllegalStateException("nothing waits yet");
        }
        return worker;
    }

    boolean isStanding() {
        return worker != null;
    }

    /** Marks what was waited for as come; false if it had before. */
    boolean finish() {
        boolean first = !done;
        done = true;
        return first;
    }

    boolean isDone() {
        return done;
    }

    /** The process has died: what waits is to be unwound; false if that was known. */
    boolean kill() {
        boolean first = !killed;
        killed = true;
        return first;
    }

    boolean isKilled() {
        return killed;
    }
}
