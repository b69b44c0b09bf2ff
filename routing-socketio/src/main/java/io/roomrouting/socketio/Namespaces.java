package io.roomrouting.socketio;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Says which namespaces there are; a fixed map, or a rule. Thread-safe; does not block. */
@FunctionalInterface
public interface Namespaces {

    /**
     * Finds a namespace.
     *
     * @param name begins with a slash; 1 to 255 characters, chosen by a client
     * @return who decides about it; empty if there is no such namespace, which the client is told
     */
    Optional<NamespaceHandler> find(String name);

    /**
     * Returns these namespaces and no others.
     *
     * @param handlers by name, each beginning with a slash
     * @return a copy of the map
     * @throws IllegalArgumentException if a name does not begin with a slash
     */
    static Namespaces of(Map<String, NamespaceHandler> handlers) {
        Map<String, NamespaceHandler> copy = Map.copyOf(handlers);
        copy.keySet().stream().filter(name -> !name.startsWith("/")).findAny().ifPresent(name -> {
            throw new IllegalArgumentException("namespace '" + name + "' does not begin with a slash");
        });
        return name -> Optional.ofNullable(copy.get(name));
    }

    /**
     * Returns all namespaces whose whole name a pattern matches.
     *
     * @param names is matched against what strangers send: one that may take exponential time is a danger
     * @param handler decides about all of them; {@link ConnectRequest#namespace} says which it is
     * @return the rule
     */
    static Namespaces matching(Pattern names, NamespaceHandler handler) {
        return matching(names.asMatchPredicate(), handler);
    }

    /**
     * Returns all namespaces that a rule accepts.
     *
     * @param names the rule
     * @param handler decides about all of them; {@link ConnectRequest#namespace} says which it is
     * @return the rule with its handler
     */
    static Namespaces matching(Predicate<String> names, NamespaceHandler handler) {
        return name -> names.test(name) ? Optional.of(handler) : Optional.empty();
    }

    /**
     * Adds others.
     *
     * @param others asked about names that are not found here
     * @return both
     */
    default Namespaces or(Namespaces others) {
        return name -> find(name).or(() -> others.find(name));
    }
}
