package io.roomrouting.jwt;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys in PEM (RFC 7468). No message quotes the text, which may hold a private key. */
final class Pem {

    private static final int MAX_LENGTH = 32 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    static JwtKey read(String pem) {
        if (pem.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the PEM text has more than " + MAX_LENGTH + " characters");
        }
        Map<String, byte[]> blocks = blocks(pem);
        byte[] publicKey = blocks.get("PUBLIC KEY");
        if (publicKey == null) {
            throw new IllegalArgumentException(
                    "the PEM text has no block PUBLIC KEY; openssl pkey -pubout makes it from a private key");
        }
        byte[] privateKey = blocks.get("PRIVATE KEY");
        return privateKey == null ? JwtKey.ofPublic(publicKey(publicKey)) : pair(publicKey(publicKey), privateKey);
    }

    private static Map<String, byte[]> blocks(String pem) {
        Map<String, byte[]> blocks = new HashMap<>();
        Matcher matcher = BLOCK.matcher(pem);
        while (matcher.find()) {
            String label = matcher.group(1);
            if (!label.equals("PUBLIC KEY") && !label.equals("PRIVATE KEY")) {
                throw new IllegalArgumentException(
                        "the PEM text has a block " + label
                                + "; only PUBLIC KEY and PRIVATE KEY are read, and openssl pkcs8 -topk8 -nocrypt converts others");
            }
            if (blocks.put(label, decode(label, matcher.group(2))) != null) {
                throw new IllegalArgumentException("the PEM text has two blocks " + label);
            }
        }
        return blocks;
    }

    private static byte[] decode(String label, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Not chained, like all causes here: a message could hold a piece of a private key.
            throw new IllegalArgumentException("the PEM text's block " + label + " is not base64");
        }
    }

    private static PublicKey publicKey(byte[] x509) {
        return publicKey("EC", x509)
                .or(() -> publicKey("RSA", x509))
                .orElseThrow(() ->
                        new IllegalArgumentException("the PEM text's public key is neither an EC nor an RSA key"));
    }

    private static Optional<PublicKey> publicKey(String type, byte[] x509) {
        try {
            return Optional.of(KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(x509)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // It is of another type.
        }
    }

    private static JwtKey pair(PublicKey publicKey, byte[] pkcs8) {
        try {
            KeyFactory factory = KeyFactory.getInstance(publicKey.getAlgorithm());
            return JwtKey.ofPair(new KeyPair(publicKey, factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the PEM text's private key is not of the public key's kind: " + publicKey.getAlgorithm());
        }
    }
}
