package io.roomrouting.internal;

import io.roomrouting.RoomReports;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the directory what is on the host's {@link NoticeBoard}: at once when it has been quiet, otherwise one call a second,
 * one at a time, however many rooms there are. What could not be told is told again.
 */
final class ReportLoop {

    /** From the start of one call to the start of the next. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReportLoop.class);

    private final LocalSessionHost host;
    private final NoticeBoard board;
    private final RoomReports directory;
    private long lastCall;
    private boolean called;
    private boolean busy;
    private boolean stopped;
    private boolean failing;

    ReportLoop(LocalSessionHost host, NoticeBoard board, RoomReports directory) {
        this.host = host;
        this.board = board;
        this.directory = directory;
    }

    void start() {
        board.onNews(this::wake);
    }

    synchronized void stop() {
        stopped = true;
    }

    /** There is news. */
    private void wake() {
        Duration wait;
        synchronized (this) {
            if (busy || stopped) {
                return;
            }
            busy = true;
            wait = untilNextCall();
        }
        schedule(wait);
    }

    private Duration untilNextCall() {
        return called ? INTERVAL.minusNanos(host.time().nanoTime() - lastCall) : Duration.ZERO;
    }

    private void schedule(Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            host.blocking(this::tell);
        } else {
            host.time().schedule(wait, () -> host.blocking(this::tell));
        }
    }

    private void tell() {
        synchronized (this) {
            lastCall = host.time().nanoTime();
            called = true;
        }
        Lease life = host.lease();
        NoticeBoard.Batch batch = board.take(life, RoomReports.MAX_ROOMS);
        try {
            if (!batch.reports().isEmpty()) {
                directory.report(life.incarnation(), batch.reports());
            }
            batch.arrived();
            succeeded();
        } catch (RuntimeException | Error e) {
            batch.lost();
            failed(e);
        } finally {
            goOn();
        }
    }

    private void goOn() {
        Duration wait;
        synchronized (this) {
            busy = !stopped && !board.isEmpty();
            if (!busy) {
                return;
            }
            wait = untilNextCall();
        }
        schedule(wait);
    }

    private synchronized void succeeded() {
        if (failing) {
            LOG.info("The directory is back");
        }
        failing = false;
    }

    private synchronized void failed(Throwable failure) {
        if (!failing) {
            LOG.warn("The directory could not be told of rooms that have changed; trying again every second", failure);
        }
        failing = true;
    }
}
