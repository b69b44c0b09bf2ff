package io.roomrouting.socketio.admin;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept in the place of a password: PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2) and a salt of its own. Written
 * as {@code pbkdf2-sha256$ITERATIONS$SALT$HASH}, the last two in base64 (RFC 4648, section 4) without padding. Immutable.
 */
public final class PasswordHash {

    private static final Pattern FORM =
            Pattern.compile("pbkdf2-sha256\\$(\\d{1,8})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

    /** What OWASP's password storage cheat sheet has asked for since 2023. */
    private static final int ITERATIONS = 600_000;

    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Hashes a password. Takes some tenths of a second.
     *
     * @param password not empty
     * @return its hash, each time another one
     * @throws IllegalArgumentException if the password is empty
     */
    public static PasswordHash of(String password) {
        return of(password, ITERATIONS);
    }

    static PasswordHash of(String password, int iterations) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the password is empty");
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, iterations, salt));
    }

    /**
     * Reads a hash.
     *
     * @param text as {@link #text} writes it
     * @return the hash
     * @throws IllegalArgumentException if it is not of that form, or asks for more than 10,000,000 iterations
     */
    public static PasswordHash parse(String text) {
        Matcher parts = FORM.matcher(text);
        int iterations = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException("a password's hash is not pbkdf2-sha256$ITERATIONS$SALT$HASH, with 1 to "
                    + MOST_ITERATIONS + " iterations");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new PasswordHash(iterations, base64.decode(parts.group(2)), base64.decode(parts.group(3)));
    }

    /**
     * Writes it.
     *
     * @return for {@link #parse}; who knows it can try passwords at home, so it is a secret too
     */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "pbkdf2-sha256$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /**
     * Says whether it is the hash of a password. Takes as long as making it.
     *
     * @param password the password
     * @return whether
     */
    public boolean matches(String password) {
        return !password.isEmpty() && MessageDigest.isEqual(hash, derive(password, iterations, salt));
    }

    private static byte[] derive(String password, int iterations, byte[] salt) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", e);
        } finally {
            key.clearPassword();
        }
    }

    /** Keeps it out of logs. */
    @Override
    public String toString() {
        return "PasswordHash[***]";
    }
}
