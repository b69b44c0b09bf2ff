package io.roomrouting.socketio;

import io.roomrouting.spi.InboundEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows how many clients are in each namespace, and tells the observers what happens to them. Thread-safe. Without observers
 * it costs nothing for each event, and one change of a map when a client comes or goes.
 */
final class Watch {

    private final SocketObserver[] observers;
    private final Set<String> always;
    private final Map<String, Integer> clients = new ConcurrentHashMap<>();

    Watch(List<SocketObserver> observers, Set<String> always) {
        this.observers = observers.toArray(SocketObserver[]::new);
        this.always = Set.copyOf(always);
        always.forEach(namespace -> clients.put(namespace, 0));
    }

    /** Returns how many clients are in each namespace that is known by name or has clients. */
    Map<String, Integer> clients() {
        return Map.copyOf(clients);
    }

    void entered(ClientSocket socket) {
        clients.merge(socket.namespace(), 1, Integer::sum);
        for (SocketObserver observer : observers) {
            observer.entered(socket);
        }
    }

    void left(ClientSocket socket, DisconnectReason reason) {
        // Names that clients make up are forgotten with them.
        clients.computeIfPresent(
                socket.namespace(), (namespace, count) -> count == 1 && !always.contains(namespace) ? null : count - 1);
        for (SocketObserver observer : observers) {
            observer.left(socket, reason);
        }
    }

    void upgraded(ClientSocket socket) {
        for (SocketObserver observer : observers) {
            observer.upgraded(socket);
        }
    }

    void received(ClientSocket socket, InboundEvent event) {
        for (SocketObserver observer : observers) {
            observer.received(socket, event);
        }
    }

    void sent(ClientSocket socket, EncodedMessage message) {
        for (SocketObserver observer : observers) {
            observer.sent(socket, message);
        }
    }
}
