package io.roomrouting.jetty.internal;

import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames (RFC 6455, section 5) from whatever pieces the network delivers, and puts fragmented messages
 * together. Between messages it holds no memory. Belongs to the thread that reads; of no use after it has thrown.
 */
final class FrameDecoder {

    /** What comes out. The bytes are only good during the call. */
    interface Sink {

        /** A whole text message; that it is UTF-8 has been checked. */
        void onText(byte[] bytes, int offset, int length) throws FrameViolation;

        /** A whole binary message. */
        void onBinary(byte[] bytes, int offset, int length) throws FrameViolation;

        /** A ping, whose content the pong must repeat. */
        void onPing(byte[] bytes, int offset, int length);

        /** The client says goodbye; nothing comes after it. */
        void onClose(int code);
    }

    private enum Part {
        FIRST_BYTE,
        SECOND_BYTE,
        LENGTH,
        MASK,
        PAYLOAD,
        NOTHING_MORE
    }

    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int COMPRESSED = 0x40;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final byte[] EMPTY = {};

    private final Sink sink;
    private final int maxMessageBytes;

    /** Not there unless client and server have agreed on it. */
    private final @Nullable MessageCompression compression;

    private Part part = Part.FIRST_BYTE;
    private boolean last;
    private int opcode;
    private int lengthBytes;
    private int headerLeft;
    private long length;
    private int mask;
    private int received;

    /** The kind of a message whose last fragment has not come, or 0. */
    private int messageOpcode;

    private boolean compressed;
    private @Nullable PartialBytes message;
    private @Nullable PartialBytes control;

    FrameDecoder(int maxMessageBytes, @Nullable MessageCompression compression, Sink sink) {
        this.maxMessageBytes = maxMessageBytes;
        this.compression = compression;
        this.sink = sink;
    }

    /** Takes the next piece; its bytes are changed. */
    void decode(byte[] bytes, int from, int to) throws FrameViolation {
        int at = from;
        while (at < to) {
            switch (part) {
                case FIRST_BYTE -> firstByte(bytes[at++]);
                case SECOND_BYTE -> secondByte(bytes[at++]);
                case LENGTH -> lengthByte(bytes[at++]);
                case MASK -> maskByte(bytes[at++]);
                case PAYLOAD -> at += payload(bytes, at, to);
                case NOTHING_MORE -> {
                    return;
                }
            }
        }
    }

    private void firstByte(byte value) throws FrameViolation {
        last = (value & FINAL) != 0;
        opcode = value & OPCODE;
        reservedBits(value & RESERVED);
        switch (opcode) {
            case Frames.CONTINUATION -> require(messageOpcode != 0, "a continuation of nothing");
            case Frames.TEXT, Frames.BINARY -> require(messageOpcode == 0, "a message inside another");
            case Frames.CLOSE, Frames.PING, Frames.PONG -> require(last, "a fragmented control frame");
            default -> throw FrameViolation.protocol("a reserved opcode");
        }
        part = Part.SECOND_BYTE;
    }

    /** The first frame of a message says whether the message is compressed (RFC 7692, section 6). */
    private void reservedBits(int bits) throws FrameViolation {
        boolean first = opcode == Frames.TEXT || opcode == Frames.BINARY;
        require(bits == 0 || (bits == COMPRESSED && compression != null && first), "a reserved bit is set");
        if (first) {
            compressed = bits != 0;
        }
    }

    private void secondByte(byte value) throws FrameViolation {
        require((value & MASKED) != 0, "a frame without a mask");
        length = value & ~MASKED & 0xFF;
        require(!isControl() || length <= Frames.MAX_CONTROL, "a control frame of more than 125 bytes");
        lengthBytes = length == Frames.LENGTH_16 ? 2 : length == Frames.LENGTH_64 ? 8 : 0;
        if (lengthBytes == 0) {
            lengthIsKnown();
        } else {
            length = 0;
            headerLeft = lengthBytes;
            part = Part.LENGTH;
        }
    }

    private void lengthByte(byte value) throws FrameViolation {
        length = (length << Byte.SIZE) | (value & 0xFF);
        if (--headerLeft == 0) {
            require(length >= 0, "a length with its highest bit set");
            require(length > (lengthBytes == 2 ? Frames.MAX_CONTROL : 0xFFFF), "a length in more bytes than it needs");
            lengthIsKnown();
        }
    }

