package io.roomrouting.jwt;

import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes tokens of any kind: the claims that all have in common, and the seal. */
final class TokenSealer {

    private final JwtKey key;
    private final String issuer;
    private final TimeSource time;

    TokenSealer(JwtKey key, String issuer, TimeSource time) {
        this.key = key;
        this.issuer = issuer;
        this.time = time;
    }

    /** When a token begins that is made now: tokens tell time in whole seconds. */
    Instant now() {
        return time.now().truncatedTo(ChronoUnit.SECONDS);
    }

    String seal(TokenKind kind, String subject, Instant begin, Instant end, MembersWriter more) {
        String token = key.seal(claims(kind, subject, begin, end, more));
        if (token.length() > TokenParts.MAX_LENGTH) {
            throw RoutingException.invalid("the attributes of the user and the metadata of the room are too large for a"
                    + " token of " + TokenParts.MAX_LENGTH + " characters");
        }
        return token;
    }

    private byte[] claims(TokenKind kind, String subject, Instant begin, Instant end, MembersWriter more) {
        return StrictJson.write(json -> {
            json.writeStringField("iss", issuer);
            json.writeStringField("aud", kind.audience());
            json.writeStringField("sub", subject);
            json.writeNumberField("iat", begin.getEpochSecond());
            json.writeNumberField("exp", end.getEpochSecond());
            more.writeTo(json);
        });
    }
}
