package io.roomrouting.testkit.hms;

import java.time.Duration;
import java.util.Map;

/**
 * An answer that a {@link FakeHms} gives instead of its own: trouble, mostly. Immutable.
 *
 * @param status the HTTP status, or 0 to hang up without a word
 * @param headers more headers
 * @param body the text to send
 * @param delay how long the server takes over it
 * @param isOwn whether the server answers as it would have anyway, after the delay; status, headers and body do not count then
 */
public record FakeHmsAnswer(int status, Map<String, String> headers, String body, Duration delay, boolean isOwn) {

    /** Copies the headers. */
    public FakeHmsAnswer {
        headers = Map.copyOf(headers);
    }

    /**
     * Answers with a text of one's own.
     *
     * @param status the HTTP status
     * @param body the text
     * @return the answer
     */
    public static FakeHmsAnswer of(int status, String body) {
        return new FakeHmsAnswer(status, Map.of(), body, Duration.ZERO, false);
    }

    /**
     * Answers with an error in the form that 100ms gives it.
     *
     * @param status the HTTP status, and the code
     * @param message what is wrong
     * @return the answer
     */
    public static FakeHmsAnswer error(int status, String message) {
        return of(status, PlainJson.write(Map.of("code", status, "message", message)));
    }

    /**
     * Hangs up without a word.
     *
     * @return the answer
     */
    public static FakeHmsAnswer hangUp() {
        return of(0, "");
    }

    /**
     * Answers as usual, but late.
     *
     * @param delay how late
     * @return the answer
     */
    public static FakeHmsAnswer late(Duration delay) {
        return new FakeHmsAnswer(200, Map.of(), "", delay, true);
    }

    /**
     * Adds a header.
     *
     * @param name its name
     * @param value its value
     * @return a changed copy that has only this header
     */
    public FakeHmsAnswer withHeader(String name, String value) {
        return new FakeHmsAnswer(status, Map.of(name, value), body, delay, isOwn);
    }
}
