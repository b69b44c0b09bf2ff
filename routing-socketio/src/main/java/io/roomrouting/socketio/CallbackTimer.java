package io.roomrouting.socketio;

import io.roomrouting.TimeSource;
import io.roomrouting.socketio.engine.EngineConnection;
import java.time.Duration;

/** A time-out whose task runs among a connection's callbacks, to which it belongs; one that was stopped never runs. */
final class CallbackTimer {

    private final TimeSource time;
    private final EngineConnection connection;
    private TimeSource.Cancellable running = () -> {};
    private long round;

    CallbackTimer(TimeSource time, EngineConnection connection) {
        this.time = time;
        this.connection = connection;
    }

    void restart(Duration delay, Runnable task) {
        stop();
        long mine = round;
        running = time.schedule(
                delay,
                () -> connection.execute(() -> {
                    // It may have been stopped while it waited for its turn.
                    if (mine == round) {
                        task.run();
                    }
                }));
    }

    void stop() {
        round++;
        running.cancel();
    }
}
