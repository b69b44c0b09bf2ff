package io.roomrouting.agones;

import io.roomrouting.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something that may wait, again and again on a thread of its own, and counts how often in a row it failed. */
final class Rhythm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgonesHost.class);

    private final String what;
    private final Beat beat;
    private final Duration interval;
    private final Duration rest;
    private final TimeSource time;
    private final Failures failures;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile CompletableFuture<Void> wake = new CompletableFuture<>();
    private int failed;

    /** What is done. */
    @FunctionalInterface
    interface Beat {
        void run() throws IOException;
    }

    /** Is told of failures. */
    @FunctionalInterface
    interface Failures {
        void failed(int inARow, Throwable failure);
    }

    /**
     * Describes one.
     *
     * @param interval from the end of one time to the next
     * @param rest how soon {@link #wake} may bring the next, at the earliest
     * @param failures told of every failure, with how many there were in a row
     */
    Rhythm(String what, Beat beat, Duration interval, Duration rest, TimeSource time, Failures failures) {
        this.what = what;
        this.beat = beat;
        this.interval = interval;
        this.rest = rest;
        this.time = time;
        this.failures = failures;
    }

    void start() {
        if (started.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, "agones-" + what.replace(' ', '-'));
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Lets the next time come sooner. */
    void wake() {
        wake.complete(null);
    }

    private void run() {
        try {
            while (!stopped.isDone()) {
                once();
                if (!time.await(stopped, rest)) {
                    time.await(CompletableFuture.anyOf(stopped, wake), interval.minus(rest));
                }
            }
        } catch (InterruptedException e) {
            // Nobody has a right to interrupt this thread but a machine that stops.
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        // Replaced first: what wakes during the beat may have come too late for it.
        wake = new CompletableFuture<>();
        try {
            beat.run();
            if (failed > 0) {
                LOG.info("The {} of the game server works again after {} failures", what, failed);
            }
            failed = 0;
        } catch (IOException e) {
            failed++;
            if (Integer.bitCount(failed) == 1) {
                LOG.warn("The {} of the game server failed, {} in a row: {}", what, failed, e.toString());
            }
            failures.failed(failed, e);
        } catch (RuntimeException e) {
            LOG.error("The {} of the game server failed", what, e);
        }
    }

    /** Ends it after the time that is under way. */
    @Override
    public void close() {
        stopped.complete(null);
    }
}
