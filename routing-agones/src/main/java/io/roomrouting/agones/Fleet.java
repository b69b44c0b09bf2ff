package io.roomrouting.agones;

import io.roomrouting.RoutingException;
import java.util.regex.Pattern;

/**
 * Which game servers rooms are placed on.
 *
 * @param namespace the Kubernetes namespace of the fleet, as in {@code metadata.namespace}
 * @param name the fleet, as in {@code metadata.name}
 * @param counter the counter of the fleet's template that counts rooms, a key of {@code spec.template.spec.counters}; its
 *     capacity is how many rooms a game server takes
 * @param port the port that clients connect to, the {@code name} of one of {@code spec.template.spec.ports}
 */
public record Fleet(String namespace, String name, String counter, String port) {

    /** The counter of a fleet that was described without one. */
    public static final String DEFAULT_COUNTER = "rooms";

    /** The port of a fleet that was described without one. */
    public static final String DEFAULT_PORT = "default";

    private static final Pattern KUBERNETES_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern COUNTER = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    /**
     * Checks the names.
     *
     * @throws RoutingException.InvalidRequest if one is not a name that Kubernetes takes
     */
    public Fleet {
        check("namespace", namespace, KUBERNETES_NAME);
        check("fleet", name, KUBERNETES_NAME);
        check("counter", counter, COUNTER);
        check("port", port, KUBERNETES_NAME);
    }

    /**
     * Names a fleet that counts its rooms with {@link #DEFAULT_COUNTER} and serves on {@link #DEFAULT_PORT}.
     *
     * @param namespace the namespace
     * @param name the fleet
     * @return the fleet
     */
    public static Fleet of(String namespace, String name) {
        return new Fleet(namespace, name, DEFAULT_COUNTER, DEFAULT_PORT);
    }

    /**
     * Returns the same fleet with another counter.
     *
     * @param value the counter
     * @return a changed copy
     */
    public Fleet withCounter(String value) {
        return new Fleet(namespace, name, value, port);
    }

    /**
     * Returns the same fleet with another port.
     *
     * @param value the port's name
     * @return a changed copy
     */
    public Fleet withPort(String value) {
        return new Fleet(namespace, name, counter, value);
    }

    /** Says whether a text can be the name of a game server, and the value of a label. */
    static boolean isGameServerName(String text) {
        return KUBERNETES_NAME.matcher(text).matches();
    }

    static void checkCounter(String counter) {
        check("counter", counter, COUNTER);
    }

    private static void check(String what, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw RoutingException.invalid("the " + what + " '" + value + "' is not a name that Kubernetes takes");
        }
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
