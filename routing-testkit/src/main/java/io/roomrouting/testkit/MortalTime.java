package io.roomrouting.testkit;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The time of a host that may vanish: then none of its timers runs any more. */
final class MortalTime implements TimeSource {

    private final TimeSource time;
    private volatile boolean over;

    MortalTime(TimeSource time) {
        this.time = time;
    }

    void end() {
        over = true;
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public long wallMillis() {
        return time.wallMillis();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return time.schedule(delay, () -> {
            if (!over) {
                task.run();
            }
        });
    }

    /** Everything happens on one thread: what is not done yet will not be while that thread waits. */
    @Override
    public boolean await(CompletableFuture<?> done, Duration atMost) {
        return done.isDone();
    }
}
