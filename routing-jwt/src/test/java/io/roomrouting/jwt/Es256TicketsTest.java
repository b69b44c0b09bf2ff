package io.roomrouting.jwt;

import io.roomrouting.TimeSource;
import io.roomrouting.testkit.TicketContract;

class Es256TicketsTest extends TicketContract {

    @Override
    protected Tickets create(TimeSource time) {
        JwtKeys keys = JwtKeys.of(JwtKey.ofPair(Keys.p256()));
        return new Tickets(
                JwtIssuer.builder(keys).time(time).build().tickets(),
                JwtVerifier.builder(keys).time(time).build().tickets());
    }
}
