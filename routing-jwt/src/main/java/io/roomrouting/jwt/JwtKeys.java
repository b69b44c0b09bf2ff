package io.roomrouting.jwt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ring of keys: at most one signs, all verify. Immutable and thread-safe; {@link #toString()} shows no key material.
 *
 * <p>A token names its key ({@code kid}), and only that key is tried, with its own algorithm. A token without a name is
 * checked with the ring's unnamed key, or with the only one if there is just one; otherwise it is refused.
 */
public final class JwtKeys extends VerificationKeys {

    static final JwtKeys NONE = new JwtKeys(List.of(), null);

    private final List<JwtKey> keys;
    private final @Nullable JwtKey signing;
    private final Map<String, JwtKey> byHeader = new HashMap<>();
    private final Map<Optional<String>, JwtKey> byId = new HashMap<>();

    private JwtKeys(List<JwtKey> keys, @Nullable JwtKey signing) {
        this.keys = keys;
        this.signing = signing;
        for (JwtKey key : keys) {
            byHeader.put(key.header(), key);
            byId.put(key.id(), key);
        }
        if (keys.size() == 1) {
            byId.put(Optional.empty(), keys.get(0));
        }
    }

    /**
     * Returns a ring of one key.
     *
     * @param key signs, if it can, and verifies
     * @return the ring
     * @throws IllegalArgumentException if the key is an HS256 secret of fewer than {@link JwtKey#MIN_SECRET_BYTES} bytes
     */
    public static JwtKeys of(JwtKey key) {
        return key.canSign()
                ? builder().signWith(key).build()
                : builder().verifyWith(key).build();
    }

    /**
     * Starts a ring of several keys.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a JSON Web Key Set (RFC 7517). Keys that are not public EC keys on P-256 or RSA keys for signatures are passed
     * over, as the RFC asks; symmetric keys always are.
     *
     * @param json the set, at most 64 KiB and 64 keys
     * @return a ring that verifies
     * @throws IllegalArgumentException if the text is not a key set, or has no key that can be used
     */
    public static JwtKeys fromJwks(String json) {
        List<JwtKey> found = Jwks.read(json);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the key set has no key that can be used");
        }
        return new JwtKeys(found, null);
    }

    /**
     * Writes the public keys as a JSON Web Key Set (RFC 7517), to be served to those who verify. HS256 secrets and private
     * keys are never part of it; a ring of secrets gives an empty set.
     *
     * @return JSON, media type {@code application/jwk-set+json}
     */
    public String toJwks() {
        return Jwks.write(keys);
    }

    @Override
    public String toString() {
        return "JwtKeys" + keys;
    }

    /** The key whose own tokens begin with exactly this segment. */
    @Nullable JwtKey byHeader(String header) {
        return byHeader.get(header);
    }

    @Nullable JwtKey byId(Optional<String> id) {
        return byId.get(id);
    }

    JwtKey signingKey() {
        if (signing == null) {
            throw new IllegalArgumentException("keys: a key that signs is required (signWith)");
        }
        return signing;
    }

    @Override
    JwtKeys current() {
        return this;
    }

    @Override
    boolean mayBlock() {
        return false;
    }

    @Override
    JwtKeys newerThan(JwtKeys lacking) {
        return this;
    }

    /** Puts a ring together. Not thread-safe. */
    public static final class Builder {

        private final List<JwtKey> keys = new ArrayList<>();
        private @Nullable JwtKey signing;
        private boolean shortSecrets;

        private Builder() {}

        /**
         * Says which key signs; it verifies too.
         *
         * @param key a secret, or a key with its private half
         * @return this
         * @throws IllegalArgumentException if the key cannot sign, or if there is a signing key already
         */
        public Builder signWith(JwtKey key) {
            if (!key.canSign()) {
                throw new IllegalArgumentException("signWith = " + key + " lacks its private half");
            }
            if (signing != null) {
                throw new IllegalArgumentException("signWith = " + key + " is the second; one key signs");
            }
            signing = key;
            keys.add(key);
            return this;
        }

        /**
         * Adds a key that verifies only: one that is about to be introduced, or one that is being retired.
         *
         * @param key the key
         * @return this
         */
        public Builder verifyWith(JwtKey key) {
            keys.add(key);
            return this;
        }

        /**
         * Takes HS256 secrets of fewer than {@link JwtKey#MIN_SECRET_BYTES} bytes. A token sealed with such a secret lets
         * whoever holds it search for the secret; only for trials.
         *
         * @return this
         */
        public Builder allowShortSecrets() {
            shortSecrets = true;
            return this;
        }

        /**
         * Checks the keys.
         *
         * @return the ring
         * @throws IllegalArgumentException if there is no key, a secret is too short, or two keys have one name or none
         */
        public JwtKeys build() {
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("keys: at least one is required");
            }
            if (!shortSecrets && keys.stream().anyMatch(JwtKey::hasShortSecret)) {
                throw new IllegalArgumentException("an HS256 secret is shorter than " + JwtKey.MIN_SECRET_BYTES
                        + " bytes; take a longer one (JwtKey.randomSecret makes one) or allow it (allowShortSecrets)");
            }
            if (keys.stream().map(JwtKey::id).distinct().count() < keys.size()) {
                throw new IllegalArgumentException("keys: two have the same name, or none: " + keys);
            }
            return new JwtKeys(List.copyOf(keys), signing);
        }
    }
}
