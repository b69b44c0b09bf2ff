package io.roomrouting.agones;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of something that only an operator can put right: at once, but not with every request. Thread-safe. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(AgonesScheduler.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

    private final TimeSource time;
    private final AtomicLong last;

    Complaints(TimeSource time) {
        this.time = time;
        this.last = new AtomicLong(time.nanoTime() - PAUSE_NANOS);
    }

    void complain(String what) {
        long before = last.get();
        long now = time.nanoTime();
        if (now - before >= PAUSE_NANOS && last.compareAndSet(before, now)) {
            LOG.error("Rooms cannot be placed on Agones: {}", what);
        }
    }
}
