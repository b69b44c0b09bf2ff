package io.roomrouting.examples.settings;

import io.roomrouting.jwt.JwksUrl;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.VerificationKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which keys sign and check tokens: one secret that all share, or a key pair of which session servers need half. */
public final class TokenSettings {

    /** The secret that all backends and session servers share. */
    public static final Setting<Optional<String>> JWT_SECRET = Setting.<String>of(
                    "JWT_SECRET",
                    "signs and checks tokens (HS256); the same for every backend and session server",
                    "any text, best 32 random bytes or more (openssl rand -base64 32 makes one)",
                    text -> text)
            .secret()
            .orElseNone("a key pair is needed instead");

    /** The backend's key pair. */
    public static final Setting<Optional<JwtKey>> JWT_KEY_FILE = Setting.of(
                    "JWT_KEY_FILE",
                    "instead of JWT_SECRET: the key pair that signs tokens; its public half is published at"
                            + " /.well-known/jwks.json",
                    "the path of a PEM file with PRIVATE KEY and PUBLIC KEY, EC P-256 (ES256) or RSA (RS256)",
                    TokenSettings::signingKeyIn)
            .orElseNone("JWT_SECRET is used");

    /** The backend's key pair before the current one. */
    public static final Setting<Optional<JwtKey>> JWT_PREVIOUS_KEY_FILE = Setting.of(
                    "JWT_PREVIOUS_KEY_FILE",
                    "the key pair before JWT_KEY_FILE, whose tokens are still accepted while it is being replaced",
                    "the path of a PEM file with PUBLIC KEY",
                    TokenSettings::keyIn)
            .orElseNone("only JWT_KEY_FILE's tokens are accepted");

    /** The session server's half of the backend's key pair. */
    public static final Setting<Optional<JwtKey>> JWT_PUBLIC_KEY_FILE = Setting.of(
                    "JWT_PUBLIC_KEY_FILE",
                    "instead of JWT_SECRET: the public half of the backend's key pair",
                    "the path of a PEM file with PUBLIC KEY, EC P-256 (ES256) or RSA (RS256)",
                    TokenSettings::keyIn)
            .orElseNone("JWT_SECRET or JWKS_URL is used");

    /** Where a session server reads the backend's public keys. */
    public static final Setting<Optional<JwksUrl>> JWKS_URL = Setting.of(
                    "JWKS_URL",
                    "instead of JWT_SECRET: where the backend publishes its public keys",
                    "an http or https URL, such as https://backend.example.com/.well-known/jwks.json",
                    text -> JwksUrl.of(URI.create(text)))
            .orElseNone("JWT_SECRET or JWT_PUBLIC_KEY_FILE is used");

    private static final Logger LOG = LoggerFactory.getLogger(TokenSettings.class);

    private TokenSettings() {}

    /**
     * Returns what a backend reads.
     *
     * @return the settings, in the order of the help
     */
    public static List<Setting<?>> ofBackend() {
        return List.of(JWT_SECRET, JWT_KEY_FILE, JWT_PREVIOUS_KEY_FILE);
    }

    /**
     * Returns what a session server reads.
     *
     * @return the settings, in the order of the help
     */
    public static List<Setting<?>> ofSession() {
        return List.of(JWT_SECRET, JWT_PUBLIC_KEY_FILE, JWKS_URL);
    }

    /**
     * Reads a backend's keys. Warns of a short secret.
     *
     * @param settings what the operator has set
     * @return a ring with a key that signs
     */
    public static JwtKeys signingKeys(Settings settings) {
        Optional<JwtKey> pair = settings.get(JWT_KEY_FILE);
        requireExactlyOne(settings, List.of(JWT_SECRET, JWT_KEY_FILE));
        JwtKeys.Builder keys = JwtKeys.builder().allowShortSecrets().signWith(pair.orElseGet(() -> secretIn(settings)));
        settings.get(JWT_PREVIOUS_KEY_FILE).ifPresent(keys::verifyWith);
        return keys.build();
    }

    /**
     * Reads a session server's keys. Warns of a short secret.
     *
     * @param settings what the operator has set
     * @return keys that verify
     */
    public static VerificationKeys verificationKeys(Settings settings) {
        requireExactlyOne(settings, List.of(JWT_SECRET, JWT_PUBLIC_KEY_FILE, JWKS_URL));
        Optional<JwksUrl> url = settings.get(JWKS_URL);
        if (url.isPresent()) {
            return url.get();
        }
        JwtKey key = settings.get(JWT_PUBLIC_KEY_FILE).orElseGet(() -> secretIn(settings));
        return JwtKeys.builder().allowShortSecrets().verifyWith(key).build();
    }

    private static void requireExactlyOne(Settings settings, List<Setting<? extends Optional<?>>> alternatives) {
        List<String> given = alternatives.stream()
                .filter(setting -> settings.get(setting).isPresent())
                .map(Setting::name)
                .toList();
        if (given.isEmpty()) {
            throw JWT_SECRET.missing();
        }
        if (given.size() > 1) {
            throw new ConfigurationException(String.join(" and ", given) + " are both set; expected: only one of them");
        }
    }

    private static JwtKey secretIn(Settings settings) {
        String secret = settings.get(JWT_SECRET).orElseThrow(JWT_SECRET::missing);
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < JwtKey.MIN_SECRET_BYTES) {
            LOG.warn(
                    "JWT_SECRET has only {} bytes, so that it can be guessed and tokens forged;"
                            + " make a strong one with: openssl rand -base64 32",
                    bytes);
        }
        return JwtKey.hs256(secret);
    }

    private static JwtKey signingKeyIn(String path) {
        JwtKey key = keyIn(path);
        if (!key.canSign()) {
            throw new IllegalArgumentException("the private half is missing");
        }
        return key;
    }

    private static JwtKey keyIn(String path) {
        try {
            return JwtKey.fromPem(Files.readString(Path.of(path)));
        } catch (IOException e) {
            throw new IllegalArgumentException("not readable", e);
        }
    }
}
