package io.roomrouting.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.Key;
import java.security.KeyPair;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PemTest {

    /** The public half of what the commands in the comment of {@link JwtKey#fromPem} made once. */
    private static final String OPENSSL = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENHG5HHPEek246Nf4yqdbetQ2WUKc
            M50E/KnYMSJRZrspezaGxb5oz+8mHL6cVDSQ9+hJcfnj7TCeqINKs3461g==
            -----END PUBLIC KEY-----
            """;

    @Test
    void what_openssl_writes_is_read() {
        JwtKey key = JwtKey.fromPem(OPENSSL);

        assertThat(key).hasToString("JwtKey[ES256, id=8T0oqKss-u6Ox66hW2qfYowPFeL7ht4w3vSZqXUDzpw, key=<redacted>]");
    }

    static Stream<KeyPair> pairs() {
        return Stream.of(Keys.p256(), Keys.RSA);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_public_block_verifies_and_with_a_private_one_the_key_signs_too(KeyPair pair) {
        String publicPem = pem("PUBLIC KEY", pair.getPublic());
        String privatePem = pem("PRIVATE KEY", pair.getPrivate());
        JwtKey expected = JwtKey.ofPair(pair);

        JwtKey publicKey = JwtKey.fromPem("some comment\n" + publicPem);
        JwtKey both = JwtKey.fromPem(privatePem + "\n" + publicPem);
        JwtKey turned = JwtKey.fromPem((publicPem + privatePem).replace("\n", "\r\n"));

        assertThat(publicKey.canSign()).isFalse();
        assertThat(Stream.of(publicKey, both, turned).map(JwtKey::id)).containsOnly(expected.id());
        String token = both.seal(new byte[] {'{', '}'});
        assertThat(publicKey.hasSealed(TokenParts.split(token))).isTrue();
        assertThat(turned.canSign()).isTrue();
    }

    @Test
    void other_blocks_are_refused_with_a_way_out() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.fromPem(pem("PRIVATE KEY", Keys.RSA.getPrivate())))
                .withMessageContaining("openssl pkey -pubout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.fromPem(pem("RSA PRIVATE KEY", Keys.RSA.getPrivate())))
                .withMessageContaining("openssl pkcs8 -topk8");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.fromPem(""));
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.fromPem("x".repeat(40_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        JwtKey.fromPem(pem("PUBLIC KEY", Keys.RSA.getPublic()).repeat(2)))
                .withMessageContaining("two blocks");
    }

    @Test
    void keys_that_do_not_fit_are_refused_without_a_word_of_their_content() {
        KeyPair ec = Keys.p256();
        String rsaPrivate = pem("PRIVATE KEY", Keys.RSA.getPrivate());

        Stream.of(
                        pem("PUBLIC KEY", ec.getPublic()) + rsaPrivate,
                        pem("PUBLIC KEY", Keys.OTHER_RSA.getPublic()) + rsaPrivate,
                        pem("PUBLIC KEY", Keys.RSA.getPublic()) + rsaPrivate.replaceFirst("\nM", "\nN"),
                        pem("PUBLIC KEY", Keys.RSA.getPublic()) + rsaPrivate.replaceFirst("\n..", "\n=="),
                        pem("PUBLIC KEY", Keys.ec("secp384r1").getPublic()),
                        pem("PUBLIC KEY", Keys.RSA.getPrivate()))
                .forEach(text -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> JwtKey.fromPem(text))
                        .satisfies(e -> assertThat(text.lines().filter(line -> !line.startsWith("-----")))
                                .noneMatch(e.toString()::contains))
                        .withNoCause());
    }

    private static String pem(String label, Key key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
