package io.roomrouting.jdbc;

import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Housekeeping without a thread of its own: a call that comes after an interval does it in passing. Thread-safe. */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final TimeSource time = TimeSource.system();
    private final AtomicLong next = new AtomicLong(time.nanoTime());
    private final Duration interval;
    private final Call.Work<?> work;

    Turns(Duration interval, Call.Work<?> work) {
        this.interval = interval;
        this.work = work;
    }

    /** Does the work if it is time. That it fails is no concern of the caller's: somebody will do it later. */
    void take(JdbcDatabase database) {
        long turn = next.get();
        long now = time.nanoTime();
        if (now - turn >= 0 && next.compareAndSet(turn, now + interval.toNanos())) {
            try {
                database.run(work);
            } catch (RoutingException e) {
                LOG.warn("What has expired could not be removed now: {}", e.getMessage(), e);
            }
        }
    }
}
