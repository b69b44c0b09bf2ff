package io.roomrouting.jetty.internal;

import io.roomrouting.spi.CloseFrame;
import java.nio.charset.StandardCharsets;

/** The server's frames (RFC 6455, section 5.2), and the numbers of that protocol. Server frames have no mask. */
public final class Frames {

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** The bit that tells the opcodes of control frames from the others. */
    public static final int CONTROL = 0x8;

    /** The largest payload of a control frame, and the largest length that fits into the second byte. */
    public static final int MAX_CONTROL = 125;

    /** In the place of a length: the length follows in 16 bits. */
    public static final int LENGTH_16 = 126;

    /** In the place of a length: the length follows in 64 bits. */
    public static final int LENGTH_64 = 127;

    /** Stands for a close frame without a code. */
    public static final int NO_CODE = 1005;

    private static final int FINAL = 0x80;

    private Frames() {}

    /** Makes a whole message in one frame. */
    public static byte[] of(int opcode, byte[] payload) {
        return of(opcode, payload, 0, payload.length);
    }

    public static byte[] of(int opcode, byte[] payload, int offset, int length) {
        int header = length <= MAX_CONTROL ? 2 : length <= 0xFFFF ? 4 : 10;
        byte[] frame = new byte[header + length];
        frame[0] = (byte) (FINAL | opcode);
        if (header == 2) {
            frame[1] = (byte) length;
        } else {
            frame[1] = (byte) (header == 4 ? LENGTH_16 : LENGTH_64);
            for (int at = header - 1, rest = length; at > 1; at--, rest >>>= Byte.SIZE) {
                frame[at] = (byte) rest;
            }
        }
        System.arraycopy(payload, offset, frame, header, length);
        return frame;
    }

    /** Says how many bytes of a frame stand before its payload. */
    static int headerLength(byte[] frame) {
        return switch (frame[1]) {
            case LENGTH_16 -> 4;
            case LENGTH_64 -> 10;
            default -> 2;
        };
    }

    public static byte[] close(CloseFrame close) {
        byte[] reason = close.reason().getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[Math.min(MAX_CONTROL, 2 + reason.length)];
        payload[0] = (byte) (close.code() >>> Byte.SIZE);
        payload[1] = (byte) close.code();
        System.arraycopy(reason, 0, payload, 2, payload.length - 2);
        return of(CLOSE, payload);
    }

    /** Answers a client's close frame with its own code. */
    public static byte[] closeEcho(int code) {
        return code == NO_CODE ? of(CLOSE, new byte[0]) : close(new CloseFrame(code, ""));
    }

    /** Says whether a close code may stand in a frame: the registered ones, and those left to libraries and users. */
    public static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
