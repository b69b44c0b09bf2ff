package io.roomrouting.socketio;

import java.util.Optional;

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
}
