package io.roomrouting.examples.settings;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the operator has set: environment variables, and below them the file {@code .env}. Immutable. */
public final class Settings {

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Takes settings from a map.
     *
     * @param values text by name
     * @return the settings
     */
    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /**
     * Reads {@code .env} in a directory, if there is one, and puts the environment on top: a variable that is set there,
     * even to nothing, hides the file's.
     *
     * @param environment the environment variables
     * @param directory where the file may be
     * @return the settings
     * @throws ConfigurationException if the file cannot be read
     */
    public static Settings load(Map<String, String> environment, Path directory) {
        Map<String, String> values = new HashMap<>(fileIn(directory));
        values.putAll(environment);
        return new Settings(values);
    }

    /**
     * Reads a setting.
     *
     * @param setting which one
     * @param <T> what it is read as
     * @return its value, or what holds without one
     * @throws ConfigurationException if it is missing or does not fit
     */
    public <T> T get(Setting<T> setting) {
        return setting.read(name -> Optional.ofNullable(values.get(name)));
    }

    private static Map<String, String> fileIn(Path directory) {
        try {
            Dotenv file = Dotenv.configure()
                    .directory(directory.toAbsolutePath().toString())
                    .ignoreIfMissing()
                    .load();
            Map<String, String> values = new HashMap<>();
            for (DotenvEntry entry : file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                values.put(entry.getKey(), entry.getValue());
            }
            return values;
        } catch (DotenvException e) {
            // The exception's own message quotes the line, which may hold a secret.
            throw new ConfigurationException(
                    ".env has a line that is not accepted; expected: NAME=value, or # and a remark", e);
        }
    }
}
