package io.roomrouting.jetty.internal;

import io.roomrouting.TimeSource;
import io.roomrouting.jetty.WebSocketSettings;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.CloseFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All connections of one handler, and what they have in common. Thread-safe. */
public final class WebSockets {

    private final ConnectionBounds bounds;
    private final TimeSource time;
    private final Heartbeat heartbeat;
    private final @Nullable MessageCompression compression;
    private volatile CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean stopping;

    private WebSockets(ConnectionBounds bounds, TimeSource time, Heartbeat heartbeat, boolean compresses) {
        this.bounds = bounds;
        this.time = time;
        this.heartbeat = heartbeat;
        this.compression = compresses ? new MessageCompression() : null;
    }

    /** For clients that are pinged here. */
    public static WebSockets withPings(WebSocketSettings settings, TimeSource time, boolean compresses) {
        ConnectionBounds bounds =
                new ConnectionBounds(settings.maxMessageBytes(), settings.maxOutboundBytes(), settings.closeTimeout());
        Heartbeat heartbeat = new Heartbeat(time, settings.pingInterval(), settings.pingTimeout());
        return new WebSockets(bounds, time, heartbeat, compresses);
    }

    /** For a sub-protocol that has a heartbeat of its own. */
    public static WebSockets withoutPings(ConnectionBounds bounds, TimeSource time, boolean compresses) {
        return new WebSockets(bounds, time, Heartbeat.none(time), compresses);
    }

    /** Returns what compresses messages; null unless it is switched on. */
    public @Nullable MessageCompression compression() {
        return compression;
    }

    ConnectionBounds bounds() {
        return bounds;
    }

    TimeSource time() {
        return time;
    }

    public int size() {
        return heartbeat.size();
    }

    public void start() {
        allGone = new CompletableFuture<>();
        stopping = false;
        heartbeat.start();
    }

    public void stop() {
        heartbeat.stop();
    }

    public boolean isStopping() {
        return stopping;
    }

    void opened(WebSocketConnection connection) {
        heartbeat.add(connection);
    }

    /** The connection does not exist any more; harmless when it is repeated. */
    void gone(WebSocketConnection connection) {
        if (heartbeat.remove(connection)) {
            completeIfAllGone();
        }
    }

    /** Says goodbye to everybody, once. */
    public void closeAll() {
        stopping = true;
        heartbeat.forEach(WebSockets::sayGoodbye);
        completeIfAllGone();
    }

    /** Completes when everybody has been said goodbye to and is gone. */
    public CompletableFuture<Void> allGone() {
        return allGone;
    }

    /** For a connection that opened while everybody was being said goodbye to. */
    void closeIfStopping(WebSocketConnection connection) {
        if (stopping) {
            sayGoodbye(connection);
        }
    }

    private static void sayGoodbye(WebSocketConnection connection) {
        connection.close(LeaveReason.SERVER_STOPPING, CloseFrame.of(LeaveReason.SERVER_STOPPING, Duration.ZERO));
    }

    private void completeIfAllGone() {
        if (stopping && heartbeat.size() == 0) {
            allGone.complete(null);
        }
    }
}
