package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key with its algorithm and, mostly, a name ({@code kid}). Immutable; {@link #toString()} shows no key material.
 *
 * <p>An HS256 secret both signs and verifies. An ES256 or RS256 key verifies, and signs if its private half is there;
 * its name is, by default, its RFC 7638 thumbprint.
 *
 * <p>To sign and to verify costs 1 or 2 microseconds with HS256, about 1000 and 50 with RS256, and 500 and 1000 with ES256
 * (150 and 400 on Java 25), measured on one core of a server.
 */
public final class JwtKey {

    /** The shortest HS256 secret that is taken without asking, in bytes: as long as the seal that it makes. */
    public static final int MIN_SECRET_BYTES = 32;

    private static final int MAX_ID_LENGTH = 128;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Optional<String> id;
    private final JwtAlgorithm algorithm;
    private final Seal seal;
    private final @Nullable PublicKey publicKey;
    private final boolean canSign;
    private final boolean shortSecret;
    private final String header;

    private JwtKey(
            Optional<String> id,
            JwtAlgorithm algorithm,
            Seal seal,
            @Nullable PublicKey publicKey,
            boolean canSign,
            boolean shortSecret) {
        this.id = id;
        this.algorithm = algorithm;
        this.seal = seal;
        this.publicKey = publicKey;
        this.canSign = canSign;
        this.shortSecret = shortSecret;
        this.header = TokenHeader.encode(algorithm, id);
    }

    /**
     * Returns an HS256 key without a name.
     *
     * @param secret any text, taken as UTF-8; a ring of keys refuses fewer than {@link #MIN_SECRET_BYTES} bytes unless it
     *     is told otherwise
     * @return the key
     * @throws IllegalArgumentException if the secret is empty
     */
    public static JwtKey hs256(String secret) {
        return hs256(secret.getBytes(UTF_8));
    }

    /**
     * Returns an HS256 key without a name.
     *
     * @param secret any bytes, copied; a ring of keys refuses fewer than {@link #MIN_SECRET_BYTES} unless it is told
     *     otherwise
     * @return the key
     * @throws IllegalArgumentException if the secret is empty
     */
    public static JwtKey hs256(byte[] secret) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("an HS256 secret is never empty");
        }
        boolean isShort = secret.length < MIN_SECRET_BYTES;
        return new JwtKey(Optional.empty(), JwtAlgorithm.HS256, new HmacSeal(secret), null, true, isShort);
    }

    /**
     * Returns a key that signs and verifies: ES256 for a pair on the curve P-256, RS256 for an RSA pair.
     *
     * @param pair the pair
     * @return the key, named by its thumbprint
     * @throws IllegalArgumentException if the pair is of another kind, an RSA key has not 2048 to 8192 bits, or the halves
     *     do not belong together
     */
    public static JwtKey ofPair(KeyPair pair) {
        JwtKey key = ofPublic(pair.getPublic(), pair.getPrivate());
        String probe = key.seal("{}".getBytes(UTF_8));
        if (!key.hasSealed(TokenParts.split(probe))) {
            throw new IllegalArgumentException("the private key does not belong to the public key");
        }
        return key;
    }

    /**
     * Returns a key that only verifies: ES256 for an EC key on the curve P-256, RS256 for an RSA key.
     *
     * @param publicKey the key
     * @return the key, named by its thumbprint
     * @throws IllegalArgumentException if the key is of another kind, or an RSA key has not 2048 to 8192 bits
     */
    public static JwtKey ofPublic(PublicKey publicKey) {
        return ofPublic(publicKey, null);
    }

    /**
     * Reads an ES256 or RS256 key from PEM text: a block {@code PUBLIC KEY} (X.509) and, to sign, a block
     * {@code PRIVATE KEY} (PKCS #8, not encrypted), in any order.
     *
     * <p>Such text is made by {@code openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem} and
     * {@code openssl pkey -in key.pem -pubout >> key.pem}.
     *
     * @param pem the text
     * @return the key, named by its thumbprint
     * @throws IllegalArgumentException if the text is anything else; the message says what and never quotes it
     */
    public static JwtKey fromPem(String pem) {
        return Pem.read(pem);
    }

    /**
     * Makes up a secret of 256 random bits.
     *
     * @return 43 characters of base64url, to be given to {@link #hs256(String)} by all who share it
     */
    public static String randomSecret() {
        byte[] bits = new byte[MIN_SECRET_BYTES];
        new SecureRandom().nextBytes(bits);
        return BASE64.encodeToString(bits);
    }

    /**
     * Returns the same key under a name, which tokens carry as {@code kid} so that whoever verifies finds the key.
     *
     * @param value 1 to 128 printable ASCII characters without blanks; not a secret
     * @return a named copy
     * @throws IllegalArgumentException if the name is anything else
     */
    public JwtKey withId(String value) {
        if (!isId(value)) {
            throw new IllegalArgumentException(
                    "a key's name (kid) is 1 to " + MAX_ID_LENGTH + " printable ASCII characters without blanks");
        }
        return new JwtKey(Optional.of(value), algorithm, seal, publicKey, canSign, shortSecret);
    }

    /**
     * Returns the name.
     *
     * @return the {@code kid}, if the key has one
     */
    public Optional<String> id() {
        return id;
    }

    /**
     * Says whether tokens can be signed with the key.
     *
     * @return false if only the public half is there
     */
    public boolean canSign() {
        return canSign;
    }

    @Override
    public String toString() {
        return "JwtKey[" + algorithm + ", id=" + id.orElse("none") + ", key=<redacted>]";
    }

    static boolean isId(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_ID_LENGTH
                && value.chars().allMatch(c -> c > ' ' && c < 127);
    }

    JwtAlgorithm algorithm() {
        return algorithm;
    }

    boolean hasShortSecret() {
        return shortSecret;
    }

    Optional<PublicKey> publicKey() {
        return Optional.ofNullable(publicKey);
    }

    /** The first segment of every token that this key seals. */
    String header() {
        return header;
    }

    /** Makes a token of a payload, which is JSON. */
    String seal(byte[] json) {
        byte[] payload = BASE64.encode(json);
        byte[] signature = seal.sign(header.getBytes(ISO_8859_1), payload);
        return header + "." + new String(payload, ISO_8859_1) + "." + new String(signature, ISO_8859_1);
    }

    /** Whether this key made the token, whatever the token's header says. */
    boolean hasSealed(TokenParts token) {
        return seal.isOn(token);
    }

    private static JwtKey ofPublic(PublicKey publicKey, @Nullable PrivateKey privateKey) {
        JwtAlgorithm algorithm = JwtAlgorithm.of(publicKey);
        Seal seal = new SignatureSeal(publicKey, privateKey);
        return new JwtKey(
                Optional.of(Jwks.thumbprint(publicKey)), algorithm, seal, publicKey, privateKey != null, false);
    }
}
