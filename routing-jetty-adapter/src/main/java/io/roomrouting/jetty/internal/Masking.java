package io.roomrouting.jetty.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Takes the mask off a client's payload (RFC 6455, section 5.3), eight bytes at a time. */
final class Masking {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Masking() {}

    /**
     * Masks or unmasks.
     *
     * @param mask its highest byte belongs to the first byte of the range
     * @param bytes changed in place
     * @param from where the range begins
     * @param to where it ends
     */
    static void apply(int mask, byte[] bytes, int from, int to) {
        long wide = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
        }
        for (int shift = Integer.SIZE - Byte.SIZE; at < to; at++, shift = (shift - Byte.SIZE) & (Integer.SIZE - 1)) {
            bytes[at] ^= (byte) (mask >>> shift);
        }
    }
}
