package io.roomrouting.jwt;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.SignatureGenerationException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** ES256 and RS256, done by java-jwt. */
final class SignatureSeal implements Seal {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Algorithm algorithm;

    /** Without a private key it only verifies. */
    SignatureSeal(PublicKey publicKey, @Nullable PrivateKey privateKey) {
        if (publicKey instanceof ECPublicKey ec && (privateKey == null || privateKey instanceof ECPrivateKey)) {
            algorithm = Algorithm.ECDSA256(ec, (ECPrivateKey) privateKey);
        } else if (publicKey instanceof RSAPublicKey rsa
                && (privateKey == null || privateKey instanceof RSAPrivateKey)) {
            algorithm = Algorithm.RSA256(rsa, (RSAPrivateKey) privateKey);
        } else {
            throw new IllegalArgumentException("the private key is not of the public key's kind");
        }
    }

    @Override
    public byte[] sign(byte[] header, byte[] payload) {
        try {
            return BASE64.encode(algorithm.sign(header, payload));
        } catch (SignatureGenerationException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    @Override
    public boolean isOn(TokenParts token) {
        try {
            algorithm.verify(JWT.decode(token.whole()));
        } catch (JWTVerificationException e) {
            return false;
        }
        byte[] signature = Base64.getUrlDecoder().decode(token.signature());
        return BASE64.encodeToString(signature).equals(token.signature());
    }
}
