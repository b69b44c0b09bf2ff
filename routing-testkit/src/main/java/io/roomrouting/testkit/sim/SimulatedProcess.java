package io.roomrouting.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One life of a program on a {@link Node}. While it is paused nothing of it runs and everything that concerns it queues
 * up; when it has crashed, nothing of it happens any more.
 */
final class SimulatedProcess {

    private final EventLoop loop;
    private final Node node;
    private final String name;
    private final List<Runnable> backlog = new ArrayList<>();
    private boolean paused;
    private boolean dead;

    SimulatedProcess(EventLoop loop, Node node, String name) {
        this.loop = loop;
        this.node = node;
        this.name = name;
    }

    Node node() {
        return node;
    }

    boolean isDead() {
        return dead;
    }

    boolean isPaused() {
        return paused;
    }

    /** Decides whether an event of this process happens now. */
    boolean takes(Runnable action) {
        if (paused && !dead) {
            backlog.add(action);
        }
        return !paused && !dead;
    }

    void pause() {
        paused = true;
    }

    /**
     * Lets it run again.
     *
     * @param lateTimers whether what came over the network is dealt with before the timers that came due meanwhile
     */
    void resume(boolean lateTimers) {
        paused = false;
        if (lateTimers) {
            backlog.stream().filter(action -> !isTimer(action)).forEach(this::post);
            backlog.stream().filter(SimulatedProcess::isTimer).forEach(this::post);
        } else {
            backlog.forEach(this::post);
        }
        backlog.clear();
    }

    private static boolean isTimer(Runnable action) {
        return action instanceof ProcessTime.Timer;
    }

    void crash() {
        dead = true;
        backlog.clear();
        loop.unwind(owner -> owner == this);
    }

    /** Lets something happen in this process as soon as it runs. */
    void post(Runnable action) {
        if (!dead) {
            loop.at(loop.now(), this, action);
        }
    }

    /** Runs short tasks, which must not wait. */
    Executor quick() {
        return this::post;
    }

    /** Runs tasks that may wait for virtual time to pass. */
    Executor blocking() {
        return task -> post(() -> loop.begin(task));
    }

    @Override
    public String toString() {
        return name;
    }
}
