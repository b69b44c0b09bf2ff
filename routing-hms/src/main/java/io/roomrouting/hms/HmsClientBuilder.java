package io.roomrouting.hms;

import io.roomrouting.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Collects the settings of an {@link HmsClient}. Not thread-safe. */
public final class HmsClientBuilder {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_ATTEMPTS = 10;

    final HmsTokens tokens;
    URI baseUrl = HmsClient.DEFAULT_BASE_URL;
    Duration timeout = Duration.ofSeconds(10);
    Duration attemptTimeout = Duration.ofSeconds(4);
    int attempts = 4;
    TimeSource time = TimeSource.system();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    HmsClientBuilder(HmsTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Says where 100ms, or something that speaks like it, answers. The management token is sent there: use plain
     * {@code http} for tests only.
     *
     * @param value {@code https} or {@code http}, without user information, query and fragment; default
     *     {@link HmsClient#DEFAULT_BASE_URL}
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HmsClientBuilder baseUrl(URI value) {
        boolean web = "https".equalsIgnoreCase(value.getScheme()) || "http".equalsIgnoreCase(value.getScheme());
        boolean bare = value.getRawUserInfo() == null && value.getRawQuery() == null && value.getRawFragment() == null;
        Bounds.check(
                web && bare && value.getHost() != null,
                "baseUrl is http(s)://host[:port][/path], without user information, query and fragment");
        baseUrl = value;
        return this;
    }

    /**
     * Says how long a method may take, all attempts and pauses together.
     *
     * @param value 10 ms to 5 minutes; default 10 s
     * @return this
     * @throws IllegalArgumentException if the value is out of bounds
     */
    public HmsClientBuilder timeout(Duration value) {
        timeout = Bounds.within("timeout", value, SHORTEST, LONGEST);
        return this;
    }

    /**
     * Says after how long without a whole answer an attempt is given up.
     *
     * @param value 10 ms to 5 minutes; default 4 s
     * @return this
     * @throws IllegalArgumentException if the value is out of bounds
     */
    public HmsClientBuilder attemptTimeout(Duration value) {
        attemptTimeout = Bounds.within("attemptTimeout", value, SHORTEST, LONGEST);
        return this;
    }

    /**
     * Says how often a request is sent at most.
     *
     * @param value 1 to 10; default 4
     * @return this
     * @throws IllegalArgumentException if the value is out of bounds
     */
    public HmsClientBuilder attempts(int value) {
        Bounds.check(value >= 1 && value <= MOST_ATTEMPTS, "attempts = " + value + ", must be 1 to " + MOST_ATTEMPTS);
        attempts = value;
        return this;
    }

    /**
     * Sets the clock for the deadline and the pauses; for tests. How long an attempt takes is always real time.
     *
     * @param value the time source
     * @return this
     */
    public HmsClientBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /** Sets where the jitter comes from. */
    HmsClientBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /**
     * Makes the client. Nothing is sent before the first method is called.
     *
     * @return the client
     */
    public HmsClient build() {
        return new HmsClient(this);
    }
}
