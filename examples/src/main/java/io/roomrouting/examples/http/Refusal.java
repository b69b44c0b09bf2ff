package io.roomrouting.examples.http;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An error as a client is told: RFC 9457 problem details.
 *
 * @param status the HTTP status
 * @param code a stable name, or a provider's number; what tells causes apart
 * @param message one line for people, fit for anybody's eyes
 * @param headers what the status asks for besides
 */
public record Refusal(int status, Object code, String message, Map<String, String> headers) {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** Copies the headers. */
    public Refusal {
        headers = Map.copyOf(headers);
    }

    /**
     * Finds the words for a refusal of the library.
     *
     * @param e why
     * @return what the client is told
     */
    public static Refusal of(RoutingException e) {
        String message = String.valueOf(e.getMessage());
        int status = statusOf(e.code());
        Map<String, String> headers = switch (status) {
            case HttpStatus.UNAUTHORIZED_401 -> Map.of("WWW-Authenticate", "Bearer");
            case HttpStatus.TOO_MANY_REQUESTS_429, HttpStatus.SERVICE_UNAVAILABLE_503 -> retryAfter(e.retryAfter());
            default -> Map.of();
        };
        return new Refusal(status, e.code(), message, headers);
    }

    /**
     * Tells that a request is malformed.
     *
     * @param status in the 400s
     * @param message what is wrong and what is accepted
     * @return what the client is told
     */
    public static Refusal invalid(int status, String message) {
        return new Refusal(status, ErrorCode.INVALID_REQUEST, message, Map.of());
    }

    /**
     * Tells that there is nothing at a path.
     *
     * @return what the client is told
     */
    public static Refusal unknownPath() {
        return invalid(HttpStatus.NOT_FOUND_404, "There is nothing at this path");
    }

    /**
     * Tells that a path takes other methods.
     *
     * @param allowed those that it takes, separated by commas
     * @return what the client is told
     */
    static Refusal methodNotAllowed(String allowed) {
        return new Refusal(
                HttpStatus.METHOD_NOT_ALLOWED_405,
                ErrorCode.INVALID_REQUEST,
                "This path takes only: " + allowed,
                Map.of("Allow", allowed));
    }

    static Refusal internal() {
        return new Refusal(
                HttpStatus.INTERNAL_SERVER_ERROR_500, ErrorCode.INTERNAL_ERROR, "The server failed", Map.of());
    }

    /**
     * Says when to come back.
     *
     * @param wait a second, unless it is known
     * @return a header
     */
    public static Map<String, String> retryAfter(Optional<Duration> wait) {
        long seconds = wait.orElse(SOON).plusNanos(999_999_999).toSeconds();
        return Map.of("Retry-After", Long.toString(Math.max(1, seconds)));
    }

    /** The members of the problem. Its type is always {@code about:blank}, so the title is the status in words. */
    Map<String, Object> problem() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", HttpStatus.getMessage(status));
        members.put("status", status);
        members.put("detail", message);
        members.put("code", code);
        return members;
    }

    private static int statusOf(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST -> HttpStatus.BAD_REQUEST_400;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED_401;
            case FORBIDDEN -> HttpStatus.FORBIDDEN_403;
            case ROOM_NOT_FOUND -> HttpStatus.NOT_FOUND_404;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS_429;
            case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR_500;
            default -> HttpStatus.SERVICE_UNAVAILABLE_503;
        };
    }
}
