package io.roomrouting.jetty.internal;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses and expands messages (RFC 7692), each by itself: so a message for many is compressed once, and a connection
 * that is idle holds no window. What the JDK's coders need outside the heap is shared by all connections of a handler.
 * Thread-safe.
 */
public final class MessageCompression {

    /** Shorter messages gain too little. */
    static final int WORTH_COMPRESSING = 1024;

    private static final int RSV1 = 0x40;
    private static final int MOST_KEPT = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Every flush ends with this, which is not sent (section 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final ConcurrentLinkedQueue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Inflater> inflaters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger keptDeflaters = new AtomicInteger();
    private final AtomicInteger keptInflaters = new AtomicInteger();

    /**
     * Compresses a message, if it is worth it.
     *
     * @param frame a whole message in one frame
     * @return a frame that says the same; the given one if it cannot be made shorter
     */
    public byte[] deflated(byte[] frame) {
        int header = Frames.headerLength(frame);
        int length = frame.length - header;
        if (length < WORTH_COMPRESSING) {
            return frame;
        }
        byte[] space = new byte[length];
        Deflater deflater = takeDeflater();
        try {
            deflater.setInput(frame, header, length);
            int size = deflater.deflate(space, 0, space.length, Deflater.SYNC_FLUSH);
            // A full space means that there is more to come: it has not become shorter.
            return size == space.length ? frame : compressedFrame(frame[0], space, size - TAIL.length);
        } finally {
            giveBack(deflater);
        }
    }

    /**
     * Expands a message, to no more than a number of bytes.
     *
     * @throws FrameViolation if it would become longer, or is not compressed data
     */
    byte[] inflated(byte[] bytes, int offset, int length, int most) throws FrameViolation {
        Inflater inflater = takeInflater();
        try {
            return inflated(inflater, withTail(bytes, offset, length), most);
        } catch (DataFormatException e) {
            throw FrameViolation.protocol("a message that cannot be expanded");
        } finally {
            giveBack(inflater);
        }
    }

    private static byte[] inflated(Inflater inflater, byte[] input, int most)
            throws DataFormatException, FrameViolation {
        inflater.setInput(input);
        // One more than allowed, to see whether there would be more.
        int limit = most + 1;
        byte[] space = new byte[(int) Math.min(limit, 4L * input.length)];
        int size = 0;
        while (true) {
            int more = inflater.inflate(space, size, space.length - size);
            size += more;
            if (size > most) {
                throw FrameViolation.tooBig("a message that expands to more than " + most + " bytes");
            }
            if (size == space.length) {
                space = Arrays.copyOf(space, (int) Math.min(limit, 2L * space.length));
            } else if (more == 0 || inflater.finished()) {
                return Arrays.copyOf(space, size);
            }
        }
    }

    private static byte[] withTail(byte[] bytes, int offset, int length) {
        byte[] whole = new byte[length + TAIL.length];
        System.arraycopy(bytes, offset, whole, 0, length);
        System.arraycopy(TAIL, 0, whole, length, TAIL.length);
        return whole;
    }

    private static byte[] compressedFrame(byte firstByte, byte[] payload, int length) {
        byte[] frame = Frames.of(firstByte & 0x0F, payload, 0, length);
        frame[0] |= RSV1;
        return frame;
    }

    private Deflater takeDeflater() {
        Deflater kept = deflaters.poll();
        if (kept == null) {
            return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        }
        keptDeflaters.decrementAndGet();
        return kept;
    }

    private void giveBack(Deflater deflater) {
        if (keptDeflaters.incrementAndGet() > MOST_KEPT) {
            keptDeflaters.decrementAndGet();
            deflater.end();
        } else {
            deflater.reset();
            deflaters.add(deflater);
        }
    }

    private Inflater takeInflater() {
        Inflater kept = inflaters.poll();
        if (kept == null) {
            return new Inflater(true);
        }
        keptInflaters.decrementAndGet();
        return kept;
    }

    private void giveBack(Inflater inflater) {
        if (keptInflaters.incrementAndGet() > MOST_KEPT) {
            keptInflaters.decrementAndGet();
            inflater.end();
        } else {
            inflater.reset();
            inflaters.add(inflater);
        }
    }
}
