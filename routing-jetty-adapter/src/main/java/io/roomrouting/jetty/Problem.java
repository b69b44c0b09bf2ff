package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * An error as it is told over HTTP: RFC 9457 problem details with our stable code.
 *
 * <p>The type is always {@code about:blank}, so the title is the status in words; what tells causes apart is the code.
 *
 * @param status the HTTP status
 * @param code the stable name
 * @param detail one line for people, fit for anybody's eyes
 * @param headers what the status asks for besides
 */
record Problem(int status, ErrorCode code, String detail, List<HttpField> headers) {

    static final HttpField CONTENT_TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");

    private static final HttpField CHALLENGE = new PreEncodedHttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer");

    static Problem of(RoutingException why) {
        int status = statusOf(why.code());
        String detail = String.valueOf(why.getMessage());
        if (status == HttpStatus.UNAUTHORIZED_401) {
            return new Problem(status, why.code(), detail, List.of(CHALLENGE));
        }
        return why.retryAfter()
                .map(wait -> new Problem(status, why.code(), detail, List.of(retryAfter(wait))))
                .orElseGet(() -> new Problem(status, why.code(), detail, List.of()));
    }

    static Problem invalid(int status, String detail) {
        return new Problem(status, ErrorCode.INVALID_REQUEST, detail, List.of());
    }

    static Problem unknownPath() {
        return invalid(HttpStatus.NOT_FOUND_404, "There is nothing at this path");
    }

    static Problem methodNotAllowed(HttpField allow) {
        String detail = "This path takes only: " + allow.getValue();
        return new Problem(HttpStatus.METHOD_NOT_ALLOWED_405, ErrorCode.INVALID_REQUEST, detail, List.of(allow));
    }

    static Problem internal() {
        return new Problem(
                HttpStatus.INTERNAL_SERVER_ERROR_500, ErrorCode.INTERNAL_ERROR, "The server failed", List.of());
    }

    byte[] json() {
        return new JsonText()
                .put("type", "about:blank")
                .put("title", HttpStatus.getMessage(status))
                .put("status", status)
                .put("detail", detail)
                .put("code", code.name())
                .bytes();
    }

    private static HttpField retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return new HttpField(HttpHeader.RETRY_AFTER, Long.toString(seconds));
    }

    private static int statusOf(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST -> HttpStatus.BAD_REQUEST_400;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED_401;
            case FORBIDDEN -> HttpStatus.FORBIDDEN_403;
            case ROOM_NOT_FOUND -> HttpStatus.NOT_FOUND_404;
            case ROOM_FULL,
                    ROOM_LOCKED,
                    ROOM_CLOSED,
                    ALREADY_JOINED,
                    TICKET_EXPIRED,
                    TICKET_USED,
                    TICKET_WRONG_HOST,
                    NOT_OWNER -> HttpStatus.CONFLICT_409;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS_429;
            case HOST_DRAINING, NO_CAPACITY, OVERLOADED, REGISTRY_UNAVAILABLE, SCHEDULER_UNAVAILABLE ->
                HttpStatus.SERVICE_UNAVAILABLE_503;
            case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR_500;
        };
    }
}
