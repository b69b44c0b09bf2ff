package io.roomrouting.jwt;

import io.roomrouting.Authenticator;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.TicketVerifier;
import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.util.Map;
import java.util.function.Function;

/**
 * The half of whoever is shown a token: reads login tokens, room tickets and control tokens, each only where it belongs.
 * Immutable and thread-safe.
 *
 * <p>With a fixed ring of keys nothing blocks. With a {@link JwksUrl} a token with an unknown key may wait for the keys
 * to be read, at most for the URL's time-out; when they cannot be read, that token is refused with
 * {@link RoutingException.Unavailable}.
 *
 * <p>Every other token that is not good is refused with {@link RoutingException.Unauthenticated}, except that a room
 * ticket whose time is over is told by {@link RoutingException.LookUpAgain}. No message quotes the token.
 */
public final class JwtVerifier {

    private final TokenOpener opener;
    private final boolean mayBlock;

    private JwtVerifier(Builder builder) {
        mayBlock = builder.keys.mayBlock();
        opener = new TokenOpener(builder.keys, builder.issuer, builder.time);
    }

    /**
     * Returns a verifier with the defaults of {@link #builder}.
     *
     * @param keys the keys that tokens may be sealed with
     * @return the verifier
     */
    public static JwtVerifier of(VerificationKeys keys) {
        return builder(keys).build();
    }

    /**
     * Starts with the keys and the defaults.
     *
     * @param keys the keys that tokens may be sealed with
     * @return the builder
     */
    public static Builder builder(VerificationKeys keys) {
        return new Builder(keys);
    }

    /**
     * Returns what reads login tokens.
     *
     * @return gives the identity that logged in, with its attributes
     */
    public Authenticator logins() {
        return authenticator(TokenKind.LOGIN, IdentityClaims::read);
    }

    /**
     * Returns what reads room tickets.
     *
     * @return the session host's view of {@link JwtIssuer#tickets()}
     */
    public TicketVerifier tickets() {
        return token -> read(token, TokenKind.TICKET, TicketClaims::read);
    }

    /**
     * Returns what reads control tokens.
     *
     * @return gives an identity that stands for the backend
     */
    public Authenticator control() {
        return authenticator(TokenKind.CONTROL, claims -> new Identity(UserId.of(claims.text("sub")), Map.of()));
    }

    private Authenticator authenticator(TokenKind kind, Function<Claims, Identity> reader) {
        return new Authenticator() {
            @Override
            public Identity authenticate(String token) {
                return read(token, kind, reader);
            }

            @Override
            public boolean mayBlock() {
                return mayBlock;
            }
        };
    }

    private <T> T read(String token, TokenKind kind, Function<Claims, T> reader) {
        Claims claims = opener.open(token, kind);
        try {
            return reader.apply(claims);
        } catch (RoutingException.InvalidRequest e) {
            throw RoutingException.unauthenticated("a claim of the token is not valid: " + e.getMessage(), e);
        }
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private final VerificationKeys keys;
        private String issuer = JwtIssuer.DEFAULT_ISSUER;
        private TimeSource time = TimeSource.system();

        private Builder(VerificationKeys keys) {
            this.keys = keys;
        }

        /**
         * Says which deployment's tokens are read ({@code iss}).
         *
         * @param value 1 to 255 characters, not blank; default {@link JwtIssuer#DEFAULT_ISSUER}
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder issuer(String value) {
            issuer = Settings.issuer(value);
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
         * Makes the verifier.
         *
         * @return the verifier
         */
        public JwtVerifier build() {
            return new JwtVerifier(this);
        }
    }
}
