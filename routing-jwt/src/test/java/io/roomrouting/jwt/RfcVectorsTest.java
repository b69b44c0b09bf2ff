package io.roomrouting.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of the standards, so that tokens and keys of other implementations are understood. */
class RfcVectorsTest {

    /** RFC 7515, appendix A.1; the claims of A.2 and A.3 are the same. */
    private static final String CLAIMS =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private static final String HS256_HEADER = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9";
    private static final String HS256_SIGNATURE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final JwtKey HS256 = JwtKey.hs256(Base64.getUrlDecoder()
            .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));

    /** RFC 7515, appendix A.3. */
    private static final String ES256_HEADER = "eyJhbGciOiJFUzI1NiJ9";

    private static final String ES256_SIGNATURE =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    private static final String ES256_KEY = "{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
            + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

    /** RFC 7638, section 3.1. */
    private static final String RSA_KEY = "{\"kty\":\"RSA\","
            + "\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\","
            + "\"e\":\"AQAB\",\"alg\":\"RS256\",\"kid\":\"2011-04-29\"}";

    @Test
    void the_hmac_example_is_well_sealed() {
        TokenParts token = TokenParts.split(HS256_HEADER + "." + CLAIMS + "." + HS256_SIGNATURE);

        assertThat(HS256.hasSealed(token)).isTrue();
        assertThat(TokenHeader.parse(token.header())).isEqualTo(new TokenHeader(Optional.empty(), "HS256"));
        Claims claims = Claims.parse(TokenParts.decode("payload", token.payloadBytes()));
        assertThat(claims.text("iss")).isEqualTo("joe");
        assertThat(claims.whole("exp")).isEqualTo(1300819380);
        assertThat(claims.flag("http://example.com/is_root")).isTrue();
    }

    @Test
    void the_ecdsa_example_is_well_sealed_and_a_changed_one_is_not() {
        JwtKey key = onlyKey(ES256_KEY);
        String token = ES256_HEADER + "." + CLAIMS + "." + ES256_SIGNATURE;

        assertThat(key.hasSealed(TokenParts.split(token))).isTrue();
        assertThat(key.hasSealed(TokenParts.split(token.replace("J9.eyJpc3Mi", "J9.eyJpc3MI"))))
                .isFalse();
    }

    @Test
    void the_thumbprint_of_the_example_key_is_the_given_one() {
        JwtKey key = onlyKey(RSA_KEY);

        assertThat(key.id()).contains("2011-04-29");
        assertThat(Jwks.thumbprint(key.publicKey().orElseThrow()))
                .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    private static JwtKey onlyKey(String jwk) {
        return Jwks.read("{\"keys\":[" + jwk + "]}").get(0);
    }
}
