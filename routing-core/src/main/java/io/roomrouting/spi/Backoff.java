package io.roomrouting.spi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again: longer each time, and spread, so that many who failed together do not come back
 * together. Immutable.
 *
 * @param first the first wait at most
 * @param longest no wait is longer
 * @param growth what each wait is multiplied by, more than 1
 */
public record Backoff(Duration first, Duration longest, double growth) {

    /**
     * Returns a wait.
     *
     * @param round how many have been waited for before, 0 or more
     * @param random spreads it over the upper half of its length
     * @return half of the full length, up to all of it
     */
    public Duration pause(int round, RandomGenerator random) {
        double full = Math.min((double) longest.toNanos(), (double) first.toNanos() * Math.pow(growth, round));
        return Duration.ofNanos(Math.round(full * (0.5 + random.nextDouble() / 2)));
    }
}
