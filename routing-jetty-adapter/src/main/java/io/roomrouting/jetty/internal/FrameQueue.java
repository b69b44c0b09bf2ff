package io.roomrouting.jetty.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one client, in order: references to arrays that all recipients share. Not thread-safe.
 *
 * <p>A ring that grows with its content and shrinks to its smallest size when it is empty.
 */
final class FrameQueue {

    private static final int SMALLEST = 8;

    private byte @Nullable [] @Nullable [] ring;
    private int head;
    private int count;
    private int bytes;

    /** How much of the first frame has been taken out. */
    private int headTaken;

    /** A frame that goes out between two others, before all that wait. */
    private byte @Nullable [] urgent;

    boolean isEmpty() {
        return count == 0 && urgent == null;
    }

    /** Returns how many bytes wait, not counting an urgent frame. */
    int bytes() {
        return bytes;
    }

    void add(byte[] frame) {
        byte @Nullable [] @Nullable [] space = ring;
        if (space == null) {
            space = new byte[SMALLEST][];
            ring = space;
        } else if (count == space.length) {
            space = grown(space);
            ring = space;
        }
        space[(head + count) & (space.length - 1)] = frame;
        count++;
        bytes += frame.length;
    }

    /** Takes a frame that goes out first; it replaces an urgent frame that has not gone out. */
    void addUrgent(byte[] frame) {
        urgent = frame;
    }

    /** Fills a buffer with what waits; frames may be cut. Urgent frames must be smaller than the buffer. */
    void drainTo(ByteBuffer buffer) {
        drainUrgent(buffer);
        while (count > 0 && buffer.hasRemaining()) {
            byte[] frame = first();
            int size = Math.min(frame.length - headTaken, buffer.remaining());
            buffer.put(frame, headTaken, size);
            headTaken += size;
            bytes -= size;
            if (headTaken == frame.length) {
                removeFirst();
                drainUrgent(buffer);
            }
        }
    }

    /** Drops all frames but one that has partly been taken out, whose rest has to follow. */
    void dropWaiting() {
        byte[] begun = headTaken > 0 ? first() : null;
        int taken = headTaken;
        clear();
        if (begun != null) {
            add(begun);
            headTaken = taken;
            bytes -= taken;
        }
    }

    void clear() {
        ring = null;
        head = 0;
        count = 0;
        bytes = 0;
        headTaken = 0;
        urgent = null;
    }

    private void drainUrgent(ByteBuffer buffer) {
        byte[] frame = urgent;
        if (frame != null && headTaken == 0 && frame.length <= buffer.remaining()) {
            buffer.put(frame);
            urgent = null;
        }
    }

    private byte[] first() {
        byte @Nullable [] @Nullable [] space = ring;
        byte[] frame = space == null ? null : space[head];
        if (frame == null) {
            throw new IllegalStateException("There is no frame");
        }
        return frame;
    }

    private void removeFirst() {
        byte @Nullable [] @Nullable [] space = ring;
        if (space == null) {
            throw new IllegalStateException("There is no frame");
        }
        space[head] = null;
        head = (head + 1) & (space.length - 1);
        headTaken = 0;
        count--;
        if (count == 0 && space.length > SMALLEST) {
            ring = null;
            head = 0;
        }
    }

    private byte[] @Nullable [] grown(byte[] @Nullable [] full) {
        byte[] @Nullable [] larger = new byte[2 * full.length][];
        for (int i = 0; i < count; i++) {
            larger[i] = full[(head + i) & (full.length - 1)];
        }
        head = 0;
        return larger;
    }
}
