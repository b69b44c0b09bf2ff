package io.roomrouting.examples.engines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URL of a PostgreSQL database, as Java's driver or as PostgreSQL's own tools write it. */
final class PostgresUrl {

    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:/?]*)(?::(?<password>[^/?]*))?@)?(?<hosts>[^/?@]+)/(?<rest>.*)");
    private static final Pattern HOST = Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+)(?::(?<port>\\d{1,5}))?");
    private static final int LARGEST_PORT = 65_535;

    private PostgresUrl() {}

    static DatabaseUrl read(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("not a URL of PostgreSQL");
        }
        String hosts = url.group("hosts");
        for (String host : hosts.split(",", -1)) {
            checkHost(host);
        }
        String[] rest = url.group("rest").split("\\?", 2);
        List<String> options = new ArrayList<>(rest.length > 1 ? Arrays.asList(rest[1].split("&")) : List.of());
        Optional<String> user = take(options, "user");
        Optional<String> password = take(options, "password");
        Login login = new Login(
                part(url, "user").or(() -> user), part(url, "password").or(() -> password));
        String query = options.isEmpty() ? "" : "?" + String.join("&", options);
        return new DatabaseUrl("jdbc:postgresql://" + hosts + "/" + rest[0] + query, login);
    }

    /** The driver would log what it cannot read. */
    private static void checkHost(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches() || (parts.group("port") != null && !isPort(Integer.parseInt(parts.group("port"))))) {
            throw new IllegalArgumentException("a host is not one");
        }
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= LARGEST_PORT;
    }

    private static Optional<String> part(Matcher url, String name) {
        return Optional.ofNullable(url.group(name)).flatMap(PercentEncoding::decoded);
    }

    private static Optional<String> take(List<String> options, String name) {
        Optional<String> option =
                options.stream().filter(text -> text.startsWith(name + "=")).findFirst();
        option.ifPresent(options::remove);
        return option.map(text -> text.substring(name.length() + 1)).flatMap(PercentEncoding::decoded);
    }
}
