package io.roomrouting.jetty.internal;

import io.roomrouting.session.Delivery;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the frames for one client and writes whatever has gathered at once. Thread-safe; does not block.
 *
 * <p>At any time at most one thread writes, or one write waits for the client to read. Frames that are offered meanwhile
 * go out together afterwards. They are copied into one pooled buffer, held only during the write, so that a write is one
 * system call over one piece of memory, however many frames there are. The lock protects the queue and is never held over
 * a write.
 */
final class FrameWriter implements Callback {

    /** Whom it belongs to. */
    interface Owner {

        /** At this moment, nothing that was offered and flushed had still to be written. */
        void onWritten();

        /** The close frame, and everything before it, has been handed to the operating system. */
        void onCloseWritten();

        /** The client cannot be written to any more. */
        void onWriteFailed(Throwable cause);
    }

    private enum Stage {
        OPEN,
        CLOSE_WAITS,
        CLOSE_WRITTEN,
        STOPPED
    }

    /** Large enough for what gathers, small enough for each of many stalled clients to hold one. */
    private static final int CHUNK_BYTES = 16 * 1024;

    private final EndPoint endPoint;
    private final ByteBufferPool pool;
    private final int maxWaitingBytes;
    private final Owner owner;

    /** Also the lock that guards the three fields below it. */
    private final FrameQueue queue = new FrameQueue();

    private Stage stage = Stage.OPEN;
    private boolean writing;
    private boolean otherSideIsThrough;

    /** What the operating system has not taken yet; belongs to whoever writes. */
    private RetainableByteBuffer.@Nullable Mutable stuck;

    FrameWriter(EndPoint endPoint, ByteBufferPool pool, int maxWaitingBytes, Owner owner) {
        this.endPoint = endPoint;
        this.pool = pool;
        this.maxWaitingBytes = maxWaitingBytes;
        this.owner = owner;
    }

    Delivery offer(byte[] frame) {
        synchronized (queue) {
            if (stage != Stage.OPEN) {
                return Delivery.CLOSED;
            }
            if (frame.length > maxWaitingBytes - queue.bytes()) {
                return Delivery.SATURATED;
            }
            queue.add(frame);
            return Delivery.ACCEPTED;
        }
    }

    /** Writes a small frame before all that wait, in the place of an earlier one that has not gone out. */
    void writeUrgently(byte[] frame) {
        synchronized (queue) {
            if (stage == Stage.OPEN) {
                queue.addUrgent(frame);
            }
        }
        flush();
    }

    /** Says whether nothing waits and no write is under way. */
    boolean isIdle() {
        synchronized (queue) {
            return !writing && queue.isEmpty();
        }
    }

    /** Starts writing what has gathered, unless a write is under way. */
    void flush() {
        synchronized (queue) {
            if (writing || stage == Stage.STOPPED || queue.isEmpty()) {
                return;
            }
            writing = true;
        }
        write();
    }

    /**
     * Writes a close frame behind everything that waits, and takes nothing more.
     *
     * @param dropWaiting whether to drop what waits first
     * @return false if there has been a close frame already
     */
    boolean close(byte[] closeFrame, boolean dropWaiting) {
        synchronized (queue) {
            if (stage != Stage.OPEN) {
                return false;
            }
            stage = Stage.CLOSE_WAITS;
            if (dropWaiting) {
                queue.dropWaiting();
            }
            queue.add(closeFrame);
        }
        flush();
        return true;
    }

    /** Drops everything; the connection is gone. */
    void stop() {
        synchronized (queue) {
            stage = Stage.STOPPED;
            queue.clear();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void succeeded() {
        if (isSecond()) {
            releaseStuck();
            write();
        }
    }

    @Override
    public void failed(Throwable cause) {
        stop();
        owner.onWriteFailed(cause);
        if (isSecond()) {
            releaseStuck();
        }
    }

    private void write() {
        RetainableByteBuffer.Mutable chunk = pool.acquire(CHUNK_BYTES, true);
        try {
            while (gatherInto(chunk.getByteBuffer())) {
                if (!endPoint.flush(chunk.getByteBuffer())) {
                    chunk.retain();
                    stuck = chunk;
                    endPoint.write(this, chunk.getByteBuffer());
                    if (!isSecond()) {
                        return;
                    }
                    releaseStuck();
                }
            }
        } catch (IOException e) {
            stop();
            owner.onWriteFailed(e);
            return;
        } finally {
            chunk.release();
        }
        owner.onWritten();
        tellIfCloseIsWritten();
    }

    private boolean gatherInto(ByteBuffer buffer) {
        synchronized (queue) {
            if (queue.isEmpty()) {
                writing = false;
                return false;
            }
            buffer.clear();
            queue.drainTo(buffer);
        }
        buffer.flip();
        return true;
    }

    private void tellIfCloseIsWritten() {
        synchronized (queue) {
            if (stage != Stage.CLOSE_WAITS || writing || !queue.isEmpty()) {
                return;
            }
            stage = Stage.CLOSE_WRITTEN;
        }
        owner.onCloseWritten();
    }

    /**
     * A write that could not be done at once ends twice: where it was started and in the callback, in either order and
     * perhaps on two threads. Whoever comes second goes on.
     */
    private boolean isSecond() {
        synchronized (queue) {
            boolean second = otherSideIsThrough;
            otherSideIsThrough = !second;
            return second;
        }
    }

    private void releaseStuck() {
        RetainableByteBuffer.Mutable chunk = stuck;
        stuck = null;
        if (chunk != null) {
            chunk.release();
        }
    }
}
