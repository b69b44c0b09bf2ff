package io.roomrouting.examples.chat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;

/**
 * Why something was not done.
 *
 * @param code a stable name
 * @param detail one line for people
 */
record Refusal(String code, String detail) {

    static final Refusal TOO_MUCH = of(ErrorCode.OVERLOADED, "too much is being said at once; send it again later");
    static final Refusal MOVED = of(ErrorCode.NOT_OWNER, "the room lives on another host now; look it up again");
    static final Refusal STORE_AWAY = new Refusal(
            "UNAVAILABLE",
            "messages cannot be stored or read at the moment; sending one again under its clientId is safe");

    private static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code.name(), detail);
    }

    /** What a client is told about a failure; what is not meant for clients is told as an outage. */
    static Refusal of(Exception failure) {
        return failure instanceof RoutingException.InvalidRequest invalid
                ? of(invalid.code(), String.valueOf(invalid.getMessage()))
                : STORE_AWAY;
    }
}
