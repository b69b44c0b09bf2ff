package io.roomrouting.examples.settings;

import java.util.Optional;

/** Which application at Hathora is meant, and the secret that opens it. */
public final class HathoraSettings {

    /** The application. */
    public static final Setting<Optional<String>> APP_ID = Setting.<String>of(
                    "HATHORA_APP_ID",
                    "the application at Hathora whose processes rooms live in",
                    "letters, digits, hyphens and underscores; together with HATHORA_TOKEN",
                    HathoraSettings::id)
            .orElseNone("the hosts of SESSION_SERVER_HOST are used");

    /** Its secret. */
    public static final Setting<Optional<String>> TOKEN = Setting.<String>of(
                    "HATHORA_TOKEN",
                    "the application's token at Hathora",
                    "printable characters without blanks; together with HATHORA_APP_ID",
                    HathoraSettings::token)
            .secret()
            .orElseNone("the hosts of SESSION_SERVER_HOST are used");

    private HathoraSettings() {}

    /**
     * An application and its secret.
     *
     * @param appId the application
     * @param token a secret, left out of {@link #toString()}
     */
    public record Access(String appId, String token) {

        @Override
        public String toString() {
            return "Access[appId=" + appId + ", token=<redacted>]";
        }
    }

    /**
     * Reads both.
     *
     * @param settings what the operator has set
     * @return the application; empty if neither is set
     * @throws ConfigurationException if only one of them is
     */
    public static Optional<Access> in(Settings settings) {
        Optional<String> appId = settings.get(APP_ID);
        Optional<String> token = settings.get(TOKEN);
        if (appId.isEmpty() && token.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Access(appId.orElseThrow(APP_ID::missing), token.orElseThrow(TOKEN::missing)));
    }

    private static String id(String text) {
        if (!text.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new IllegalArgumentException("not an id");
        }
        return text;
    }

    private static String token(String text) {
        if (!text.matches("[\\x21-\\x7e]{1,8192}")) {
            throw new IllegalArgumentException("not a token");
        }
        return text;
    }
}
