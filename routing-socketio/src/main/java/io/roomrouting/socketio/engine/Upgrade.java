package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.List;

/**
 * The change from polling to a WebSocket (Engine.IO 4, section "Upgrade"): the client probes the WebSocket and is
 * answered; a poll that is held is ended with a packet that says nothing, at most 100 ms later, as the reference
 * implementation does; then the client says that it changes over. Until then the session goes on polling, and stays there
 * if anything else happens. Within a strand.
 */
final class Upgrade {

    private static final Duration NUDGE = Duration.ofMillis(100);
    private static final String PROBE = "probe";

    private final EngineSession session;
    private final WebSocketSide candidate;
    private final TimeSource time;
    private final TimeSource.Cancellable deadline;
    private TimeSource.Cancellable nudge = () -> {};
    private boolean probed;
    private boolean over;

    Upgrade(EngineSession session, WebSocketSide candidate, TimeSource time, Duration timeout) {
        this.session = session;
        this.candidate = candidate;
        this.time = time;
        this.deadline = time.schedule(timeout, () -> session.strand().aside(this::abandon));
    }

    void received(EnginePacket packet) {
        if (!probed
                && packet instanceof EnginePacket.Ping ping
                && ping.payload().equals(PROBE)) {
            probed = true;
            candidate.send(List.of(EncodedPacket.PROBE_ANSWER));
            pollHeld();
        } else if (probed && packet instanceof EnginePacket.Upgrade) {
            finish();
            session.changeOver(candidate);
        } else {
            abandon();
        }
    }

    /** A poll is held, which the client must not wait for. */
    void pollHeld() {
        if (probed && !over) {
            nudge.cancel();
            nudge = time.schedule(NUDGE, () -> session.strand().aside(this::endPoll));
        }
    }

    /** Gives the WebSocket up. */
    void abandon() {
        if (!over) {
            finish();
            candidate.end(EncodedPacket.CLOSE);
        }
    }

    private void endPoll() {
        if (!over) {
            session.endPoll();
        }
    }

    private void finish() {
        over = true;
        deadline.cancel();
        nudge.cancel();
        session.upgradeIsOver();
    }
}
