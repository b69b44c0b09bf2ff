package io.roomrouting.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * What a client learns when it is let in.
 *
 * @param sessionId the public name of the session, unique in the host
 * @param seat the seat that it got; empty if it asked for none, or the room gives none
 */
public record Welcome(String sessionId, Optional<Seat> seat) {

    /**
     * A seat that survives its connection.
     *
     * @param token the secret to come back with
     * @param resumed whether this is the seat that the client had and nothing was missed: what it has not received
     *     follows now, in order. False for a newcomer, and for a client that came back in vain: for it everything begins
     *     anew, and what it had sent without being told the outcome may or may not have been handled.
     * @param handled how many of the client's events the room has taken note of in this session; those behind are to be
     *     sent again
     * @param grace how long the seat is kept when the connection breaks
     */
    public record Seat(String token, boolean resumed, long handled, Duration grace) {

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "Seat[token=***, resumed=" + resumed + ", handled=" + handled + ", grace=" + grace + "]";
        }
    }
}
