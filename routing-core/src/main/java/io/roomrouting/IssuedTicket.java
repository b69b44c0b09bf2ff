package io.roomrouting;

import java.time.Instant;

/**
 * A ticket in its sealed form.
 *
 * @param token what the client presents; a secret, left out of {@link #toString()}
 * @param expiresAt when it ends, by the issuer's clock
 */
public record IssuedTicket(String token, Instant expiresAt) {

    @Override
    public String toString() {
        return "IssuedTicket[token=<redacted>, expiresAt=" + expiresAt + "]";
    }
}
