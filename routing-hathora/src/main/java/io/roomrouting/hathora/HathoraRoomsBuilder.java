package io.roomrouting.hathora;

import io.roomrouting.TimeSource;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Describes {@link HathoraRooms}. Everything but the application and its token has a default. Not thread-safe. */
public final class HathoraRoomsBuilder {

    /** Where the published API was. */
    public static final String DEFAULT_BASE_URL = "https://api.hathora.dev";

    private static final Pattern APP_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** What a header can carry; control characters would end it. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(10);
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(5);

    final String appId;
    final String token;
    String baseUrl = DEFAULT_BASE_URL;
    Optional<String> deployment = Optional.empty();
    TimeSource time = TimeSource.system();
    RandomGenerator random = new SecureRandom();
    Duration attemptTimeout = Duration.ofSeconds(10);

    HathoraRoomsBuilder(String appId, String token) {
        this.appId = appId;
        this.token = token;
    }

    /**
     * Sets where the API is; by default {@link #DEFAULT_BASE_URL}.
     *
     * @param value an http or https URL without a query
     * @return this
     */
    public HathoraRoomsBuilder baseUrl(String value) {
        baseUrl = value;
        return this;
    }

    /**
     * Says which deployment of the application new processes run; by default its latest.
     *
     * @param value the deployment's id
     * @return this
     */
    public HathoraRoomsBuilder deployment(String value) {
        deployment = Optional.of(value);
        return this;
    }

    /**
     * Sets how long one request may take, before it is given up and perhaps repeated; by default 10 s.
     *
     * @param value 10 ms to 5 min
     * @return this
     */
    public HathoraRoomsBuilder attemptTimeout(Duration value) {
        attemptTimeout = value;
        return this;
    }

    /**
     * Sets the clock; by default the machine's.
     *
     * @param value the clock that deadlines are measured on
     * @return this
     */
    public HathoraRoomsBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Sets what spreads the waits between attempts; for runs that must replay.
     *
     * @param value thread-safe
     * @return this
     */
    public HathoraRoomsBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /**
     * Makes the access; connects to nothing yet.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException if a setting is not accepted; the message does not hold the token
     */
    public HathoraRooms build() {
        if (!APP_ID.matcher(appId).matches()) {
            throw new IllegalArgumentException(
                    "appId = " + appId + " is not 1 to 100 letters, digits, hyphens and underscores");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "token = <redacted> is not 1 to 8192 printable characters without blanks");
        }
        requireBaseUrl(baseUrl);
        if (attemptTimeout.compareTo(SHORTEST_ATTEMPT) < 0 || attemptTimeout.compareTo(LONGEST_ATTEMPT) > 0) {
            throw new IllegalArgumentException("attemptTimeout = " + attemptTimeout + " is not within "
                    + SHORTEST_ATTEMPT + " to " + LONGEST_ATTEMPT);
        }
        return new HathoraRooms(this);
    }

    /**
     * Checks a base URL, as {@link #build} does.
     *
     * @param url what shall be given to {@link #baseUrl}
     * @throws IllegalArgumentException if it is not accepted
     */
    public static void requireBaseUrl(String url) {
        URI uri = URI.create(url);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("baseUrl = " + url + " is not an http or https URL without a query");
        }
    }

    @Override
    public String toString() {
        return "HathoraRoomsBuilder[appId=" + appId + ", token=<redacted>, baseUrl=" + baseUrl + "]";
    }
}
