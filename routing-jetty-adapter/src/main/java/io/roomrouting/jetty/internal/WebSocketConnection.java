package io.roomrouting.jetty.internal;

import io.roomrouting.TimeSource;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.CloseFrame;
import io.roomrouting.spi.ConnectionPermit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a WebSocket (RFC 6455) on a Jetty end point: frames, pings and the closing handshake. What the
 * messages mean is the {@link WebSocketListener}'s business. The only extension is the compression of messages, and only
 * where client and server have agreed on it.
 *
 * <p>Reads run on the selector's thread, without a hand-off, and while nothing comes no buffer is held. After it has
 * sent a close frame it reads on for a while, so that the client gets to see the frame: closing a socket with unread
 * bytes would reset it.
 *
 * <p>Thread-safe; nothing blocks.
 */
public final class WebSocketConnection extends AbstractConnection.NonBlocking
        implements Connection.UpgradeTo, FrameDecoder.Sink, FrameWriter.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    private static final int READ_BYTES = 8 * 1024;
    private static final int READS_IN_A_ROW = 4;
    private static final byte[] PING = Frames.of(Frames.PING, new byte[0]);

    private final ByteBufferPool pool;
    private final WebSockets owner;
    private final WebSocketListener listener;
    private final ConnectionPermit permit;
    private final ListenerTurns turns;
    private final @Nullable MessageCompression compression;
    private final FrameDecoder decoder;
    private final FrameWriter writer;

    /** Bytes that came in together with the upgrade request. */
    private byte @Nullable [] early;

    private long askedAt;
    private volatile boolean heard = true;
    private volatile boolean closing;
    private volatile boolean closeWritten;
    private volatile boolean closeReceived;
    private volatile boolean deaf;
    private volatile TimeSource.@Nullable Cancellable hardClose;

    public WebSocketConnection(
            EndPoint endPoint,
            Executor executor,
            ByteBufferPool pool,
            WebSockets owner,
            WebSocketListener listener,
            ConnectionPermit permit,
            boolean compresses) {
        super(endPoint, executor);
        this.pool = pool;
        this.owner = owner;
        this.listener = listener;
        this.permit = permit;
        this.turns = new ListenerTurns(listener);
        this.compression = compresses ? owner.compression() : null;
        this.decoder = new FrameDecoder(owner.bounds().maxMessageBytes(), compression, this);
        this.writer = new FrameWriter(endPoint, pool, owner.bounds().maxOutboundBytes(), this);
    }

    // What the sub-protocol does with it

    /** Takes a frame, to be written with the next {@link #flush}. */
    public Delivery offer(byte[] frame) {
        return writer.offer(frame);
    }

    public void flush() {
        writer.flush();
    }

    /** Returns what may compress the frames that are offered here; null if the client has not agreed to it. */
    public @Nullable MessageCompression compression() {
        return compression;
    }

    /** Says whether all that was offered has been written. */
    public boolean isWritten() {
        return writer.isIdle();
    }

    /** Ends the connection behind what has gathered. A client that does not read loses what waits for it. */
    public void close(LeaveReason reason, CloseFrame frame) {
        turns.settle(reason);
        startClosing(Frames.close(frame), reason == LeaveReason.SLOW_CONSUMER);
    }

    // What the heartbeat does with it

    /** Asks for a sign of life, at a moment of the heartbeat's own count. */
    void ping(long now) {
        if (heard) {
            heard = false;
            askedAt = now;
        }
        if (writer.offer(PING) == Delivery.ACCEPTED) {
            writer.flush();
        }
    }

    void endIfSilentSince(long then) {
        if (!heard && !closing && askedAt <= then) {
            closing = true;
            getExecutor().execute(() -> {
                turns.end(LeaveReason.TIMED_OUT);
                startClosing(Frames.close(CloseFrame.of(LeaveReason.TIMED_OUT, Duration.ZERO)), true);
            });
        }
    }

    // What Jetty does with it

    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
        early = BufferUtil.toArray(buffer);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(0);
        owner.opened(this);
        ThreadTurn turn = ThreadTurn.begin();
        turns.begin();
        try {
            listener.onOpen(this);
            owner.closeIfStopping(this);
            byte[] bytes = early;
            early = null;
            if (bytes != null) {
                decode(bytes, 0, bytes.length);
                listener.onReadComplete();
            }
        } catch (RuntimeException e) {
            fail(e);
        } finally {
            turns.done();
            turn.end();
        }
        readOn();
    }

    @Override
    public void onFillable() {
        ThreadTurn turn = ThreadTurn.begin();
        boolean listening = turns.begin();
        try {
            boolean ended = read();
            if (listening) {
                listener.onReadComplete();
            }
            if (ended) {
                turns.end(LeaveReason.CONNECTION_LOST);
                getEndPoint().close();
            }
        } catch (RuntimeException e) {
            fail(e);
        } finally {
            turns.done();
            turn.end();
        }
        readOn();
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        LOG.debug("Cannot read from {}", this, cause);
        getEndPoint().close();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        // Whether the client lives is for the heartbeat to say.
        return false;
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        ended();
    }

    /** Gives back what it has been given, if the upgrade fails before {@link #onOpen}. */
    public void neverOpened() {
        permit.close();
    }

    // What the frames tell

    @Override
    public void onText(byte[] bytes, int offset, int length) throws FrameViolation {
        if (!closing) {
            listener.onText(bytes, offset, length);
        }
    }

    @Override
    public void onBinary(byte[] bytes, int offset, int length) throws FrameViolation {
        if (!closing) {
            listener.onBinary(bytes, offset, length);
        }
    }

    @Override
    public void onPing(byte[] bytes, int offset, int length) {
        writer.writeUrgently(Frames.of(Frames.PONG, bytes, offset, length));
    }

    @Override
    public void onClose(int code) {
        closeReceived = true;
        turns.end(CloseFrame.comesBack(code) ? LeaveReason.CONNECTION_LOST : LeaveReason.LEFT);
        startClosing(Frames.closeEcho(code), false);
        if (closeWritten) {
            getEndPoint().close();
        }
    }

    // What the writer tells

    @Override
    public void onWritten() {
        listener.onWritten();
    }

    @Override
    public void onCloseWritten() {
        closeWritten = true;
        if (closeReceived) {
            getEndPoint().close();
        } else if (deaf) {
            getEndPoint().shutdownOutput();
        }
    }

    @Override
    public void onWriteFailed(Throwable cause) {
        LOG.debug("Cannot write to {}", this, cause);
        getEndPoint().close();
    }

    /** Says whether the client's half of the connection has ended. */
    private boolean read() {
        RetainableByteBuffer.Mutable buffer = pool.acquire(READ_BYTES, false);
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            for (int reads = 0; reads < READS_IN_A_ROW; reads++) {
                BufferUtil.clear(bytes);
                int filled = getEndPoint().fill(bytes);
                if (filled <= 0) {
                    return filled < 0;
                }
                heard = true;
                int from = bytes.arrayOffset() + bytes.position();
                decode(bytes.array(), from, from + filled);
                if (filled < bytes.capacity()) {
                    // What comes later wakes the selector again; asking now would cost a system call.
                    return false;
                }
            }
            return false;
        } catch (IOException e) {
            LOG.debug("Cannot read from {}", this, e);
            return true;
        } finally {
            buffer.release();
        }
    }

    private void decode(byte[] bytes, int from, int to) {
        if (deaf) {
            return;
        }
        try {
            decoder.decode(bytes, from, to);
        } catch (FrameViolation e) {
            LOG.debug("{}: {}", this, e.getMessage());
            deaf = true;
            turns.end(e.reason());
            startClosing(Frames.close(e.closeFrame()), false);
        }
    }

    private void readOn() {
        EndPoint endPoint = getEndPoint();
        if (endPoint.isOpen()) {
            fillInterested();
        }
        if (!endPoint.isOpen()) {
            ended();
        }
    }

    private void fail(RuntimeException cause) {
        LOG.error("The listener of a WebSocket failed", cause);
        deaf = true;
        turns.end(LeaveReason.FAILED);
        startClosing(Frames.close(CloseFrame.of(LeaveReason.FAILED, Duration.ZERO)), false);
    }

    private void startClosing(byte[] closeFrame, boolean dropWaiting) {
        closing = true;
        if (writer.close(closeFrame, dropWaiting)) {
            hardClose = owner.time().schedule(owner.bounds().closeTimeout(), getEndPoint()::close);
        }
    }

    /** Lets go of everything; harmless when it is repeated. */
    private void ended() {
        closing = true;
        writer.stop();
        TimeSource.Cancellable timer = hardClose;
        if (timer != null) {
            timer.cancel();
        }
        owner.gone(this);
        permit.close();
        turns.end(LeaveReason.CONNECTION_LOST);
    }
}
