package io.roomrouting.internal;

import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistry;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a registry that a life of the host is over. Until it knows, it leads clients here and places rooms here, as long as the
 * lease would have lasted; so one call that fails must not be the end of it.
 */
final class Farewell {

    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    /** From the start of one call to the start of the next. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final HostRegistry registry;
    private final TimeSource time;

    Farewell(HostRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
    }

    /**
     * Tries until the registry knows. Blocks.
     *
     * @param patience within which the last try begins; the first is made in any case
     */
    void say(HostIncarnation life, Duration patience) {
        long start = time.nanoTime();
        // The tries are counted as well, for a time that stands still while somebody waits.
        for (long tries = 1 + Math.max(0, patience.dividedBy(RETRY)); tries > 0; tries--) {
            long asked = time.nanoTime();
            if (isTold(life)) {
                return;
            }
            Duration wait = RETRY.minusNanos(time.nanoTime() - asked);
            if (since(start).plus(wait).compareTo(patience) > 0 || !pause(wait)) {
                break;
            }
        }
        LOG.warn("Host {} has not left the registry, which will notice when the lease ends", life);
    }

    private boolean isTold(HostIncarnation life) {
        try {
            registry.leave(life);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The registry could not be told that host {} leaves", life, e);
            return false;
        }
    }

    /** Waits; false if the thread is to end. */
    private boolean pause(Duration length) {
        try {
            time.await(new CompletableFuture<>(), length);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration since(long moment) {
        return Duration.ofNanos(time.nanoTime() - moment);
    }
}
