package io.roomrouting.testkit.sim;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Time as one process sees it: its machine's clocks, and timers that run as events of the process. */
final class ProcessTime implements TimeSource {

    private final EventLoop loop;
    private final SimulatedProcess process;
    private final Node node;

    ProcessTime(EventLoop loop, SimulatedProcess process) {
        this.loop = loop;
        this.process = process;
        this.node = process.node();
    }

    @Override
    public long nanoTime() {
        return node.monotonic(loop.now());
    }

    @Override
    public long wallMillis() {
        return node.wallMillis(loop.now());
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Timer timer = new Timer(nanoTime() + Math.max(0, delay.toNanos()), task);
        timer.arm();
        return timer;
    }

    @Override
    public boolean await(CompletableFuture<?> done, Duration atMost) {
        boolean[] came = {done.isDone()};
        if (!came[0]) {
            Waiting waiting = new Waiting(process);
            CompletableFuture<Void> told = done.handle((value, failure) -> null)
                    .thenRun(() -> process.post(() -> {
                        came[0] |= !waiting.isDone();
                        loop.wake(waiting);
                    }));
            Cancellable timer = schedule(atMost, () -> loop.wake(waiting));
            loop.await(waiting);
            timer.cancel();
            told.cancel(false);
        }
        return came[0];
    }

    /** Comes due by the machine's monotonic clock, and so later when the machine was suspended. */
    final class Timer implements Runnable, Cancellable {

        private final long due;
        private final Runnable task;
        private EventLoop.@Nullable Event pending;

        private Timer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        private void arm() {
            long left = Math.max(0, due - nanoTime());
            pending = loop.at(loop.now() + (long) Math.ceil(left / node.rate()), process, this);
        }

        @Override
        public void run() {
            if (pending == null) {
                return;
            }
            if (due - nanoTime() > 0) {
                arm();
            } else {
                pending = null;
                task.run();
            }
        }

        @Override
        public void cancel() {
            if (pending != null) {
                pending.cancel();
                pending = null;
            }
        }
    }
}
