package io.roomrouting.examples.chatroom.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a client shows to stay logged in: which login it belongs to, and a secret. Every token of a login has the same first
 * half, so that one that was replaced long ago can still be told to be this login's.
 *
 * @param login 128 random bits, the same as long as the user stays logged in on a device
 * @param secret 256 bits that nobody can guess
 */
record RefreshToken(String login, String secret) {

    private static final Pattern FORM = Pattern.compile("(?<login>[A-Za-z0-9_-]{22})\\.(?<secret>[A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LOGIN_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    static RefreshToken random() {
        return new RefreshToken(randomText(LOGIN_BYTES), randomText(SECRET_BYTES));
    }

    static Optional<RefreshToken> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new RefreshToken(parts.group("login"), parts.group("secret")))
                : Optional.empty();
    }

    /** Makes what {@link #successor} needs besides this token. */
    static String randomSalt() {
        return randomText(SECRET_BYTES);
    }

    /**
     * Returns the token that takes the place of this one. It follows from this token and the salt and from neither alone, so that
     * it can be told again to a client that missed it, although only its hash is kept.
     */
    RefreshToken successor(String salt) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.US_ASCII), HMAC));
            return new RefreshToken(login, base64(mac.doFinal(secret.getBytes(StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /** What is kept of it. The secret is too long to be guessed, so that a fast hash will do. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return base64(digest.digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As the client gets it. */
    String text() {
        return login + "." + secret;
    }

    @Override
    public String toString() {
        return "RefreshToken[<redacted>]";
    }

    private static String randomText(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return base64(random);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
