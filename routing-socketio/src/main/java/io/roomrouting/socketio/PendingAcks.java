package io.roomrouting.socketio;

import io.roomrouting.TimeSource;
import io.roomrouting.socketio.engine.EngineConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The answers that a client owes. Each is settled once, among the connection's callbacks. Thread-safe. */
final class PendingAcks {

    private record Pending(Consumer<AckOutcome> callback, TimeSource.Cancellable timer) {}

    private final EngineConnection connection;
    private final TimeSource time;
    private final int most;
    private final Map<Long, Pending> pending = new HashMap<>();

    PendingAcks(EngineConnection connection, TimeSource time, int most) {
        this.connection = connection;
        this.time = time;
        this.most = most;
    }

    /** Awaits an answer; false if there are too many to wait for. */
    synchronized boolean await(long id, Duration timeout, Consumer<AckOutcome> callback) {
        if (pending.size() >= most) {
            return false;
        }
        TimeSource.Cancellable timer =
                time.schedule(timeout, () -> connection.execute(() -> settle(id, new AckOutcome.TimedOut())));
        pending.put(id, new Pending(callback, timer));
        return true;
    }

    /** The event was not sent after all. */
    synchronized void forget(long id) {
        Pending forgotten = pending.remove(id);
        if (forgotten != null) {
            forgotten.timer.cancel();
        }
    }

    /** Among the callbacks; an answer that nobody waits for is passed over, for it may have come too late. */
    void settle(long id, AckOutcome outcome) {
        Pending settled;
        synchronized (this) {
            settled = pending.remove(id);
        }
        if (settled != null) {
            settled.timer.cancel();
            settled.callback.accept(outcome);
        }
    }

    /** Among the callbacks, when the client is gone. */
    void settleAll() {
        List<Long> ids;
        synchronized (this) {
            ids = List.copyOf(pending.keySet());
        }
        EachOf.tell(ids, id -> settle(id, new AckOutcome.Disconnected()));
    }
}
