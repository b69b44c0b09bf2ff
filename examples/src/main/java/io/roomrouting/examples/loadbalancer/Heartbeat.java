package io.roomrouting.examples.loadbalancer;

import io.roomrouting.HostAddress;
import io.roomrouting.RoutingException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server says of itself.
 *
 * @param address where clients reach it, and its name
 * @param cpus how many processors it has
 * @param rooms how many places are taken
 * @param capacity how many rooms it takes
 * @param version what it runs
 */
record Heartbeat(HostAddress address, int cpus, int rooms, int capacity, String version) {

    private static final int MOST = 1_000_000;
    private static final int LONGEST_NAME = 260;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+~-]{1,64}");

    /**
     * Reads what stands in a request.
     *
     * @param capacity of servers that do not tell it, it is the number of their processors
     * @param scheme {@code http}, the default, or {@code https}
     * @throws RoutingException.InvalidRequest if something is not as it should be
     */
    static Heartbeat read(
            String name,
            String cpus,
            String rooms,
            String version,
            Optional<String> capacity,
            Optional<String> scheme) {
        HostAddress server = server(name);
        int processors = number("cpus", cpus);
        return new Heartbeat(
                new HostAddress(server.host(), server.port(), isSecure(scheme.orElse("http"))),
                processors,
                number("rooms", rooms),
                capacity.map(text -> number("capacity", text)).orElse(processors),
                version(version));
    }

    /** Reads a server's name. */
    static HostAddress server(String name) {
        if (name.length() > LONGEST_NAME || name.contains("/")) {
            throw RoutingException.invalid("a server's name is host:port");
        }
        return HostAddress.parse(name.toLowerCase(Locale.ROOT));
    }

    /** Reads a version. */
    static String version(String text) {
        if (!VERSION.matcher(text).matches()) {
            throw RoutingException.invalid("a version is 1 to 64 of A-Z a-z 0-9 . _ + ~ -");
        }
        return text;
    }

    String url() {
        return (address.secure() ? "https://" : "http://") + address.authority();
    }

    private static int number(String what, String text) {
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > MOST) {
            throw RoutingException.invalid(what + " is a whole number from 0 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    private static boolean isSecure(String scheme) {
        return switch (scheme) {
            case "http" -> false;
            case "https" -> true;
            default -> throw RoutingException.invalid("scheme is http or https");
        };
    }
}
