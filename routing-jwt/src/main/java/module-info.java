/**
 * Login tokens, room tickets and control tokens as JSON Web Tokens.
 *
 * <p>Start with {@link io.roomrouting.jwt.JwtKeys}, then {@link io.roomrouting.jwt.JwtIssuer} and
 * {@link io.roomrouting.jwt.JwtVerifier}.
 */
module io.roomrouting.jwt {
    requires transitive io.roomrouting;
    requires com.auth0.jwt;
    requires com.fasterxml.jackson.core;
    requires java.net.http;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.jwt;
}
