package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.roomrouting.RoutingException;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What a token's first segment says of its key; not to be trusted. */
record TokenHeader(Optional<String> keyId, String algorithm) {

    static String encode(JwtAlgorithm algorithm, Optional<String> keyId) {
        byte[] json = StrictJson.write(members -> {
            members.writeStringField("alg", algorithm.name());
            members.writeStringField("typ", "JWT");
            if (keyId.isPresent()) {
                members.writeStringField("kid", keyId.get());
            }
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    static TokenHeader parse(String segment) {
        Map<String, Object> members = members(segment);
        if (members.containsKey("crit")) {
            throw RoutingException.unauthenticated("the token's header demands an extension (crit)");
        }
        if (!(members.getOrDefault("typ", "JWT") instanceof String type && type.equalsIgnoreCase("JWT"))) {
            throw RoutingException.unauthenticated("the token's header names another type (typ)");
        }
        if (!(members.get("alg") instanceof String algorithm)) {
            throw RoutingException.unauthenticated("the token's header names no algorithm (alg)");
        }
        return new TokenHeader(keyId(members), algorithm);
    }

    private static Map<String, Object> members(String segment) {
        try {
            return StrictJson.read(TokenParts.decode("header", segment.getBytes(ISO_8859_1)));
        } catch (IOException e) {
            // Not chained: the parser's messages quote what they could not read.
            throw RoutingException.unauthenticated("the token's header is not a well-formed JSON object");
        }
    }

    private static Optional<String> keyId(Map<String, Object> members) {
        if (!members.containsKey("kid")) {
            return Optional.empty();
        }
        if (members.get("kid") instanceof String id && JwtKey.isId(id)) {
            return Optional.of(id);
        }
        throw RoutingException.unauthenticated("the token's header has a malformed key name (kid)");
    }
}
