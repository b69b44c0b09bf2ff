package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtKeysTest {

    private static final Identity ALICE = Identity.of("alice");

    private final JwtKey old = Keys.secret().withId("old");
    private final JwtKey fresh = Keys.secret().withId("fresh");

    @Test
    void keys_are_changed_without_a_moment_in_which_a_good_token_is_refused() {
        JwtKeys before = JwtKeys.of(old);
        JwtKeys prepared = JwtKeys.builder().signWith(old).verifyWith(fresh).build();
        JwtKeys changed = JwtKeys.builder().signWith(fresh).verifyWith(old).build();
        JwtKeys after = JwtKeys.of(fresh);
        JwtKeys[] stages = {before, prepared, changed, after};

        for (int i = 0; i < stages.length - 1; i++) {
            // Two stages live side by side while servers are restarted one by one.
            assertAccepted(stages[i], stages[i + 1]);
            assertAccepted(stages[i + 1], stages[i]);
        }
        assertRefused(before, after, "the token names a key (kid) that is not known here");
    }

    @Test
    void keys_of_several_algorithms_live_in_one_ring() {
        JwtKey es256 = JwtKey.ofPair(Keys.p256());
        JwtKey rs256 = JwtKey.ofPair(Keys.RSA);
        JwtKeys all = JwtKeys.builder()
                .signWith(es256)
                .verifyWith(rs256)
                .verifyWith(old)
                .build();

        assertAccepted(JwtKeys.of(es256), all);
        assertAccepted(JwtKeys.of(rs256), all);
        assertAccepted(JwtKeys.of(old), all);
    }

    @Test
    void a_token_without_a_key_name_is_checked_with_the_only_key_or_the_unnamed_one() {
        byte[] secret = JwtKey.randomSecret().getBytes(UTF_8);
        JwtKey unnamed = JwtKey.hs256(secret);
        JwtKey named = unnamed.withId("old");

        assertAccepted(JwtKeys.of(unnamed), JwtKeys.of(named));
        assertAccepted(
                JwtKeys.of(unnamed),
                JwtKeys.builder().signWith(fresh).verifyWith(unnamed).build());
        assertRefused(
                JwtKeys.of(unnamed),
                JwtKeys.builder().signWith(fresh).verifyWith(named).build(),
                "the token names no key (kid)");
        assertRefused(JwtKeys.of(named), JwtKeys.of(unnamed), "the token names a key (kid) that is not known here");
    }

    @Test
    void a_token_under_the_name_of_another_key_is_refused() {
        assertRefused(JwtKeys.of(old.withId("fresh")), JwtKeys.of(fresh), "the token's signature does not match");
        assertRefused(
                JwtKeys.of(JwtKey.ofPair(Keys.p256()).withId("fresh")),
                JwtKeys.of(fresh),
                "the token's algorithm (alg) is not its key's");
    }

    @Test
    void a_short_secret_is_refused_unless_it_is_allowed_and_an_empty_one_always() {
        JwtKey shortOne = JwtKey.hs256("x".repeat(31));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.of(shortOne))
                .withMessageContaining("shorter than 32 bytes")
                .withMessageContaining("allowShortSecrets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.builder()
                        .signWith(fresh)
                        .verifyWith(shortOne.withId("a"))
                        .build());
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.hs256(""));
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.hs256(new byte[0]));

        JwtKeys tiny = JwtKeys.builder()
                .signWith(JwtKey.hs256("x"))
                .allowShortSecrets()
                .build();
        assertAccepted(tiny, tiny);
        JwtKeys enough = JwtKeys.of(JwtKey.hs256("ü".repeat(16)));
        assertAccepted(enough, enough);
    }

    @Test
    void the_secret_is_copied() {
        byte[] secret = JwtKey.randomSecret().getBytes(UTF_8);
        JwtKeys copy = JwtKeys.of(JwtKey.hs256(secret.clone()));
        JwtKeys wiped = JwtKeys.of(JwtKey.hs256(secret));
        Arrays.fill(secret, (byte) 0);

        assertAccepted(wiped, copy);
    }

    @Test
    void a_random_secret_has_256_bits_and_is_never_the_same() {
        String secret = JwtKey.randomSecret();

        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
        assertThat(secret).isNotEqualTo(JwtKey.randomSecret());
        assertThat(JwtKeys.of(JwtKey.hs256(secret)).toString()).doesNotContain(secret);
    }

    @Test
    void a_ring_that_cannot_work_is_refused() {
        JwtKey publicOnly = JwtKey.ofPublic(Keys.RSA.getPublic());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.builder().build())
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.builder().signWith(publicOnly))
                .withMessageContaining("private half");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.builder().signWith(old).signWith(fresh))
                .withMessageContaining("one key signs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.builder()
                        .signWith(old)
                        .verifyWith(fresh.withId("old"))
                        .build())
                .withMessageContaining("same name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.builder()
                        .signWith(Keys.secret())
                        .verifyWith(Keys.secret())
                        .build())
                .withMessageContaining("or none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtIssuer.of(JwtKeys.of(publicOnly)))
                .withMessageContaining("a key that signs is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "é", "a\n"})
    void a_key_name_is_printable_ascii(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> old.withId(name)).withMessageContaining("kid");
        assertThatIllegalArgumentException().isThrownBy(() -> old.withId("x".repeat(129)));
        assertThat(old.withId("\"\\").id()).contains("\"\\");
    }

    @Test
    void a_key_name_with_quotes_is_found_again() {
        JwtKeys keys = JwtKeys.of(old.withId("\"\\,{}"));

        assertAccepted(keys, keys);
    }

    @Test
    void only_curves_and_sizes_that_fit_the_algorithms_are_taken() {
        for (KeyPair pair : new KeyPair[] {Keys.ec("secp384r1"), Keys.rsa(1024)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwtKey.ofPair(pair))
                    .withMessageContaining("P-256")
                    .withMessageContaining("2048");
            assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.ofPublic(pair.getPublic()));
        }
    }

    @Test
    void halves_that_do_not_belong_together_are_refused() {
        KeyPair ec = Keys.p256();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        JwtKey.ofPair(new KeyPair(ec.getPublic(), Keys.p256().getPrivate())))
                .withMessage("the private key does not belong to the public key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPair(new KeyPair(ec.getPublic(), Keys.RSA.getPrivate())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPair(new KeyPair(Keys.OTHER_RSA.getPublic(), Keys.RSA.getPrivate())));
    }

    @Test
    void no_key_shows_its_material() {
        String secret = "correct horse battery staple, all 32";
        JwtKey key = JwtKey.hs256(secret).withId("a");
        JwtKeys ring = JwtKeys.builder()
                .signWith(key)
                .verifyWith(JwtKey.ofPair(Keys.RSA).withId("b"))
                .build();

        assertThat(key).hasToString("JwtKey[HS256, id=a, key=<redacted>]");
        assertThat(ring)
                .hasToString("JwtKeys[JwtKey[HS256, id=a, key=<redacted>], JwtKey[RS256, id=b, key=<redacted>]]");
        assertThatThrownBy(() -> JwtKeys.builder().signWith(key).verifyWith(key).build())
                .hasMessageNotContaining(secret);
        assertThatThrownBy(() -> JwtKeys.of(JwtKey.hs256("hunter2"))).hasMessageNotContaining("hunter2");
    }

    private static void assertAccepted(JwtKeys signer, JwtKeys reader) {
        String token = JwtIssuer.of(signer).issueLogin(ALICE);

        assertThat(JwtVerifier.of(reader).logins().authenticate(token)).isEqualTo(ALICE);
    }

    private static void assertRefused(JwtKeys signer, JwtKeys reader, String why) {
        String token = JwtIssuer.of(signer).issueLogin(ALICE);

        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> JwtVerifier.of(reader).logins().authenticate(token))
                .withMessage(why);
    }
}
