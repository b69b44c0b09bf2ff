package io.roomrouting.examples.hms;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.hms.HmsException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An error as clients of the 100ms backend are told: RFC 9457 problem details, and besides {@code success} and
 * {@code error}.
 *
 * @param status the HTTP status; an error of 100ms keeps its own
 * @param code a name when this server refuses, a number when 100ms does
 * @param message one line for people, fit for anybody's eyes
 * @param headers what the status asks for besides
 */
record ApiError(int status, Object code, String message, Map<String, String> headers) {

    private static final String UNAVAILABLE = "HMS_UNAVAILABLE";
    private static final String BAD_ANSWER = "HMS_BAD_ANSWER";
    private static final Duration SOON = Duration.ofSeconds(1);

    static ApiError of(RoutingException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.code()) {
            case INVALID_REQUEST -> invalid(HttpStatus.BAD_REQUEST_400, message);
            case UNAUTHENTICATED ->
                new ApiError(HttpStatus.UNAUTHORIZED_401, e.code(), message, Map.of("WWW-Authenticate", "Bearer"));
            case FORBIDDEN -> new ApiError(HttpStatus.FORBIDDEN_403, e.code(), message, Map.of());
            default -> new ApiError(HttpStatus.SERVICE_UNAVAILABLE_503, e.code(), message, retryAfter(e.retryAfter()));
        };
    }

    static ApiError of(HmsException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof HmsException.Refused refused) {
            int status = refused.status().orElse(HttpStatus.BAD_REQUEST_400);
            return new ApiError(status, refused.code().orElse(status), message, Map.of());
        }
        if (e instanceof HmsException.Unavailable busy) {
            return unavailable(busy, message);
        }
        return new ApiError(HttpStatus.BAD_GATEWAY_502, BAD_ANSWER, message, Map.of());
    }

    /** 503 for what waiting helps against: limits, overload, silence. 502 when 100ms itself says that it fails. */
    private static ApiError unavailable(HmsException.Unavailable busy, String message) {
        int theirs = busy.status().orElse(0);
        boolean fails = theirs >= 500 && theirs != HttpStatus.SERVICE_UNAVAILABLE_503;
        Object code = theirs == 0 ? UNAVAILABLE : (Object) busy.code().orElse(theirs);
        return new ApiError(
                fails ? HttpStatus.BAD_GATEWAY_502 : HttpStatus.SERVICE_UNAVAILABLE_503,
                code,
                message,
                retryAfter(busy.retryAfter()));
    }

    static ApiError invalid(int status, String message) {
        return new ApiError(status, ErrorCode.INVALID_REQUEST, message, Map.of());
    }

    static ApiError unknownPath() {
        return invalid(HttpStatus.NOT_FOUND_404, "There is nothing at this path");
    }

    static ApiError methodNotAllowed(String allowed) {
        return new ApiError(
                HttpStatus.METHOD_NOT_ALLOWED_405,
                ErrorCode.INVALID_REQUEST,
                "This path takes only: " + allowed,
                Map.of("Allow", allowed));
    }

    static ApiError internal() {
        return new ApiError(
                HttpStatus.INTERNAL_SERVER_ERROR_500, ErrorCode.INTERNAL_ERROR, "The server failed", Map.of());
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", HttpStatus.getMessage(status));
        body.put("status", status);
        body.put("detail", message);
        body.put("success", false);
        body.put("error", message);
        body.put("code", code);
        return body;
    }

    private static Map<String, String> retryAfter(Optional<Duration> wait) {
        long seconds = wait.orElse(SOON).plusNanos(999_999_999).toSeconds();
        return Map.of("Retry-After", Long.toString(Math.max(1, seconds)));
    }
}
