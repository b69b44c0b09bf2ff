package io.roomrouting.jetty.internal;

import io.roomrouting.session.LeaveReason;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a listener hears of the end exactly once, after everything else and never in the middle of it,
 * whichever thread the end comes from. The first reason counts.
 */
final class ListenerTurns {

    private final WebSocketListener listener;
    private @Nullable LeaveReason reason;
    private boolean busy;
    private boolean ending;
    private boolean told;

    ListenerTurns(WebSocketListener listener) {
        this.listener = listener;
    }

    /** The reading thread is about to call the listener, and must not if this says no. */
    synchronized boolean begin() {
        busy = true;
        return !told;
    }

    /** The reading thread is done for now; if the end came meanwhile, the listener is told here. */
    void done() {
        LeaveReason why;
        synchronized (this) {
            busy = false;
            why = takeEnd();
        }
        tell(why);
    }

    /** Settles the reason of an end that is still to come. */
    synchronized void settle(LeaveReason why) {
        if (reason == null) {
            reason = why;
        }
    }

    /** Ends it: nothing more will be told. */
    void end(LeaveReason why) {
        LeaveReason now;
        synchronized (this) {
            settle(why);
            ending = true;
            now = takeEnd();
        }
        tell(now);
    }

    private @Nullable LeaveReason takeEnd() {
        if (!ending || busy || told) {
            return null;
        }
        told = true;
        return reason;
    }

    private void tell(@Nullable LeaveReason why) {
        if (why != null) {
            listener.onClosed(why);
        }
    }
}
