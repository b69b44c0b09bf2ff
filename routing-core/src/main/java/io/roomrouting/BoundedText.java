package io.roomrouting;

import java.util.Map;

/** The bounds of the small string maps that travel in requests and tickets. */
final class BoundedText {

    private static final int MAX_ENTRIES = 16;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 256;

    private BoundedText() {}

    static Map<String, String> copy(String what, Map<String, String> map) {
        if (map.size() > MAX_ENTRIES) {
            throw RoutingException.invalid(what + ": at most " + MAX_ENTRIES + " entries");
        }
        map.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > MAX_KEY || value.length() > MAX_VALUE) {
                throw RoutingException.invalid(
                        what + ": keys are 1 to " + MAX_KEY + " and values up to " + MAX_VALUE + " characters");
            }
        });
        return Map.copyOf(map);
    }
}
