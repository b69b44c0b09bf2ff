package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.SignatureGenerationException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The cryptography of one key, done by java-jwt. A signature has one accepted spelling: the characters that this class
 * would write, although base64url decoders take others too.
 */
final class Seal {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Algorithm crypto;
    private final boolean symmetric;

    private Seal(Algorithm crypto, boolean symmetric) {
        this.crypto = crypto;
        this.symmetric = symmetric;
    }

    static Seal ofSecret(byte[] secret) {
        return new Seal(Algorithm.HMAC256(secret), true);
    }

    /** Without a private key it only verifies. */
    static Seal ofKeys(PublicKey publicKey, @Nullable PrivateKey privateKey) {
        if (publicKey instanceof ECPublicKey ec && (privateKey == null || privateKey instanceof ECPrivateKey)) {
            return new Seal(Algorithm.ECDSA256(ec, (ECPrivateKey) privateKey), false);
        }
        if (publicKey instanceof RSAPublicKey rsa && (privateKey == null || privateKey instanceof RSAPrivateKey)) {
            return new Seal(Algorithm.RSA256(rsa, (RSAPrivateKey) privateKey), false);
        }
        throw new IllegalArgumentException("the private key is not of the public key's kind");
    }

    /** The third segment for these two; the payload is already base64url. */
    String sign(String header, byte[] payload) {
        try {
            return BASE64.encodeToString(crypto.sign(header.getBytes(ISO_8859_1), payload));
        } catch (SignatureGenerationException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    /** Whether this key made the token's signature, whatever the token's header says. */
    boolean isOn(TokenParts token) {
        return symmetric ? hasEqualCode(token) : hasValidSignature(token);
    }

    /** Computes the code anew, which saves java-jwt's reading of the claims: half of the time. */
    private boolean hasEqualCode(TokenParts token) {
        byte[] expected = sign(token.header(), token.payloadBytes()).getBytes(ISO_8859_1);
        return MessageDigest.isEqual(expected, token.signature().getBytes(ISO_8859_1));
    }

    private boolean hasValidSignature(TokenParts token) {
        try {
            crypto.verify(JWT.decode(token.whole()));
        } catch (JWTVerificationException e) {
            return false;
        }
        byte[] signature = Base64.getUrlDecoder().decode(token.signature());
        return BASE64.encodeToString(signature).equals(token.signature());
    }
}
