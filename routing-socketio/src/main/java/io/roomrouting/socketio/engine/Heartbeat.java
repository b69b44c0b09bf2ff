package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import java.time.Duration;

/**
 * The server's side of the heartbeat (Engine.IO 4, section "Heartbeat"): a ping when the interval is over, the end if no
 * pong comes in time, and a new interval from each pong. Within a strand.
 */
final class Heartbeat {

    private final EngineSettings settings;
    private final TimeSource time;
    private final Strand strand;
    private final Runnable ping;
    private final Runnable dead;
    private TimeSource.Cancellable timer = () -> {};
    private long round;

    Heartbeat(EngineSettings settings, TimeSource time, Strand strand, Runnable ping, Runnable dead) {
        this.settings = settings;
        this.time = time;
        this.strand = strand;
        this.ping = ping;
        this.dead = dead;
    }

    /** Begins an interval; also when a pong has come. */
    void restart() {
        await(settings.pingInterval(), () -> {
            ping.run();
            await(settings.pingTimeout(), dead);
        });
    }

    void stop() {
        round++;
        timer.cancel();
    }

    private void await(Duration delay, Runnable step) {
        stop();
        long mine = round;
        timer = time.schedule(
                delay,
                () -> strand.aside(() -> {
                    // A timer that was cancelled too late to be prevented.
                    if (mine == round) {
                        step.run();
                    }
                }));
    }
}
