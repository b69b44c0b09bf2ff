package io.roomrouting.examples.settings;

import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys that operators and servers present to a server. */
public final class ApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
    private static final int SHORTEST_STRONG = 16;
    private static final Pattern FORM = Pattern.compile("[!-~]{1,1024}");

    private ApiKeys() {}

    /**
     * Declares a key that must be given.
     *
     * @param name the environment variable
     * @param purpose what it opens, in a few words
     * @return the setting; its value is a secret
     */
    public static Setting<String> setting(String name, String purpose) {
        return Setting.<String>of(
                        name,
                        purpose,
                        "1 to 1024 printable characters without blanks, best 32 random ones"
                                + " (openssl rand -hex 16 makes them)",
                        ApiKeys::checked)
                .secret();
    }

    /**
     * Reads a key, and warns of one that is short enough to be guessed.
     *
     * @param settings what the operator has set
     * @param setting one of {@link #setting}
     * @return the key, a secret
     */
    public static String read(Settings settings, Setting<String> setting) {
        String key = settings.get(setting);
        warnIfShort(setting.name(), key);
        return key;
    }

    /**
     * Reads a key that may be left out, and warns of one that is short enough to be guessed.
     *
     * @param settings what the operator has set
     * @param setting one of {@link #setting}, with words for what holds without it
     * @return the key, a secret; empty if it is not set
     */
    public static Optional<String> find(Settings settings, Setting<Optional<String>> setting) {
        Optional<String> key = settings.get(setting);
        key.ifPresent(given -> warnIfShort(setting.name(), given));
        return key;
    }

    private static void warnIfShort(String name, String key) {
        if (key.length() < SHORTEST_STRONG) {
            LOG.warn(
                    "{} has only {} characters, so that it can be guessed;"
                            + " make a strong one with: openssl rand -hex 16",
                    name,
                    key.length());
        }
    }

    private static String checked(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a key");
        }
        return text;
    }
}
