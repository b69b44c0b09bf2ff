package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public keys that are read from a URL, where a backend publishes {@link JwtKeys#toJwks()}. Only ES256 and RS256 keys
 * are taken from it. Thread-safe; nothing needs to be closed.
 *
 * <p>Nothing is read before the first token comes. From then on:
 *
 * <ul>
 *   <li>a token with an unknown {@code kid} makes the keys be read anew, and <em>whoever checks it waits</em>, at most for
 *       the time-out; many such tokens share one reading, and there is at most one in every {@code pause}, so that made-up
 *       names cost nothing;
 *   <li>keys older than {@code maxAge} are read anew in the background, so that withdrawn ones are forgotten;
 *   <li>when the URL does not answer, or not with at most 64 KiB of a key set, the last good keys stay in use. A token
 *       whose key is not among them is then refused with {@link RoutingException.Unavailable}: it may be good.
 * </ul>
 *
 * <p>The first failure of a row is logged, and the recovery.
 */
public final class JwksUrl extends VerificationKeys {

    private static final Logger LOG = LoggerFactory.getLogger(JwksUrl.class);

    private final URI url;
    private final Duration timeout;
    private final Duration pause;
    private final Duration maxAge;
    private final TimeSource time;
    private final HttpClient client;

    private final Object lock = new Object();
    private volatile JwtKeys keys = JwtKeys.NONE;
    private volatile boolean failing;
    private volatile long readAt;
    private @Nullable CompletableFuture<?> reading;
    private long startedAt;

    private JwksUrl(Builder builder) {
        url = builder.url;
        timeout = builder.timeout;
        pause = builder.pause;
        maxAge = builder.maxAge;
        time = builder.time;
        client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Reads keys from a URL, with the defaults of {@link #builder}.
     *
     * @param url {@code https} or {@code http}, without user information
     * @return the keys, none of which has been read yet
     * @throws IllegalArgumentException if the URL is anything else
     */
    public static JwksUrl of(URI url) {
        return builder(url).build();
    }

    /**
     * Starts with a URL and the defaults.
     *
     * @param url {@code https} or {@code http}, without user information
     * @return the builder
     */
    public static Builder builder(URI url) {
        return new Builder(url);
    }

    @Override
    public String toString() {
        return "JwksUrl[" + place() + ", " + keys + "]";
    }

    @Override
    boolean mayBlock() {
        return true;
    }

    @Override
    JwtKeys current() {
        JwtKeys known = keys;
        if (known != JwtKeys.NONE && time.nanoTime() - readAt > maxAge.toNanos()) {
            startReading();
        }
        return known;
    }

    @Override
    JwtKeys newerThan(JwtKeys lacking) {
        if (keys == lacking) {
            startReading();
            awaitReading();
        }
        if (keys == lacking && failing) {
            throw RoutingException.unavailable(
                    ErrorCode.REGISTRY_UNAVAILABLE, "the keys that tokens are checked with cannot be read now", pause);
        }
        return keys;
    }

    /** Does nothing while one is under way, or if it is too early for another. */
    private void startReading() {
        synchronized (lock) {
            long now = time.nanoTime();
            if (reading == null || (reading.isDone() && now - startedAt >= pause.toNanos())) {
                startedAt = now;
                reading = request().handle(this::finish);
            }
        }
    }

    private void awaitReading() {
        CompletableFuture<?> started;
        synchronized (lock) {
            started = reading;
        }
        if (started != null) {
            started.join();
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> request() {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, answer -> new LimitedBody(Jwks.MAX_BYTES));
        // The request's own time-out ends with the headers; this one covers the body, and hangs up.
        return response.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        response.cancel(true);
                    }
                });
    }

    private @Nullable Void finish(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        try {
            if (response == null) {
                throw new IOException("no answer", failure);
            }
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            JwtKeys read = JwtKeys.fromJwks(new String(response.body(), UTF_8));
            readAt = time.nanoTime();
            keys = read;
            if (failing) {
                failing = false;
                LOG.info("Read the key set at {} again", place());
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!failing) {
                failing = true;
                LOG.warn("Cannot read the key set at {}; going on with {}", place(), keys, e);
            }
        }
        return null;
    }

    /** The URL without its query, which could hold a secret. */
    private String place() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private final URI url;
        private Duration timeout = Duration.ofSeconds(2);
        private Duration pause = Duration.ofSeconds(5);
        private Duration maxAge = Duration.ofMinutes(5);
        private TimeSource time = TimeSource.system();

        private Builder(URI url) {
            this.url = url;
        }

        /**
         * Says how long one reading may take, which is also how long the check of a token may wait.
         *
         * @param value 10 ms to 1 minute; default 2 s
         * @return this
         */
        public Builder timeout(Duration value) {
            timeout = Settings.within("timeout", value, Duration.ofMillis(10), Duration.ofMinutes(1));
            return this;
        }

        /**
         * Says how much time passes at least from one reading to the next.
         *
         * @param value 100 ms to 1 hour; default 5 s
         * @return this
         */
        public Builder pause(Duration value) {
            pause = Settings.within("pause", value, Duration.ofMillis(100), Duration.ofHours(1));
            return this;
        }

        /**
         * Says after how long keys are read anew although none is missing.
         *
         * @param value 1 second to 1 day; default 5 minutes
         * @return this
         */
        public Builder maxAge(Duration value) {
            maxAge = Settings.within("maxAge", value, Duration.ofSeconds(1), Duration.ofDays(1));
            return this;
        }

        /**
         * Sets the clock for {@code pause} and {@code maxAge}; for tests. The time-out is always real time.
         *
         * @param value the time source
         * @return this
         */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /**
         * Checks the URL.
         *
         * @return the keys, none of which has been read yet
         * @throws IllegalArgumentException if the URL is not {@code https} or {@code http} or holds user information
         */
        public JwksUrl build() {
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "the URL of a key set is http(s)://host[:port]/path, without user information");
            }
            return new JwksUrl(this);
        }
    }
}
