package io.roomrouting.jetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {

    @Test
    void everyByteMeetsItsByteOfTheMask() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            int mask = random.nextInt();
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from + 1);
            byte[] expected = bytes.clone();
            for (int i = from; i < to; i++) {
                expected[i] ^= (byte) (mask >>> (24 - 8 * ((i - from) % 4)));
            }

            Masking.apply(mask, bytes, from, to);

            assertThat(bytes).as("seed %d, from %d to %d", seed, from, to).isEqualTo(expected);
        }
    }
}
