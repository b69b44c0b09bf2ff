package io.roomrouting.spi;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.session.LeaveReason;
import java.time.Duration;

/**
 * How the end of a session is told in a WebSocket close frame (RFC 6455, section 7.4).
 *
 * <p>The code's range tells the client what to do even if it does not know the code: 4000–4099 consented, stay away;
 * 4100–4299 look the room up again; 4300–4499 do not retry. The reason is a stable name, with
 * {@code ;retryAfterMs=1200} behind it when the server wishes the client to wait.
 *
 * @param code the status code
 * @param reason at most 123 bytes of ASCII
 */
public record CloseFrame(int code, String reason) {

    /**
     * Tells why a session ended.
     *
     * @param why the reason
     * @param retryAfter how long the client should wait; zero for no wish
     * @return the close frame
     */
    public static CloseFrame of(LeaveReason why, Duration retryAfter) {
        return new CloseFrame(codeOf(why), withDelay(why.name(), retryAfter));
    }

    /**
     * Tells why a client was not let in.
     *
     * @param why the refusal
     * @return the close frame
     */
    public static CloseFrame of(RoutingException why) {
        Duration retryAfter = why.retryAfter().orElse(Duration.ZERO);
        return new CloseFrame(codeOf(why.code()), withDelay(why.code().name(), retryAfter));
    }

    /**
     * Says whether a client that ends a connection with this code does not leave its room: it only gives a connection up
     * that it finds broken, and will look the room up again. Any other code is a goodbye.
     *
     * @param code the status code of the client's close frame
     * @return whether it is from 4100 to 4299
     */
    public static boolean comesBack(int code) {
        return code >= 4100 && code <= 4299;
    }

    private static int codeOf(LeaveReason why) {
        return switch (why) {
            case LEFT -> 4000;
            case CONNECTION_LOST, TIMED_OUT, SERVER_STOPPING -> 1001;
            case PROTOCOL_ERROR -> 1007;
            case FLOODING -> 1008;
            case TOO_BIG -> 1009;
            case FAILED -> 1011;
            case MOVED -> 4100;
            case HOST_DRAINING -> 4101;
            case LEASE_LOST -> 4105;
            case SLOW_CONSUMER -> 4106;
            case ROOM_CLOSED -> 4304;
            case REPLACED -> 4306;
            case KICKED -> 4307;
        };
    }

    private static int codeOf(ErrorCode why) {
        return switch (why) {
            case INVALID_REQUEST -> 1008;
            case INTERNAL_ERROR -> 1011;
            case NO_CAPACITY, OVERLOADED, RATE_LIMITED, REGISTRY_UNAVAILABLE, SCHEDULER_UNAVAILABLE -> 1013;
            case NOT_OWNER -> 4100;
            case HOST_DRAINING -> 4101;
            case TICKET_EXPIRED -> 4102;
            case TICKET_USED -> 4103;
            case TICKET_WRONG_HOST -> 4104;
            case UNAUTHENTICATED -> 4300;
            case FORBIDDEN -> 4301;
            case ROOM_FULL -> 4302;
            case ROOM_LOCKED -> 4303;
            case ROOM_CLOSED -> 4304;
            case ALREADY_JOINED -> 4305;
            case ROOM_NOT_FOUND -> 4308;
        };
    }

    private static String withDelay(String name, Duration retryAfter) {
        return retryAfter.isZero() ? name : name + ";retryAfterMs=" + retryAfter.toMillis();
    }
}
