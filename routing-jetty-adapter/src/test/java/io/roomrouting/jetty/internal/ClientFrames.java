package io.roomrouting.jetty.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Frames as clients send them, good and bad. */
public final class ClientFrames {

    public static final int FIN = 0x80;

    private static final byte[] MASK = {0x12, (byte) 0x9A, 0x00, (byte) 0xFF};

    private ClientFrames() {}

    public static byte[] text(String text) {
        return frame(FIN | Frames.TEXT, text.getBytes(UTF_8));
    }

    /** A masked frame with the shortest form of its length. */
    public static byte[] frame(int firstByte, byte[] payload) {
        int lengthBytes = payload.length <= 125 ? 0 : payload.length <= 0xFFFF ? 2 : 8;
        return frame(firstByte, lengthBytes, payload.length, payload);
    }

    /** A masked frame that says whatever length it likes. */
    public static byte[] frame(int firstByte, int lengthBytes, long length, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(firstByte);
        out.write(0x80 | (lengthBytes == 0 ? (int) length : lengthBytes == 2 ? 126 : 127));
        for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (length >>> shift));
        }
        out.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i % 4]);
        }
        return out.toByteArray();
    }

    public static byte[] unmasked(int firstByte, byte[] payload) {
        return concat(new byte[] {(byte) firstByte, (byte) payload.length}, payload);
    }

    public static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        return frame(FIN | Frames.CLOSE, concat(new byte[] {(byte) (code >> 8), (byte) code}, text));
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
