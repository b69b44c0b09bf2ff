package io.roomrouting.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.Identity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksTest {

    private static final String GOOD =
            JwtKeys.of(JwtKey.ofPublic(Keys.RSA.getPublic())).toJwks();

    @Test
    void whoever_reads_the_published_keys_verifies_and_cannot_sign() {
        JwtKeys backend = JwtKeys.builder()
                .signWith(JwtKey.ofPair(Keys.p256()).withId("2026-11"))
                .verifyWith(JwtKey.ofPair(Keys.RSA))
                .build();

        JwtKeys host = JwtKeys.fromJwks(backend.toJwks());

        String token = JwtIssuer.of(backend).issueLogin(Identity.of("alice"));
        assertThat(JwtVerifier.of(host).logins().authenticate(token)).isEqualTo(Identity.of("alice"));
        assertThatIllegalArgumentException().isThrownBy(() -> JwtIssuer.of(host));
        assertThat(host.toJwks()).isEqualTo(backend.toJwks());
    }

    @Test
    void secrets_and_private_halves_are_never_published() {
        JwtKeys keys = JwtKeys.builder()
                .signWith(JwtKey.hs256("a secret that must not get out, ever").withId("s"))
                .verifyWith(JwtKey.ofPair(Keys.p256()).withId("e"))
                .verifyWith(JwtKey.ofPair(Keys.RSA).withId("r"))
                .build();

        assertThat(keys.toJwks())
                .matches("\\{\"keys\":\\["
                        + "\\{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"[\\w-]{43}\",\"y\":\"[\\w-]{43}\","
                        + "\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"e\"},"
                        + "\\{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"[\\w-]{342}\","
                        + "\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"r\"}]}");
        assertThat(JwtKeys.of(Keys.secret()).toJwks()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void coordinates_keep_their_leading_zeros() {
        // One key in 128 has such a coordinate, so that nine runs in ten see one.
        List<String> sets = IntStream.range(0, 300)
                .mapToObj(i ->
                        JwtKeys.of(JwtKey.ofPublic(Keys.p256().getPublic())).toJwks())
                .toList();

        assertThat(sets).allMatch(set -> set.matches(".*\"x\":\"[\\w-]{43}\",\"y\":\"[\\w-]{43}\".*"));
        assertThat(sets).allMatch(set -> JwtKeys.fromJwks(set).toJwks().equals(set));
    }

    @Test
    void keys_for_other_uses_are_passed_over() {
        String others = String.join(
                ",",
                "{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ\",\"kid\":\"o\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":1,\"y\":2}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\"}",
                "{}",
                "7",
                "null",
                member(GOOD).replace("\"use\":\"sig\"", "\"use\":\"enc\""),
                member(GOOD).replace("RS256", "RSA-OAEP"),
                member(GOOD).replace("\"kid\":\"", "\"kid\":\"with blanks "));

        JwtKeys read = JwtKeys.fromJwks("{\"x\":[],\"keys\":[" + others + "," + member(GOOD) + "]}");

        assertThat(read.toJwks()).isEqualTo(GOOD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.fromJwks("{\"keys\":[" + others + "]}"))
                .withMessage("the key set has no key that can be used");
    }

    @Test
    void a_key_without_name_use_and_algorithm_is_taken_under_its_thumbprint() {
        String bare = GOOD.replaceAll(",\"use\".*?}", "}");

        assertThat(JwtKeys.fromJwks(bare).toJwks()).isEqualTo(GOOD);
    }

    @Test
    void of_two_keys_with_one_name_the_first_counts() {
        String twice = "{\"keys\":[" + member(GOOD) + "," + member(GOOD) + "]}";

        assertThat(JwtKeys.fromJwks(twice).toJwks()).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "<html>",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[],\"keys\":[]}"
            })
    void what_is_no_key_set_is_refused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKeys.fromJwks(json));
    }

    @Test
    void a_key_set_out_of_bounds_is_refused() {
        String tooMany =
                IntStream.range(0, 65).mapToObj(i -> "{}").collect(Collectors.joining(",", "{\"keys\":[", "]}"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.fromJwks(tooMany))
                .withMessageContaining("64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKeys.fromJwks(GOOD + " ".repeat(64 * 1024)))
                .withMessageContaining("65536 bytes");
    }

    private static String member(String set) {
        return set.substring("{\"keys\":[".length(), set.length() - "]}".length());
    }
}
