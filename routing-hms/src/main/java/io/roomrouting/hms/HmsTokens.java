package io.roomrouting.hms;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tokens of an app of 100ms; the package's description tells what is in them. Thread-safe; nothing blocks and
 * nothing is sent anywhere.
 *
 * <p>Whoever holds an app token is the user that it names, in the role that it names. Decide both on the server: this class
 * signs what it is given. {@link OwnedRooms} does the deciding.
 */
public final class HmsTokens {

    /** How long a management token is good for. */
    static final Duration MANAGEMENT_LIFE = Duration.ofHours(24);

    /** A management token is not used for longer than until this much before its end. */
    static final Duration MANAGEMENT_MARGIN = Duration.ofMinutes(5);

    private static final int VERSION = 2;

    private final HmsCredentials credentials;
    private final Algorithm algorithm;
    private final Duration appTokenLife;
    private final TimeSource time;
    private volatile @Nullable ManagementToken management;

    private HmsTokens(Builder builder) {
        credentials = builder.credentials;
        algorithm = Algorithm.HMAC256(credentials.secret());
        appTokenLife = builder.appTokenLife;
        time = builder.time;
    }

    /** One that was made, and when it may be used. Not a record, whose text would show the token. */
    private static final class ManagementToken {

        private final String token;
        private final Instant from;
        private final Instant until;

        private ManagementToken(String token, Instant from, Instant until) {
            this.token = token;
            this.from = from;
            this.until = until;
        }

        /** A clock that was set back would make the token one of the future, which 100ms refuses. */
        private boolean isGoodAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    /**
     * Makes tokens with the defaults of {@link #builder}.
     *
     * @param credentials the app's key pair
     * @return the tokens
     */
    public static HmsTokens of(HmsCredentials credentials) {
        return builder(credentials).build();
    }

    /**
     * Starts with an app and the defaults.
     *
     * @param credentials the app's key pair
     * @return the builder
     */
    public static Builder builder(HmsCredentials credentials) {
        return new Builder(credentials);
    }

    /**
     * Makes the token that lets a user's client into one room.
     *
     * @param room the id that 100ms gave the room; nobody checks here that it exists
     * @param user who the client will be
     * @param role a role of the room's template
     * @return a secret for that user alone; not to be logged
     * @throws RoutingException.InvalidRequest if the user's id holds half of a surrogate pair: it cannot be written, and
     *     what is written in its place could be another user's id
     */
    public String appToken(RoomId room, UserId user, HmsRole role) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(user.value())) {
            throw RoutingException.invalid("the user id holds half of a surrogate pair");
        }
        return claims("app", now(), appTokenLife)
                .withClaim("room_id", room.value())
                .withClaim("user_id", user.value())
                .withClaim("role", role.value())
                .sign(algorithm);
    }

    /** The token for requests to 100ms; the same one for many of them. */
    String managementToken() {
        Instant now = now();
        ManagementToken known = management;
        return known != null && known.isGoodAt(now) ? known.token : newManagementToken(now);
    }

    HmsCredentials credentials() {
        return credentials;
    }

    @Override
    public String toString() {
        return "HmsTokens[" + credentials + "]";
    }

    private synchronized String newManagementToken(Instant now) {
        ManagementToken known = management;
        if (known != null && known.isGoodAt(now)) {
            return known.token; // Another thread was faster.
        }
        String token = claims("management", now, MANAGEMENT_LIFE).sign(algorithm);
        management = new ManagementToken(token, now, now.plus(MANAGEMENT_LIFE).minus(MANAGEMENT_MARGIN));
        return token;
    }

    private JWTCreator.Builder claims(String type, Instant now, Duration life) {
        return JWT.create()
                .withClaim("access_key", credentials.accessKey())
                .withClaim("type", type)
                .withClaim("version", VERSION)
                .withIssuedAt(now)
                .withNotBefore(now)
                .withExpiresAt(now.plus(life))
                .withJWTId(UUID.randomUUID().toString());
    }

    /** In whole seconds, since that is how a token tells time. */
    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
        private static final Duration LONGEST_LIFE = Duration.ofDays(14);

        private final HmsCredentials credentials;
        private Duration appTokenLife = Duration.ofHours(24);
        private TimeSource time = TimeSource.system();

        private Builder(HmsCredentials credentials) {
            this.credentials = credentials;
        }

        /**
         * Says how long an app token is good for. A client needs it again when it comes back after its connection broke.
         *
         * @param value 1 minute to 14 days; default 24 hours
         * @return this
         * @throws IllegalArgumentException if the value is out of bounds
         */
        public Builder appTokenLife(Duration value) {
            appTokenLife = Bounds.within("appTokenLife", value, SHORTEST_LIFE, LONGEST_LIFE);
            return this;
        }

        /**
         * Sets the clock; for tests.
         *
         * @param value the time source
         * @return this
         */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /**
         * Makes the tokens' maker.
         *
         * @return the tokens
         */
        public HmsTokens build() {
            return new HmsTokens(this);
        }
    }
}
