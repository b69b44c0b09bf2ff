/**
 * For people who issue and check login tokens and room tickets as JSON Web Tokens. Open
 * {@link io.roomrouting.jwt.JwtKeys} first; then {@link io.roomrouting.jwt.JwtIssuer}, the backend's half, and
 * {@link io.roomrouting.jwt.JwtVerifier}, the half of whoever is shown a token.
 *
 * <h2>Three kinds of token</h2>
 *
 * <p>A token says in {@code aud} what it is for, and none is accepted where another is expected. All carry {@code iss},
 * {@code sub}, {@code iat} and {@code exp}, the last two in whole seconds since 1970-01-01T00:00Z.
 *
 * <ul>
 *   <li>A <em>login token</em> ({@code aud} is {@code room-api}, 7 days) adds {@code userId}, which equals {@code sub},
 *       and {@code attributes}, an object of strings, if there are any.
 *   <li>A <em>room ticket</em> ({@code room-session}, 60 seconds at most) has these too, and {@code jti};
 *       {@code roomId}; {@code hostId} and {@code incarnation}, the life of the host that owns the room;
 *       {@code address}, an object of {@code host}, {@code port} and, for TLS, {@code secure}; {@code epoch}; and
 *       {@code room}, an object of {@code type}, {@code region}, {@code maxClients} and {@code metadata}, absent what
 *       was not given.
 *   <li>A <em>control token</em> ({@code room-control}, 30 seconds at most) is what a backend shows to the hosts that it
 *       probes. Its {@code sub} is {@code backend}.
 * </ul>
 *
 * <h2>What is checked</h2>
 *
 * <p>Length first (8192 characters at most), then the seal, and only then the content. The key decides the algorithm: a
 * token whose {@code alg} is not its key's is refused, {@code none} is not an algorithm, and an HMAC secret and a public
 * key are never mistaken for each other. Headers with {@code crit}, repeated names, and claims of the wrong kind are
 * refused. Clocks may differ by 5 seconds: that much is added to {@code exp}, and that much {@code iat} and {@code nbf}
 * may lie ahead. A token that would live longer than its kind may is refused even with a good seal.
 *
 * <h2>Changing keys</h2>
 *
 * <p>One key signs, several verify. To change keys without a moment in which anything is refused: first let everybody
 * verify with the new key too ({@link io.roomrouting.jwt.JwtKeys.Builder#verifyWith}), then sign with the new one and
 * keep verifying with the old one, and drop the old one when its last token has expired. Hosts that read the keys from
 * a {@link io.roomrouting.jwt.JwksUrl} follow by themselves.
 */
@NullMarked
package io.roomrouting.jwt;

import org.jspecify.annotations.NullMarked;
