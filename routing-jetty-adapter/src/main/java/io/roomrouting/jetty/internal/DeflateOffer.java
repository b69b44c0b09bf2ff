package io.roomrouting.jetty.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client offers in {@code Sec-WebSocket-Extensions}, and the answer (RFC 7692, section 7.1): compression of each
 * message by itself, in both directions, or none.
 */
public final class DeflateOffer {

    private static final String NAME = "permessage-deflate";
    private static final String ANSWER = NAME + "; server_no_context_takeover; client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final Set<String> FLAGS = Set.of("server_no_context_takeover", "client_no_context_takeover");

    /** The only size of window that the JDK's deflater writes with. */
    private static final int OUR_WINDOW = 15;

    private DeflateOffer() {}

    /**
     * Chooses among the offers.
     *
     * @param fields the values of the header fields, in order
     * @return the answer to the first offer that can be accepted
     */
    public static Optional<String> answer(List<String> fields) {
        return fields.stream()
                .flatMap(field -> split(field, ',').stream())
                .map(DeflateOffer::answer)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> answer(String offer) {
        List<String> parts = split(offer, ';');
        if (!parts.get(0).equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        Set<String> seen = new HashSet<>();
        for (String part : parts.subList(1, parts.size())) {
            List<String> pair = split(part, '=');
            String name = pair.get(0).toLowerCase(Locale.ROOT);
            if (pair.size() > 2 || !seen.add(name) || !isAcceptable(name, pair.subList(1, pair.size()))) {
                return Optional.empty();
            }
        }
        return Optional.of(seen.contains(SERVER_WINDOW) ? ANSWER + "; " + SERVER_WINDOW + "=" + OUR_WINDOW : ANSWER);
    }

    private static boolean isAcceptable(String name, List<String> value) {
        return switch (name) {
            case SERVER_WINDOW -> value.size() == 1 && windowBits(value.get(0)) == OUR_WINDOW;
            case CLIENT_WINDOW -> value.isEmpty() || windowBits(value.get(0)) > 0;
            default -> FLAGS.contains(name) && value.isEmpty();
        };
    }

    /** Returns 8 to 15, or 0 for anything else. */
    private static int windowBits(String value) {
        String bare = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        return bare.matches("[89]|1[0-5]") ? Integer.parseInt(bare) : 0;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            parts.add(text.substring(from, to).strip());
            from = to + 1;
        }
        parts.add(text.substring(from).strip());
        return parts;
    }
}
