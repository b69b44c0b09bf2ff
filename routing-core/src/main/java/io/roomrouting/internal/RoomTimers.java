package io.roomrouting.internal;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The timers of one room, all cancelled when it ends. Belongs to the room's thread. */
final class RoomTimers {

    private static final int MAX_TIMERS = 100_000;
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);

    private final RoomRuntime room;
    private final TimeSource time;
    private final Set<Timer> live = new HashSet<>();
    private boolean ended;

    RoomTimers(RoomRuntime room, TimeSource time) {
        this.room = room;
        this.time = time;
    }

    TimeSource.Cancellable once(Duration delay, Runnable task) {
        return add(new Timer(task, null), delay);
    }

    TimeSource.Cancellable every(Duration period, Runnable task) {
        if (period.compareTo(SHORTEST_PERIOD) < 0) {
            throw new IllegalArgumentException("period = " + period + " is not 1 ms or more");
        }
        return add(new Timer(task, period), period);
    }

    void end() {
        ended = true;
        Set.copyOf(live).forEach(Timer::cancel);
    }

    private Timer add(Timer timer, Duration delay) {
        if (ended) {
            return timer;
        }
        if (live.size() >= MAX_TIMERS) {
            throw new IllegalStateException("a room has at most " + MAX_TIMERS + " timers");
        }
        live.add(timer);
        timer.arm(delay);
        return timer;
    }

    private final class Timer implements TimeSource.Cancellable {

        private final Runnable task;
        private final @Nullable Duration period;
        private TimeSource.Cancellable pending = () -> {};

        Timer(Runnable task, @Nullable Duration period) {
            this.task = task;
            this.period = period;
        }

        void arm(Duration delay) {
            pending = time.schedule(delay, () -> room.forceElsewhere(this::fire));
        }

        private void fire() {
            if (!live.contains(this)) {
                return;
            }
            if (period == null) {
                live.remove(this);
            } else {
                arm(period);
            }
            room.callback("timer", task);
        }

        @Override
        public void cancel() {
            room.checkThread();
            live.remove(this);
            pending.cancel();
        }
    }
}
