package io.roomrouting.jetty;

import java.time.Duration;

/**
 * How often one network address may do something: a bucket of {@code requests} tokens that refills evenly within
 * {@code per}. An IPv6 address counts by its first 64 bits, which is what one customer gets.
 *
 * @param requests how many at once, 1 to 1,000,000
 * @param per how long an empty bucket takes to fill, 1 ms to 1 day
 */
public record RateLimit(int requests, Duration per) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a bound is exceeded
     */
    public RateLimit {
        if (requests < 1 || requests > 1_000_000) {
            throw new IllegalArgumentException("requests is " + requests + ", must be 1 to 1000000");
        }
        if (per.compareTo(SHORTEST) < 0 || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("per is " + per + ", must be 1 ms to 1 day");
        }
    }

    /**
     * Returns a limit per minute.
     *
     * @param requests how many, at once or spread
     * @return the limit
     */
    public static RateLimit perMinute(int requests) {
        return new RateLimit(requests, Duration.ofMinutes(1));
    }
}
