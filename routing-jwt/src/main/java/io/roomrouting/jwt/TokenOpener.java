package io.roomrouting.jwt;

import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;

/** Checks what all kinds of token have in common: the seal first, then issuer, audience and times. */
final class TokenOpener {

    /** How far clocks may disagree. */
    private static final long LEEWAY_SECONDS = 5;

    /** 9999-12-31T23:59:59Z; beyond it, sums could overflow. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final VerificationKeys keys;
    private final String issuer;
    private final TimeSource time;

    TokenOpener(VerificationKeys keys, String issuer, TimeSource time) {
        this.keys = keys;
        this.issuer = issuer;
        this.time = time;
    }

    Claims open(String token, TokenKind kind) {
        TokenParts parts = TokenParts.split(token);
        if (!keyOf(parts).hasSealed(parts)) {
            throw RoutingException.unauthenticated("the token's signature does not match");
        }
        Claims claims = Claims.parse(TokenParts.decode("payload", parts.payloadBytes()));
        if (!claims.text("iss").equals(issuer)) {
            throw RoutingException.unauthenticated("the token comes from another issuer");
        }
        if (!claims.names("aud", kind.audience())) {
            throw kind.mistaken();
        }
        checkTimes(claims, kind);
        return claims;
    }

    private JwtKey keyOf(TokenParts parts) {
        JwtKeys known = keys.current();
        JwtKey own = known.byHeader(parts.header());
        return own != null ? own : keyOf(TokenHeader.parse(parts.header()), known);
    }

    private JwtKey keyOf(TokenHeader header, JwtKeys known) {
        JwtKey key = known.byId(header.keyId());
        if (key == null) {
            key = keys.newerThan(known).byId(header.keyId());
        }
        if (key == null) {
            throw RoutingException.unauthenticated(
                    header.keyId().isEmpty()
                            ? "the token names no key (kid)"
                            : "the token names a key (kid) that is not known here");
        }
        if (!key.algorithm().name().equals(header.algorithm())) {
            throw RoutingException.unauthenticated("the token's algorithm (alg) is not its key's");
        }
        return key;
    }

    private void checkTimes(Claims claims, TokenKind kind) {
        long issued = second(claims, "iat");
        long end = second(claims, "exp");
        long latestBegin = claims.optionalWhole("nbf").isPresent() ? Math.max(issued, second(claims, "nbf")) : issued;
        long nowMillis = time.wallMillis();
        if (nowMillis >= (end + LEEWAY_SECONDS) * 1000) {
            throw kind.expired();
        }
        if (nowMillis < (latestBegin - LEEWAY_SECONDS) * 1000) {
            throw kind.refused("is not valid yet");
        }
        if (end - issued > kind.longestLife().toSeconds()) {
            throw kind.refused("would live too long");
        }
    }

    private static long second(Claims claims, String name) {
        long value = claims.whole(name);
        if (value < 0 || value > LAST_SECOND) {
            throw RoutingException.unauthenticated("the token's claim " + name + " is no moment");
        }
        return value;
    }
}
