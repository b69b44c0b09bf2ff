package io.roomrouting.examples.engines;

import io.roomrouting.RoutingException;
import io.roomrouting.jdbc.JdbcDatabase;
import io.roomrouting.jdbc.JdbcMessageHistory;
import io.roomrouting.jdbc.JdbcRoomStateStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the small rows that rooms leave behind in a database, once in a while, for as long as it is open. */
final class Pruning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration AGE = Duration.ofDays(7);
    private static final int BATCHES = 100;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "pruning");
        made.setDaemon(true);
        return made;
    });

    private final Future<?> rounds;

    private Pruning(JdbcDatabase tables) {
        JdbcRoomStateStore states = JdbcRoomStateStore.in(tables);
        JdbcMessageHistory histories = JdbcMessageHistory.in(tables);
        Runnable round = () -> {
            prune(() -> states.prune(AGE));
            prune(() -> histories.prune(AGE));
        };
        long first = ThreadLocalRandom.current().nextLong(INTERVAL.toMillis());
        rounds = thread.scheduleWithFixedDelay(round, first, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins at some time within the first hour, so that the processes of a fleet take turns. */
    static Pruning of(JdbcDatabase tables) {
        return new Pruning(tables);
    }

    private static void prune(IntSupplier batch) {
        try {
            int batches = 0;
            while (batches < BATCHES && batch.getAsInt() > 0) {
                batches++;
            }
        } catch (RoutingException e) {
            LOG.warn("What old rooms have left behind was not removed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        rounds.cancel(true);
        thread.shutdownNow();
    }
}
