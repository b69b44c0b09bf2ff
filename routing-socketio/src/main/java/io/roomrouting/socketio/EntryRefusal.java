package io.roomrouting.socketio;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told that is not let in.
 *
 * @param message for people
 * @param data for programs
 */
record EntryRefusal(String message, Optional<Object> data) {

    private static final Logger LOG = LoggerFactory.getLogger(EntryRefusal.class);

    /** Finds the words for a failure, and logs it if it is a fault. */
    static EntryRefusal of(Throwable failure, String namespace) {
        Throwable why = failure;
        while ((why instanceof CompletionException || why instanceof ExecutionException) && why.getCause() != null) {
            why = why.getCause();
        }
        if (why instanceof RoutingException refusal) {
            return of(refusal);
        }
        if (why instanceof ConnectRefusal refusal) {
            return new EntryRefusal(String.valueOf(refusal.getMessage()), refusal.data());
        }
        LOG.error("Nobody could decide whether a client may enter a namespace of Socket.IO ({})", namespace, why);
        return new EntryRefusal(
                "the server has failed",
                Optional.of(withDelay("code", ErrorCode.INTERNAL_ERROR.name(), Duration.ZERO)));
    }

    static EntryRefusal of(RoutingException why) {
        return new EntryRefusal(
                String.valueOf(why.getMessage()),
                Optional.of(
                        withDelay("code", why.code().name(), why.retryAfter().orElse(Duration.ZERO))));
    }

    /** Returns an object with this field, and the delay in milliseconds where waiting helps. */
    static Map<String, Object> withDelay(String key, String name, Duration retryAfter) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put(key, name);
        if (!retryAfter.isZero()) {
            told.put("retryAfterMs", retryAfter.toMillis());
        }
        return told;
    }
}
