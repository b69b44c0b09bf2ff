package io.roomrouting.testkit.hathora;

import java.util.EnumSet;
import java.util.Set;

/** What a {@link FakeHathora} may do instead of answering as it should. */
public enum Prank {
    /** Status 400. */
    BAD_REQUEST(400),
    /** Status 401, though the token is right. */
    UNAUTHORIZED(401),
    /** Status 402. */
    PAYMENT_REQUIRED(402),
    /** Status 404, though the room exists. */
    NOT_FOUND(404),
    /** Status 408. */
    REQUEST_TIMEOUT(408),
    /** Status 422. */
    UNPROCESSABLE(422),
    /** Status 429, sometimes with {@code Retry-After}, in seconds or as a date. */
    TOO_MANY_REQUESTS(429),
    /** Status 500. */
    SERVER_ERROR(500),
    /** The right status, and a page of HTML. */
    NOT_JSON(0),
    /** JSON of which half is missing. */
    CUT_JSON(0),
    /** An object without any of its fields. */
    MISSING_FIELDS(0),
    /** Numbers where there should be texts, and the other way round. */
    WRONG_TYPES(0),
    /** Ten megabytes. */
    HUGE_BODY(0),
    /** The connection is closed instead of an answer. */
    NO_ANSWER(0),
    /** The connection is closed in the middle of the body. */
    HALF_AN_ANSWER(0),
    /** A body that goes on, a byte at a time. */
    ENDLESS_BODY(0),
    /** The request is taken and never answered. */
    SILENCE(0);

    private final int status;

    Prank(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /**
     * Returns the errors that the API lists.
     *
     * @return those with a status
     */
    public static Set<Prank> statuses() {
        return EnumSet.range(BAD_REQUEST, SERVER_ERROR);
    }

    /**
     * Returns what no honest server does.
     *
     * @return those without a status
     */
    public static Set<Prank> malice() {
        return EnumSet.range(NOT_JSON, SILENCE);
    }
}
