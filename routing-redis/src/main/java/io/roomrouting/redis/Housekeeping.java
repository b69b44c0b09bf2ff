package io.roomrouting.redis;

import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what is over, so that nothing grows, without a thread of its own: a call that comes after an interval does it in
 * passing, and one process of all does it for all. Nothing depends on when it runs: what has expired is unknown from that moment
 * on. Thread-safe.
 */
final class Housekeeping {

    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int ROOMS = 200;
    private static final int BATCHES = 25;

    private final TimeSource time = TimeSource.system();
    private final AtomicLong next = new AtomicLong(time.nanoTime());
    private final RegistryScripts scripts;

    Housekeeping(RegistryScripts scripts) {
        this.scripts = scripts;
    }

    /** Does the work if it is time. That it fails is no concern of the caller's: somebody will do it later. */
    void takeTurn() {
        long turn = next.get();
        long now = time.nanoTime();
        if (now - turn >= 0 && next.compareAndSet(turn, now + INTERVAL.toNanos())) {
            try {
                tidyUp(INTERVAL);
            } catch (RoutingException e) {
                LOG.warn("What has expired could not be removed now: {}", e.getMessage(), e);
            }
        }
    }

    void tidyUp(Duration interval) {
        List<RoomId> due = rooms(scripts.run(Script.TIDY, interval.toMillis(), REMEMBERED.toMillis(), ROOMS));
        for (int batch = 0; batch < BATCHES && !due.isEmpty(); batch++) {
            List<Object> arguments = new ArrayList<>(List.of(ROOMS));
            arguments.addAll(due);
            due = rooms(scripts.run(Script.SWEEP, due, arguments.toArray()));
        }
    }

    private static List<RoomId> rooms(Reply reply) {
        return reply.texts().stream().map(RoomId::of).toList();
    }
}
