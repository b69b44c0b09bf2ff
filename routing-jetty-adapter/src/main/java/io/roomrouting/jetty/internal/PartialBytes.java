package io.roomrouting.jetty.internal;

import java.util.Arrays;

/** Bytes that come piece by piece. Takes memory as they come, not as they were announced. */
final class PartialBytes {

    private final int max;
    private byte[] bytes = {};
    private int length;

    /**
     * Makes it empty.
     *
     * @param max how many bytes there will be at most; the caller sees to it
     */
    PartialBytes(int max) {
        this.max = max;
    }

    void append(byte[] from, int offset, int size) {
        int needed = length + size;
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(max, 2 * bytes.length)));
        }
        System.arraycopy(from, offset, bytes, length, size);
        length = needed;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }
}