    private void lengthIsKnown() throws FrameViolation {
        if (!isControl() && length > maxMessageBytes - (message == null ? 0 : message.length())) {
            throw FrameViolation.tooBig("a message of more than " + maxMessageBytes + " bytes");
        }
        headerLeft = Integer.BYTES;
        part = Part.MASK;
    }

    private void maskByte(byte value) throws FrameViolation {
        mask = (mask << Byte.SIZE) | (value & 0xFF);
        if (--headerLeft == 0) {
            received = 0;
            part = Part.PAYLOAD;
            if (length == 0) {
                complete(EMPTY, 0, 0);
            }
        }
    }

    private int payload(byte[] bytes, int at, int to) throws FrameViolation {
        int size = (int) Math.min(to - at, length - received);
        Masking.apply(Integer.rotateLeft(mask, Byte.SIZE * (received & 3)), bytes, at, at + size);
        received += size;
        if (received == size && size == length) {
            complete(bytes, at, size);
        } else {
            keep(bytes, at, size);
            if (received == length) {
                complete(EMPTY, 0, 0);
            }
        }
        return size;
    }

    private void keep(byte[] bytes, int at, int size) {
        PartialBytes kept = isControl() ? control : message;
        if (kept == null) {
            kept = new PartialBytes(isControl() ? Frames.MAX_CONTROL : maxMessageBytes);
            if (isControl()) {
                control = kept;
            } else {
                message = kept;
            }
        }
        kept.append(bytes, at, size);
    }

    /** Ends a frame. Its payload lies in the given array, unless it has been kept piece by piece. */
    private void complete(byte[] bytes, int at, int size) throws FrameViolation {
        part = Part.FIRST_BYTE;
        if (isControl()) {
            PartialBytes kept = control;
            control = null;
            if (kept == null) {
                deliverControl(bytes, at, size);
            } else {
                deliverControl(kept.array(), 0, kept.length());
            }
        } else if (last && messageOpcode == 0 && message == null) {
            deliver(opcode, bytes, at, size);
        } else {
            keep(bytes, at, size);
            fragment();
        }
    }

    private void fragment() throws FrameViolation {
        int kind = messageOpcode == 0 ? opcode : messageOpcode;
        PartialBytes whole = message;
        if (!last || whole == null) {
            messageOpcode = kind;
        } else {
            messageOpcode = 0;
            message = null;
            deliver(kind, whole.array(), 0, whole.length());
        }
    }

    private void deliver(int kind, byte[] bytes, int at, int size) throws FrameViolation {
        if (compressed && compression != null) {
            byte[] expanded = compression.inflated(bytes, at, size, maxMessageBytes);
            deliverPlain(kind, expanded, 0, expanded.length);
        } else {
            deliverPlain(kind, bytes, at, size);
        }
    }

    private void deliverPlain(int kind, byte[] bytes, int at, int size) throws FrameViolation {
        if (kind == Frames.BINARY) {
            sink.onBinary(bytes, at, size);
        } else if (Utf8Check.isUtf8(bytes, at, at + size)) {
            sink.onText(bytes, at, size);
        } else {
            throw FrameViolation.badText("a text message that is not UTF-8");
        }
    }

    private void deliverControl(byte[] bytes, int at, int size) throws FrameViolation {
        if (opcode == Frames.PING) {
            sink.onPing(bytes, at, size);
        } else if (opcode == Frames.CLOSE) {
            part = Part.NOTHING_MORE;
            sink.onClose(closeCode(bytes, at, size));
        }
        // A pong says no more than that the client is alive, which any byte does.
    }

    private static int closeCode(byte[] bytes, int at, int size) throws FrameViolation {
        if (size == 0) {
            return Frames.NO_CODE;
        }
        require(size > 1, "half a close code");
        int code = ((bytes[at] & 0xFF) << Byte.SIZE) | (bytes[at + 1] & 0xFF);
        require(Frames.mayBeSent(code), "a close code that must not be sent");
        if (!Utf8Check.isUtf8(bytes, at + 2, at + size)) {
            throw FrameViolation.badText("a close reason that is not UTF-8");
        }
        return code;
    }

    private boolean isControl() {
        return (opcode & Frames.CONTROL) != 0;
    }

    private static void require(boolean condition, String violation) throws FrameViolation {
        if (!condition) {
            throw FrameViolation.protocol(violation);
        }
    }
}
