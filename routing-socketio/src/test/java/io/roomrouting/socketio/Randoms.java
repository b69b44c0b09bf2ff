package io.roomrouting.socketio;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random inputs whose seed is printed, and can be given back with {@code -Dseed=}. */
public final class Randoms {

    private Randoms() {}

    public static RandomGenerator printed(String what) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed of " + what + ": " + seed);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Any text without lone surrogates, which UTF-8 cannot carry. */
    public static String text(RandomGenerator random, int most) {
        return random.ints(random.nextInt(most + 1), 0, 0x10800)
                .map(c -> c >= 0xD800 && c <= 0xDFFF ? '"' : c)
                .map(c -> random.nextBoolean() ? c % 0x80 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public static byte[] bytes(RandomGenerator random, int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }
}
