package io.roomrouting.agones;

import io.roomrouting.HostState;
import io.roomrouting.TimeSource;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.SessionHost;
import java.io.IOException;
import java.time.Duration;

/**
 * Compares the game server with its session host and puts right what differs: labels, room counter, state. What fails is
 * found different again the next time. Confined to one thread.
 */
final class Upkeep implements Rhythm.Beat {

    private final Sidecar sidecar;
    private final SessionHost host;
    private final RoomTurnover turnover;
    private final String counter;
    private final RoomLedger ledger;
    private final Since unused;
    private final Since drained;
    private final AgonesHostListener listener;
    private final TimeSource time;

    private String state = "";
    private String drainingLabel = "";
    private boolean isNamed;
    private boolean isOver;

    /** How long something has been true without a break. */
    private static final class Since {

        private final long enoughNanos;
        private boolean holds;
        private long start;

        Since(Duration enough) {
            enoughNanos = enough.toNanos();
        }

        boolean longEnough(boolean holdsNow, long now) {
            if (holdsNow && !holds) {
                start = now;
            }
            holds = holdsNow;
            return holds && now - start >= enoughNanos;
        }
    }

    Upkeep(AgonesHostBuilder settings, SessionHost host, RoomTurnover turnover) {
        this.sidecar = settings.sidecar;
        this.host = host;
        this.turnover = turnover;
        this.counter = settings.counter;
        this.ledger = new RoomLedger(settings.unusedAfter, settings.shortAfter);
        this.unused = new Since(settings.readyAfter);
        this.drained = new Since(settings.drainedAfter);
        this.listener = settings.listener;
        this.time = settings.time;
    }

    @Override
    public void run() throws IOException {
        GameServer server = sidecar.gameServer();
        HostStatus status = host.status();
        if (!server.state().equals(state)) {
            String before = state;
            state = server.state();
            listener.stateChanged(before, state);
        }
        if (isOver || server.isEnding()) {
            return;
        }
        label(server, status);
        long count = count(status);
        boolean isEmpty = status.load().rooms() == 0 && count == 0;
        long now = time.nanoTime();
        boolean isUnused = unused.longEnough(isEmpty && server.state().equals(GameServer.ALLOCATED), now);
        if (status.state() == HostState.DRAINING) {
            end(status, now);
        } else if (!server.isServing()) {
            if (status.ready()) {
                sidecar.ready();
            }
        } else if (server.state().equals(GameServer.READY) && !isEmpty) {
            sidecar.allocate();
        } else if (isUnused && status.ready()) {
            sidecar.ready();
        }
    }

    private void label(GameServer server, HostStatus status) throws IOException {
        if (!isNamed) {
            sidecar.label(AllocationWish.HOST_LABEL, server.name());
            isNamed = true;
        }
        String wanted = Boolean.toString(status.state() == HostState.DRAINING);
        if (!drainingLabel.equals(wanted)) {
            sidecar.label(AllocationWish.DRAINING_LABEL, wanted);
            drainingLabel = wanted;
        }
    }

    /** Puts the counter right, and returns what it now says. */
    private long count(HostStatus status) throws IOException {
        RoomLedger.Turnover since = turnover.take();
        try {
            RoomCount now = sidecar.counter(counter);
            long difference =
                    ledger.difference(time.nanoTime(), now, status.load().rooms(), since);
            if (difference == 0) {
                return now.count();
            }
            RoomCount changed = sidecar.change(counter, difference);
            listener.counterChanged(difference);
            return changed.count();
        } catch (IOException e) {
            turnover.putBack(since);
            throw e;
        }
    }

    private void end(HostStatus status, long now) throws IOException {
        boolean isEmpty = status.load().rooms() == 0 && status.load().connections() == 0;
        if (drained.longEnough(isEmpty, now)) {
            sidecar.shutdown();
            isOver = true;
        }
    }
}
