package io.roomrouting.jwt;

import io.roomrouting.CorrelationId;
import io.roomrouting.Identity;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.TicketIssuer;
import io.roomrouting.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The backend's half: mints login tokens, room tickets and control tokens. Immutable and thread-safe; does not block.
 *
 * <p>A token is never longer than 8192 characters: an identity or a room that does not fit is refused with
 * {@link RoutingException.InvalidRequest}.
 */
public final class JwtIssuer {

    /** The {@code iss} of a deployment that gives itself no other name. */
    public static final String DEFAULT_ISSUER = "room-routing";

    private static final String CONTROL_SUBJECT = "backend";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final TokenSealer sealer;
    private final Duration loginLife;
    private final Duration ticketLife;
    private final Duration controlLife;

    private JwtIssuer(Builder builder) {
        sealer = new TokenSealer(builder.keys.signingKey(), builder.issuer, builder.time);
        loginLife = builder.loginLife;
        ticketLife = builder.ticketLife;
        controlLife = builder.controlLife;
    }

    /**
     * Returns an issuer with the defaults of {@link #builder}.
     *
     * @param keys a ring with a key that signs
     * @return the issuer
     * @throws IllegalArgumentException if no key of the ring signs
     */
    public static JwtIssuer of(JwtKeys keys) {
        return builder(keys).build();
    }

    /**
     * Starts with the keys and the defaults.
     *
     * @param keys a ring with a key that signs
     * @return the builder
     */
    public static Builder builder(JwtKeys keys) {
        return new Builder(keys);
    }

    /**
     * Mints a login token, which {@link JwtVerifier#logins()} reads.
     *
     * @param identity who logged in; the attributes can be read by whoever holds the token
     * @return the token; a secret
     * @throws RoutingException.InvalidRequest if the attributes are too large for a token
     */
    public String issueLogin(Identity identity) {
        Instant begin = sealer.now();
        return sealer.seal(
                TokenKind.LOGIN,
                identity.user().value(),
                begin,
                begin.plus(loginLife),
                json -> IdentityClaims.write(identity, json));
    }

    /**
     * Mints a control token, with which a backend shows a host that a probe comes from it; {@link JwtVerifier#control()}
     * reads it.
     *
     * @return the token; a secret
     */
    public String issueControl() {
        Instant begin = sealer.now();
        return sealer.seal(TokenKind.CONTROL, CONTROL_SUBJECT, begin, begin.plus(controlLife), json -> {});
    }

    /**
     * Returns what mints room tickets, which {@link JwtVerifier#tickets()} reads. Identity attributes, address and room
     * spec travel in the ticket and can be read by whoever holds it.
     *
     * @return the issuer, whose {@code issue} throws {@link RoutingException.InvalidRequest} if the identity's attributes
     *     and the room's metadata are too large for a token
     */
    public TicketIssuer tickets() {
        return this::issueTicket;
    }

    private IssuedTicket issueTicket(
            Identity identity,
            RoomAssignment assignment,
            RoomSpec spec,
            Optional<RoomSeat> seat,
            Optional<CorrelationId> correlation) {
        Instant begin = sealer.now();
        Instant end = begin.plus(ticketLife);
        Ticket ticket = new Ticket(freshId(), identity, assignment, spec, end, seat, correlation);
        String token = sealer.seal(
                TokenKind.TICKET, identity.user().value(), begin, end, json -> TicketClaims.write(ticket, json));
        return new IssuedTicket(token, end);
    }

    private static String freshId() {
        byte[] bits = new byte[ID_BYTES];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private final JwtKeys keys;
        private String issuer = DEFAULT_ISSUER;
        private Duration loginLife = Duration.ofDays(7);
        private Duration ticketLife = TokenKind.TICKET.longestLife();
        private Duration controlLife = TokenKind.CONTROL.longestLife();
        private TimeSource time = TimeSource.system();

        private Builder(JwtKeys keys) {
            this.keys = keys;
        }

        /**
         * Names the deployment ({@code iss}); verifiers must expect the same name.
         *
         * @param value 1 to 255 characters, not blank; default {@link #DEFAULT_ISSUER}
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder issuer(String value) {
            issuer = Settings.issuer(value);
            return this;
        }

        /**
         * Says how long a login lasts.
         *
         * @param value whole seconds, 1 second to 366 days; default 7 days
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder loginLife(Duration value) {
            loginLife = Settings.life("loginLife", value, TokenKind.LOGIN);
            return this;
        }

        /**
         * Says how long a room ticket lasts.
         *
         * @param value whole seconds, 1 to {@link Ticket#MAX_LIFE_SECONDS}, which is the default
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder ticketLife(Duration value) {
            ticketLife = Settings.life("ticketLife", value, TokenKind.TICKET);
            return this;
        }

        /**
         * Says how long a control token lasts.
         *
         * @param value whole seconds, 1 to 30; default 30
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder controlLife(Duration value) {
            controlLife = Settings.life("controlLife", value, TokenKind.CONTROL);
            return this;
        }

        /**
         * Sets the clock; for tests.
         *
         * @param value the time source
         * @return this
         */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /**
         * Makes the issuer.
         *
         * @return the issuer
         * @throws IllegalArgumentException if no key of the ring signs
         */
        public JwtIssuer build() {
            return new JwtIssuer(this);
        }
    }
}
