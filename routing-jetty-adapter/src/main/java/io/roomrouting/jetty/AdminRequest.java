package io.roomrouting.jetty;

import com.fasterxml.jackson.core.JsonParser;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the bodies that an {@link AdminHandler} takes, as strictly as {@link JsonRequest} does. */
final class AdminRequest {

    private static final int MAX_TEXT = 1_000;
    private static final int LONGEST_SPREAD = 60 * 60;
    private static final int LONGEST_DEADLINE = 24 * 60 * 60;

    private AdminRequest() {}

    /** What a drain is asked to be like. */
    record DrainWishes(Optional<Duration> spread, Optional<Duration> deadline) {}

    /** Reads {@code {"text":"…"}}. */
    static String text(byte[] body) {
        String[] found = {""};
        JsonRequest.readObject(body, (name, value) -> {
            if (name.equals("text")) {
                found[0] = JsonRequest.text(name, value).strip();
            } else {
                value.skipChildren();
            }
        });
        String text = found[0];
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_TEXT) {
            throw RoutingException.invalid("text is 1 to " + MAX_TEXT + " characters, not blank");
        }
        return text;
    }

    /** Reads {@code {"spreadSeconds"?,"deadlineSeconds"?}}; an empty body is an object without fields. */
    static DrainWishes drain(byte[] body) {
        Map<String, Duration> found = new HashMap<>();
        if (body.length > 0) {
            JsonRequest.readObject(body, (name, value) -> {
                switch (name) {
                    case "spreadSeconds" -> found.put(name, seconds(name, value, LONGEST_SPREAD));
                    case "deadlineSeconds" -> found.put(name, seconds(name, value, LONGEST_DEADLINE));
                    default -> value.skipChildren();
                }
            });
        }
        return new DrainWishes(
                Optional.ofNullable(found.get("spreadSeconds")), Optional.ofNullable(found.get("deadlineSeconds")));
    }

    private static Duration seconds(String name, JsonParser value, int most) throws IOException {
        int seconds = JsonRequest.wholeNumber(name, value);
        if (seconds < 0 || seconds > most) {
            throw RoutingException.invalid(name + " is 0 to " + most);
        }
        return Duration.ofSeconds(seconds);
    }
}
