package io.roomrouting.redis;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** The failures of a server, sorted by what to do next. */
enum RedisFailure {
    LOGIN("refuses the login", "WRONGPASS|NOAUTH|ERR AUTH|ERR invalid password"),
    // Within a script Redis 6.2 says so in words only.
    RIGHTS("does not allow its user what is needed", "NOPERM|The user executing the script can't"),
    READ_ONLY("takes no writes: it is a replica", "READONLY"),
    FULL("is full", "OOM"),
    LOADING("is still loading its data", "LOADING"),
    NO_PRIMARY("is a replica that has lost its primary", "MASTERDOWN"),
    CLUSTER_DOWN("is a cluster that does not serve these keys now", "CLUSTERDOWN"),
    FEW_REPLICAS("takes no writes: it has too few replicas", "NOREPLICAS"),
    DISK("takes no writes: it cannot save them to its disk", "MISCONF"),
    BUSY("is busy with another script", "BUSY"),
    MOVING("is moving its keys to another node", "TRYAGAIN"),
    DATABASE("does not have the database", "ERR DB index|ERR SELECT|ERR invalid DB"),
    TIMED_OUT("did not answer in time"),
    OUT_OF_REACH("is out of reach"),
    UNUSABLE("cannot be used"),
    OTHER("has failed");

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String words;
    private final Pattern signs;

    RedisFailure(String words, String signs) {
        this.words = words;
        this.signs = Pattern.compile(signs);
    }

    RedisFailure(String words) {
        this(words, "(?!)");
    }

    static RedisFailure of(JedisException failure) {
        if (failure instanceof UnusableServer) {
            return UNUSABLE;
        }
        if (failure instanceof JedisConnectionException) {
            return causes(failure).anyMatch(SocketTimeoutException.class::isInstance) ? TIMED_OUT : OUT_OF_REACH;
        }
        String message = String.valueOf(failure.getMessage());
        return Stream.of(values())
                .filter(kind -> kind.signs.matcher(message).find())
                .findFirst()
                .orElse(OTHER);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.concat(
                Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .limit(10),
                Stream.of(failure.getSuppressed()));
    }

    /** Another node of the same deployment may do. */
    boolean isOfOneNode() {
        return switch (this) {
            case READ_ONLY, NO_PRIMARY, LOADING, TIMED_OUT, OUT_OF_REACH -> true;
            default -> false;
        };
    }

    /** What the caller is told. The message names neither the server nor its user; the cause does. */
    RoutingException toCaller(JedisException failure) {
        String what = this == UNUSABLE ? failure.getMessage() : words;
        ErrorCode code = this == FULL ? ErrorCode.OVERLOADED : ErrorCode.REGISTRY_UNAVAILABLE;
        return RoutingException.unavailable(code, "Redis " + what, RETRY, failure);
    }
}
