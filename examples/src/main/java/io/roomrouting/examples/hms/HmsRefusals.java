package io.roomrouting.examples.hms;

import io.roomrouting.examples.http.Refusal;
import io.roomrouting.examples.http.RefusalStyle;
import io.roomrouting.hms.HmsException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells errors as clients of the 100ms backend read them, with {@code success} and {@code error}. An error of 100ms keeps its
 * own status, and its number is the code.
 */
enum HmsRefusals implements RefusalStyle {
    INSTANCE;

    private static final Logger LOG = LoggerFactory.getLogger(HmsRefusals.class);
    private static final String UNAVAILABLE = "HMS_UNAVAILABLE";
    private static final String BAD_ANSWER = "HMS_BAD_ANSWER";

    @Override
    public Map<String, Object> envelope(Refusal refusal) {
        return Map.of("success", false, "error", refusal.message());
    }

    @Override
    public Optional<Refusal> explain(RuntimeException failure) {
        return failure instanceof HmsException e ? Optional.of(of(e)) : Optional.empty();
    }

    private static Refusal of(HmsException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof HmsException.Refused refused) {
            int status = refused.status().orElse(HttpStatus.BAD_REQUEST_400);
            return new Refusal(status, refused.code().orElse(status), message, Map.of());
        }
        LOG.warn("A request failed at 100ms: {}", message);
        if (e instanceof HmsException.Unavailable busy) {
            return unavailable(busy, message);
        }
        return new Refusal(HttpStatus.BAD_GATEWAY_502, BAD_ANSWER, message, Map.of());
    }

    /** 503 for what waiting helps against: limits, overload, silence. 502 when 100ms itself says that it fails. */
    private static Refusal unavailable(HmsException.Unavailable busy, String message) {
        int theirs = busy.status().orElse(0);
        boolean fails = theirs >= 500 && theirs != HttpStatus.SERVICE_UNAVAILABLE_503;
        Object code = theirs == 0 ? UNAVAILABLE : (Object) busy.code().orElse(theirs);
        return new Refusal(
                fails ? HttpStatus.BAD_GATEWAY_502 : HttpStatus.SERVICE_UNAVAILABLE_503,
                code,
                message,
                Refusal.retryAfter(busy.retryAfter()));
    }
}
