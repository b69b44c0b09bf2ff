package io.roomrouting.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.testkit.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginTokensTest {

    private final ManualTime time = ManualTime.create();
    private final JwtKeys keys = JwtKeys.of(Keys.secret());
    private final JwtIssuer issuer = JwtIssuer.builder(keys).time(time).build();
    private final JwtVerifier verifier = JwtVerifier.builder(keys).time(time).build();

    @Test
    void a_login_gives_back_who_logged_in_with_all_attributes() {
        Identity alice = new Identity(UserId.of("Älice"), Map.of("name", "Alice", "role", ""));

        assertThat(verifier.logins().authenticate(issuer.issueLogin(alice))).isEqualTo(alice);
    }

    @Test
    void checking_waits_for_nothing_unless_keys_come_from_a_url() {
        JwtVerifier remote = JwtVerifier.of(JwksUrl.of(URI.create("https://keys.example.com/jwks.json")));

        assertThat(verifier.logins().mayBlock()).isFalse();
        assertThat(verifier.control().mayBlock()).isFalse();
        assertThat(remote.logins().mayBlock()).isTrue();
    }

    @Test
    void a_login_has_the_documented_claims() {
        DecodedJWT token = JWT.decode(issuer.issueLogin(Identity.of("alice")));

        assertThat(token.getAlgorithm()).isEqualTo("HS256");
        assertThat(token.getType()).isEqualTo("JWT");
        assertThat(token.getClaims().keySet()).containsExactlyInAnyOrder("iss", "aud", "sub", "userId", "iat", "exp");
        assertThat(token.getSubject()).isEqualTo("alice");
        assertThat(token.getClaim("userId").asString()).isEqualTo("alice");
        assertThat(token.getIssuer()).isEqualTo("room-routing");
        assertThat(token.getAudience()).containsExactly("room-api");
        assertThat(token.getIssuedAtAsInstant()).isEqualTo(time.now());
        assertThat(token.getExpiresAtAsInstant()).isEqualTo(time.now().plus(Duration.ofDays(7)));
    }

    @Test
    void other_implementations_accept_a_login() {
        String secret = JwtKey.randomSecret();
        String token = JwtIssuer.of(JwtKeys.of(JwtKey.hs256(secret))).issueLogin(Identity.of("alice"));

        DecodedJWT verified = JWT.require(Algorithm.HMAC256(secret))
                .withIssuer("room-routing")
                .withAudience("room-api")
                .build()
                .verify(token);

        assertThat(verified.getSubject()).isEqualTo("alice");
    }

    @Test
    void a_login_lasts_seven_days_and_the_tolerance_of_clocks() {
        String token = issuer.issueLogin(Identity.of("alice"));

        time.advance(Duration.ofDays(7).plusSeconds(5).minusMillis(1));
        assertThat(verifier.logins().authenticate(token)).isEqualTo(Identity.of("alice"));

        time.advance(Duration.ofMillis(1));
        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> verifier.logins().authenticate(token))
                .withMessage("the login token has expired");
    }

    @Test
    void a_login_of_a_clock_that_is_ahead_is_taken_within_the_tolerance() {
        time.advance(Duration.ofSeconds(5));
        String token = issuer.issueLogin(Identity.of("alice"));

        time.shiftWallClock(Duration.ofSeconds(-5));
        assertThat(verifier.logins().authenticate(token)).isEqualTo(Identity.of("alice"));

        time.shiftWallClock(Duration.ofMillis(-1));
        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> verifier.logins().authenticate(token))
                .withMessage("the login token is not valid yet");
    }

    @Test
    void a_login_of_another_deployment_is_refused() {
        JwtIssuer staging = JwtIssuer.builder(keys).issuer("staging").time(time).build();
        String token = staging.issueLogin(Identity.of("alice"));

        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> verifier.logins().authenticate(token))
                .withMessage("the token comes from another issuer");
        assertThat(JwtVerifier.builder(keys)
                        .issuer("staging")
                        .time(time)
                        .build()
                        .logins()
                        .authenticate(token))
                .isEqualTo(Identity.of("alice"));
    }

    @Test
    void an_identity_that_no_token_can_hold_is_refused_when_it_is_issued() {
        Map<String, String> large =
                IntStream.range(0, 16).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "ü".repeat(256)));
        Identity identity = new Identity(UserId.of("alice"), large);

        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> issuer.issueLogin(identity))
                .withMessageContaining("8192");
    }

    @Test
    void names_that_are_no_unicode_are_not_mistaken_for_each_other() {
        for (String name : new String[] {"\ud800", "\ud801", "\udc00x", "?", "\ufffd"}) {
            assertThat(verifier.logins().authenticate(issuer.issueLogin(Identity.of(name))))
                    .isEqualTo(Identity.of(name));
        }
    }

    @Test
    void settings_out_of_bounds_are_refused_by_name() {
        JwtIssuer.Builder builder = JwtIssuer.builder(keys);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.loginLife(Duration.ZERO))
                .withMessageContaining("loginLife = PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.loginLife(Duration.ofMillis(1500)))
                .withMessageContaining("loginLife = PT1.5S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.ticketLife(Duration.ofSeconds(61)))
                .withMessage("ticketLife = PT1M1S is not within PT1S to PT1M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.controlLife(Duration.ofSeconds(31)))
                .withMessageContaining("controlLife");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.issuer(" "))
                .withMessageContaining("issuer");
    }
}
