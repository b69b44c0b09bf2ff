package io.roomrouting.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.jetty.internal.Afterwards;
import io.roomrouting.jetty.internal.WebSocketConnection;
import io.roomrouting.jetty.internal.WebSocketListener;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.socketio.engine.LinkListener;
import io.roomrouting.socketio.engine.WebSocketLink;
import io.roomrouting.socketio.engine.WebSocketOffer;
import io.roomrouting.spi.CloseFrame;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of Engine.IO: one packet is one message. Frames are made once for each packet and shared by all who get it.
 *
 * <p>Most writes are done before {@link #send} returns. Of one that is not, the session hears {@linkplain Afterwards
 * afterwards}, when the thread that has finished it holds no lock.
 */
final class EngineWebSocket implements WebSocketLink, WebSocketListener {

    private static final CloseFrame GOODBYE = new CloseFrame(1000, "");

    private final WebSocketOffer.Opening opening;
    private final Afterwards afterwards;
    private final EngineFrames frames;

    /** Whether there is news to tell of a write that was not done at once. */
    private final AtomicBoolean sending = new AtomicBoolean();

    private final Runnable news = this::tellSent;
    private volatile @Nullable WebSocketConnection socket;

    /** Guarded by this object, since news of the first write may come before there is anybody to hear it. */
    private @Nullable LinkListener listener;

    private boolean sentEarly;

    EngineWebSocket(WebSocketOffer.Opening opening, Afterwards afterwards, EngineFrames frames) {
        this.opening = opening;
        this.afterwards = afterwards;
        this.frames = frames;
    }

    @Override
    public boolean send(List<EncodedPacket> packets) {
        WebSocketConnection to = connection();
        Function<EncodedPacket, byte[]> maker = frames.of(to);
        for (EncodedPacket packet : packets) {
            to.offer(packet.frame(maker));
        }
        to.flush();
        if (to.isWritten()) {
            return true;
        }
        sending.set(true);
        // The write may have ended before anybody was to be told; if it ends now, exactly one of two threads sees it.
        return to.isWritten() && sending.compareAndSet(true, false);
    }

    @Override
    public void close() {
        connection().close(LeaveReason.KICKED, GOODBYE);
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        socket = connection;
        LinkListener opened = opening.opened(this);
        boolean early;
        synchronized (this) {
            listener = opened;
            early = sentEarly;
        }
        if (early) {
            opened.onSent();
        }
    }

    @Override
    public void onText(byte[] bytes, int offset, int length) {
        heard().onText(new String(bytes, offset, length, UTF_8));
    }

    @Override
    public void onBinary(byte[] bytes, int offset, int length) {
        heard().onBinary(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void onReadComplete() {
        LinkListener to = heardOrNull();
        if (to != null) {
            to.onReadComplete();
        }
    }

    @Override
    public void onWritten() {
        WebSocketConnection connection = socket;
        if (sending.get() && connection != null && connection.isWritten() && sending.compareAndSet(true, false)) {
            afterwards.run(news);
        }
    }

    @Override
    public void onClosed(LeaveReason reason) {
        LinkListener to = heardOrNull();
        if (to == null) {
            return;
        }
        if (reason == LeaveReason.LEFT) {
            to.onClosed();
        } else {
            to.onFailed();
        }
    }

    private void tellSent() {
        LinkListener to;
        synchronized (this) {
            to = listener;
            sentEarly = to == null;
        }
        if (to != null) {
            to.onSent();
        }
    }

    private synchronized @Nullable LinkListener heardOrNull() {
        return listener;
    }

    private LinkListener heard() {
        LinkListener to = heardOrNull();
        if (to == null) {
            throw new IllegalStateException("A message came before the WebSocket was open");
        }
        return to;
    }

    private WebSocketConnection connection() {
        WebSocketConnection known = socket;
        if (known == null) {
            throw new IllegalStateException("The WebSocket is not open");
        }
        return known;
    }
}
