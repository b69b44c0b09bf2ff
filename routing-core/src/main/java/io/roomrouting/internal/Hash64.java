package io.roomrouting.internal;

/** 64-bit FNV-1a with the finalizer of MurmurHash3: small, and the same in every process. */
public final class Hash64 {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Hash64() {}

    /**
     * Hashes a text.
     *
     * @param text any text
     * @return 64 well-mixed bits
     */
    public static long of(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /**
     * Mixes a number, or a combination of hashes, so that every bit depends on every other.
     *
     * @param value any number
     * @return 64 well-mixed bits
     */
    public static long mix(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
