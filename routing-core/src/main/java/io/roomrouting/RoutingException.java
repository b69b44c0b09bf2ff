package io.roomrouting;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that says what to do next. The variants are grouped by that next step; {@link #code()} is the stable name of
 * the cause.
 *
 * <p>Messages are written for the caller and may be shown to a client: they never hold a token, a secret or a class
 * name.
 */
public abstract sealed class RoutingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    private RoutingException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /**
     * Returns the stable name of the cause.
     *
     * @return the code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Returns how long to wait before trying again.
     *
     * @return the wait, if waiting can help and the server knows how long
     */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Next step: get valid credentials. Code {@link ErrorCode#UNAUTHENTICATED}. */
    public static final class Unauthenticated extends RoutingException {
        private static final long serialVersionUID = 1L;

        private Unauthenticated(String message, @Nullable Throwable cause) {
            super(ErrorCode.UNAUTHENTICATED, message, cause);
        }
    }

    /** Next step: none for this caller. Code {@link ErrorCode#FORBIDDEN}. */
    public static final class Forbidden extends RoutingException {
        private static final long serialVersionUID = 1L;

        private Forbidden(String message) {
            super(ErrorCode.FORBIDDEN, message, null);
        }
    }

    /**
     * Next step: look the room up again and connect with the new ticket. Codes {@link ErrorCode#TICKET_EXPIRED},
     * {@link ErrorCode#TICKET_USED}, {@link ErrorCode#TICKET_WRONG_HOST}, {@link ErrorCode#NOT_OWNER}.
     */
    public static final class LookUpAgain extends RoutingException {
        private static final long serialVersionUID = 1L;

        private LookUpAgain(ErrorCode code, String message) {
            super(code, message, null);
        }
    }

    /**
     * Next step: choose another room. Codes {@link ErrorCode#ROOM_NOT_FOUND}, {@link ErrorCode#ROOM_FULL},
     * {@link ErrorCode#ROOM_LOCKED}, {@link ErrorCode#ROOM_CLOSED}, {@link ErrorCode#ALREADY_JOINED}.
     */
    public static final class RoomRefused extends RoutingException {
        private static final long serialVersionUID = 1L;

        private RoomRefused(ErrorCode code, String message) {
            super(code, message, null);
        }
    }

    /**
     * Next step: try again after {@link #retryAfter()}. Codes {@link ErrorCode#HOST_DRAINING},
     * {@link ErrorCode#NO_CAPACITY}, {@link ErrorCode#OVERLOADED}, {@link ErrorCode#RATE_LIMITED},
     * {@link ErrorCode#REGISTRY_UNAVAILABLE}, {@link ErrorCode#SCHEDULER_UNAVAILABLE}.
     */
    public static final class Unavailable extends RoutingException {
        private static final long serialVersionUID = 1L;

        /** Kept as nanoseconds because exceptions are serializable. */
        private final long retryAfterNanos;

        private Unavailable(ErrorCode code, String message, Duration retryAfter, @Nullable Throwable cause) {
            super(code, message, cause);
            this.retryAfterNanos = retryAfter.toNanos();
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(Duration.ofNanos(retryAfterNanos));
        }
    }

    /** Next step: correct the request. Code {@link ErrorCode#INVALID_REQUEST}. */
    public static final class InvalidRequest extends RoutingException {
        private static final long serialVersionUID = 1L;

        private InvalidRequest(String message, @Nullable Throwable cause) {
            super(ErrorCode.INVALID_REQUEST, message, cause);
        }
    }

    /**
     * The credentials are missing or not valid.
     *
     * @param message what is wrong, without the credentials
     * @return the exception
     */
    public static RoutingException unauthenticated(String message) {
        return new Unauthenticated(message, null);
    }

    /**
     * The credentials are not valid.
     *
     * @param message what is wrong, without the credentials
     * @param cause why
     * @return the exception
     */
    public static RoutingException unauthenticated(String message, Throwable cause) {
        return new Unauthenticated(message, cause);
    }

    /**
     * The caller is known but not allowed.
     *
     * @param message what is not allowed
     * @return the exception
     */
    public static RoutingException forbidden(String message) {
        return new Forbidden(message);
    }

    /**
     * The ticket or the host is not the right one, or no longer.
     *
     * @param code one of {@link LookUpAgain}'s
     * @param message what is wrong
     * @return the exception
     */
    public static RoutingException lookUpAgain(ErrorCode code, String message) {
        return switch (code) {
            case TICKET_EXPIRED, TICKET_USED, TICKET_WRONG_HOST, NOT_OWNER -> new LookUpAgain(code, message);
            default -> throw new IllegalArgumentException(code + " does not mean: look up again");
        };
    }

    /**
     * The room does not take this caller.
     *
     * @param code one of {@link RoomRefused}'s
     * @param message what is wrong
     * @return the exception
     */
    public static RoutingException roomRefused(ErrorCode code, String message) {
        return switch (code) {
            case ROOM_NOT_FOUND, ROOM_FULL, ROOM_LOCKED, ROOM_CLOSED, ALREADY_JOINED -> new RoomRefused(code, message);
            default -> throw new IllegalArgumentException(code + " is not a refusal by a room");
        };
    }

    /**
     * Something is exhausted or out of reach for now.
     *
     * @param code one of {@link Unavailable}'s
     * @param message what is unavailable
     * @param retryAfter how long to wait before trying again
     * @return the exception
     */
    public static RoutingException unavailable(ErrorCode code, String message, Duration retryAfter) {
        return unavailable(code, message, retryAfter, null);
    }

    /**
     * Something is exhausted or out of reach for now.
     *
     * @param code one of {@link Unavailable}'s
     * @param message what is unavailable
     * @param retryAfter how long to wait before trying again
     * @param cause why, if something else failed
     * @return the exception
     */
    public static RoutingException unavailable(
            ErrorCode code, String message, Duration retryAfter, @Nullable Throwable cause) {
        return switch (code) {
            case HOST_DRAINING, NO_CAPACITY, OVERLOADED, RATE_LIMITED, REGISTRY_UNAVAILABLE, SCHEDULER_UNAVAILABLE ->
                new Unavailable(code, message, retryAfter, cause);
            default -> throw new IllegalArgumentException(code + " does not mean: try again later");
        };
    }

    /**
     * The request is malformed.
     *
     * @param message what is wrong and what is accepted
     * @return the exception
     */
    public static RoutingException invalid(String message) {
        return new InvalidRequest(message, null);
    }

    /**
     * The request is malformed.
     *
     * @param message what is wrong and what is accepted
     * @param cause why
     * @return the exception
     */
    public static RoutingException invalid(String message, Throwable cause) {
        return new InvalidRequest(message, cause);
    }
}
