package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.roomrouting.RoutingException;
import java.util.Base64;

/** The three segments of a compact token (RFC 7515, section 3.1), still encoded and not to be trusted. */
record TokenParts(String whole, String header, String payload, String signature) {

    /** The longest token that is made or looked at, in characters. */
    static final int MAX_LENGTH = 8192;

    static TokenParts split(String token) {
        if (token.length() > MAX_LENGTH) {
            throw RoutingException.unauthenticated("the token is longer than " + MAX_LENGTH + " characters");
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw RoutingException.unauthenticated("the token is not a JSON Web Token in compact form");
        }
        return new TokenParts(
                token, token.substring(0, first), token.substring(first + 1, second), token.substring(second + 1));
    }

    /** The payload's characters, as they were sealed. */
    byte[] payloadBytes() {
        return payload.getBytes(ISO_8859_1);
    }

    static byte[] decode(String what, byte[] segment) {
        try {
            return Base64.getUrlDecoder().decode(segment);
        } catch (IllegalArgumentException e) {
            // Not chained: nothing of a token goes into a message that might be logged.
            throw RoutingException.unauthenticated("the token's " + what + " is not base64url");
        }
    }

    @Override
    public String toString() {
        return "TokenParts[<redacted>]";
    }
}
