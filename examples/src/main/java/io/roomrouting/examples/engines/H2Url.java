package io.roomrouting.examples.engines;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the URL of an H2 file that the processes of a machine share. */
final class H2Url {

    static final String PREFIX = "jdbc:h2:";

    /** A path that means the same to every process: from the root, the home or, said explicitly, the working directory. */
    private static final Pattern FILE = Pattern.compile("(?:file:)?(?:/|~/|\\./|[A-Za-z]:[/\\\\]).+");

    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\);");

    /** What the registry's guarantees stand on. */
    private static final Map<String, String> NEEDED = Map.of("AUTO_SERVER", "TRUE", "WRITE_DELAY", "0");

    private H2Url() {}

    static DatabaseUrl read(String text) {
        String[] parts = SEPARATOR.split(text);
        if (!FILE.matcher(parts[0].substring(PREFIX.length())).matches()) {
            throw new IllegalArgumentException("not a file with a path");
        }
        Map<String, String> options = optionsIn(parts);
        NEEDED.forEach((name, value) -> {
            if (!options.getOrDefault(name, value).equalsIgnoreCase(value)) {
                throw new IllegalArgumentException(name + " has another value than " + value);
            }
            options.put(name, value);
        });
        Login login =
                new Login(Optional.ofNullable(options.remove("USER")), Optional.ofNullable(options.remove("PASSWORD")));
        // What goes wrong is thrown; a trace beside the file would only grow.
        options.putIfAbsent("TRACE_LEVEL_FILE", "0");
        StringBuilder url = new StringBuilder(parts[0]);
        options.forEach(
                (name, value) -> url.append(';').append(name).append('=').append(value));
        return new DatabaseUrl(url.toString(), login);
    }

    private static Map<String, String> optionsIn(String[] parts) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("an option has no value");
            }
            options.put(parts[i].substring(0, equals).strip().toUpperCase(Locale.ROOT), parts[i].substring(equals + 1));
        }
        return options;
    }
}
