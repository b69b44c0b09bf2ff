package io.roomrouting.hathora;

import io.roomrouting.TimeSource;
import java.time.Duration;

/** The machine's time, some times faster, so that seconds of waiting for somebody else cost a test little. */
record FastTime(int speed) implements TimeSource {

    @Override
    public long nanoTime() {
        return TimeSource.system().nanoTime() * speed;
    }

    @Override
    public long wallMillis() {
        return TimeSource.system().wallMillis();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return TimeSource.system().schedule(delay.dividedBy(speed), task);
    }
}
