package io.roomrouting.examples.engines;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a URL writes characters that would end one of its parts. */
final class PercentEncoding {

    private PercentEncoding() {}

    /** A plus is a plus: this is no form. Empty if nothing is there. */
    static Optional<String> decoded(String text) {
        return Optional.of(text)
                .filter(given -> !given.isEmpty())
                .map(given -> URLDecoder.decode(given.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
