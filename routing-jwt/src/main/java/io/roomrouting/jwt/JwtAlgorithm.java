package io.roomrouting.jwt;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;

/** The algorithms that seal tokens, by their names in RFC 7518. There is no other, and {@code none} is not one. */
enum JwtAlgorithm {
    HS256,
    ES256,
    RS256;

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    /** The curve of ES256. */
    static final ECParameterSpec P256 = p256();

    /** Which algorithm a public key is for. */
    static JwtAlgorithm of(PublicKey key) {
        if (key instanceof ECPublicKey ec && isP256(ec.getParams())) {
            return ES256;
        }
        if (key instanceof RSAPublicKey rsa && isGoodSize(rsa.getModulus().bitLength())) {
            return RS256;
        }
        throw new IllegalArgumentException("a public key is an EC key on P-256, for ES256, or an RSA key of "
                + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits, for RS256");
    }

    private static boolean isGoodSize(int bits) {
        return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS;
    }

    private static boolean isP256(@Nullable ECParameterSpec curve) {
        return curve != null
                && curve.getCurve().equals(P256.getCurve())
                && curve.getGenerator().equals(P256.getGenerator())
                && curve.getOrder().equals(P256.getOrder())
                && curve.getCofactor() == P256.getCofactor();
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks the curve P-256", e);
        }
    }
}
