package io.roomrouting.benchmarks.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long a client waits before it tries again: as long as the server asked, or from 200 ms doubling to 5 s with the upper
 * half drawn at random. A server's wish is lengthened to the client's own patience when more than one attempt has failed.
 */
final class BackOff {

    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 5_000;
    private static final int MAX_DOUBLINGS = 10;

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** Something worked. */
    void reset() {
        failures = 0;
    }

    /**
     * Something failed.
     *
     * @param asked what the server wishes
     * @return how long to wait
     */
    Duration next(Optional<Duration> asked) {
        failures++;
        long top = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration own = Duration.ofMillis(top / 2 + random.nextLong(top / 2 + 1));
        if (asked.isEmpty()) {
            return own;
        }
        Duration wish = asked.get();
        return failures > 1 && own.compareTo(wish) > 0 ? own : wish;
    }
}
