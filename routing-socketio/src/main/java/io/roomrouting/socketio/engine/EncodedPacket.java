package io.roomrouting.socketio.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A packet as a server sends it, encoded once and shared by every session that it goes to. Immutable and thread-safe.
 *
 * <p>On a WebSocket it is one message, text or binary (Engine.IO 4, section "WebSocket"); in long-polling it is a part of
 * a body, and bytes are written in base64, which is done when it is needed for the first time and then kept.
 */
public final class EncodedPacket {

    static final EncodedPacket CLOSE = text('1', "");
    static final EncodedPacket PING = text('2', "");
    static final EncodedPacket PROBE_ANSWER = text('3', "probe");
    static final EncodedPacket NOOP = text('6', "");

    private final boolean binary;
    private final byte[] bytes;
    private volatile byte @Nullable [] base64;
    private volatile @Nullable Frame frames;

    private EncodedPacket(boolean binary, byte[] bytes) {
        this.binary = binary;
        this.bytes = bytes;
    }

    /**
     * Makes a message of text.
     *
     * @param text without the character 0x1E, which separates packets in long-polling and never stands in JSON
     * @return the packet
     * @throws IllegalArgumentException if that character is in it
     */
    public static EncodedPacket message(String text) {
        return text('4', text);
    }

    /**
     * Makes a message of bytes.
     *
     * @param bytes copied
     * @return the packet
     */
    public static EncodedPacket message(byte[] bytes) {
        return new EncodedPacket(true, bytes.clone());
    }

    static EncodedPacket open(String handshake) {
        return text('0', handshake);
    }

    private static EncodedPacket text(char type, String payload) {
        if (payload.indexOf(PollingPayload.SEPARATOR) >= 0) {
            throw new IllegalArgumentException("a text with the character that separates packets");
        }
        return new EncodedPacket(false, (type + payload).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Says which kind of WebSocket message it is.
     *
     * @return true for a binary message, false for text
     */
    public boolean isBinary() {
        return binary;
    }

    /**
     * Returns the payload of its WebSocket message.
     *
     * @return read-only, with a position of its own
     */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Returns what a server makes of it for its WebSockets: made when it is asked for the first time, and then kept for all
     * who get it.
     *
     * @param maker one of a few that last, the same object where the same bytes are wanted; may be asked twice if two
     *     threads come at once
     * @return shared, not to be changed
     */
    public byte[] frame(Function<EncodedPacket, byte[]> maker) {
        for (Frame known = frames; known != null; known = known.next) {
            if (known.maker == maker) {
                return known.bytes;
            }
        }
        byte[] made = maker.apply(this);
        frames = new Frame(maker, made, frames);
        return made;
    }

    /**
     * Returns the space that it takes in an outbound queue.
     *
     * @return bytes
     */
    public int size() {
        return bytes.length;
    }

    /** Returns how many bytes it has in a long-polling body. */
    int polledSize() {
        return binary ? 1 + (bytes.length + 2) / 3 * 4 : bytes.length;
    }

    /** Returns what it is in a long-polling body; not a copy. */
    byte[] polledBytes() {
        if (!binary) {
            return bytes;
        }
        byte[] known = base64;
        if (known == null) {
            known = ("b" + Base64.getEncoder().encodeToString(bytes)).getBytes(StandardCharsets.US_ASCII);
            base64 = known;
        }
        return known;
    }

    /** What a server has made of it, and what else was made: compressed frames, or those of another server. */
    private static final class Frame {

        private final Function<EncodedPacket, byte[]> maker;
        private final byte[] bytes;
        private final @Nullable Frame next;

        Frame(Function<EncodedPacket, byte[]> maker, byte[] bytes, @Nullable Frame next) {
            this.maker = maker;
            this.bytes = bytes;
            this.next = next;
        }
    }

    /** Says what kind of packet it is, and nothing of what is in it. */
    @Override
    public String toString() {
        return binary ? "EncodedPacket[binary, " + bytes.length + " bytes]" : "EncodedPacket[" + (char) bytes[0] + "…]";
    }
}
