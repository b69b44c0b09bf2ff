package io.roomrouting.jwt;

import io.roomrouting.TimeSource;
import io.roomrouting.testkit.TicketContract;
import java.security.KeyPair;

class Rs256TicketsTest extends TicketContract {

    private KeyPair next = Keys.RSA;

    /** The host's side holds only what the backend publishes. */
    @Override
    protected Tickets create(TimeSource time) {
        JwtKeys keys = JwtKeys.of(JwtKey.ofPair(next));
        next = Keys.OTHER_RSA;
        return new Tickets(
                JwtIssuer.builder(keys).time(time).build().tickets(),
                JwtVerifier.builder(JwtKeys.fromJwks(keys.toJwks()))
                        .time(time)
                        .build()
                        .tickets());
    }
}
