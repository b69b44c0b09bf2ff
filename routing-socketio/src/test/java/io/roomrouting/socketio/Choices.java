package io.roomrouting.socketio;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.random.RandomGenerator;

/** What decides in a script about what happens next: a random generator, or a fuzzer. */
public interface Choices {

    /** Says whether the script goes on. */
    boolean more();

    /** Chooses a number from 0 up to, and not including, a bound. */
    int below(int bound);

    /** Makes a text up. */
    String text();

    /** Makes bytes up. */
    byte[] bytes();

    default <T> T oneOf(T[] all) {
        return all[below(all.length)];
    }

    static Choices random(RandomGenerator random, int steps) {
        return new Choices() {

            private int left = steps;

            @Override
            public boolean more() {
                return left-- > 0;
            }

            @Override
            public int below(int bound) {
                return random.nextInt(bound);
            }

            @Override
            public String text() {
                return Randoms.text(random, 20);
            }

            @Override
            public byte[] bytes() {
                return Randoms.bytes(random, 20);
            }
        };
    }

    static Choices fuzzed(FuzzedDataProvider data) {
        return new Choices() {

            private int left = 200;

            @Override
            public boolean more() {
                return left-- > 0 && data.remainingBytes() > 0;
            }

            @Override
            public int below(int bound) {
                return data.consumeInt(0, bound - 1);
            }

            @Override
            public String text() {
                return data.consumeString(2_000);
            }

            @Override
            public byte[] bytes() {
                return data.consumeBytes(2_000);
            }
        };
    }
}
