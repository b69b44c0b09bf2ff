package io.roomrouting.socketio.admin;

import io.roomrouting.TimeSource;
import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.DisconnectReason;
import io.roomrouting.socketio.SocketObserver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is in which namespace, and since when. Thread-safe. */
final class Directory implements SocketObserver {

    private final TimeSource time;
    private final Map<ClientSocket, Instant> present = new ConcurrentHashMap<>();

    Directory(TimeSource time) {
        this.time = time;
    }

    @Override
    public void entered(ClientSocket socket) {
        present.put(socket, time.now());
    }

    @Override
    public void left(ClientSocket socket, DisconnectReason reason) {
        present.remove(socket);
    }

    /** Returns the clients of a namespace: all, or only the one with this name, or those who are in the room with it. */
    List<ClientSocket> find(String namespace, Optional<String> name) {
        return present.keySet().stream()
                .filter(socket -> socket.namespace().equals(namespace))
                .filter(socket -> name.isEmpty() || rooms(socket).anyMatch(name.get()::equals))
                .toList();
    }

    /** Returns everybody who shares a connection with one of these. */
    List<ClientSocket> withSiblings(List<ClientSocket> some) {
        Set<String> connections =
                some.stream().map(ClientSocket::connectionName).collect(Collectors.toSet());
        return present.keySet().stream()
                .filter(socket -> connections.contains(socket.connectionName()))
                .toList();
    }

    /** Returns what UIs are shown of those who are there. */
    List<Map<String, Object>> shown(int most) {
        return present.entrySet().stream()
                .limit(most)
                .map(entry -> ShownClient.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    Map<String, Object> shown(ClientSocket socket) {
        return ShownClient.of(socket, present.getOrDefault(socket, time.now()));
    }

    /** Returns the rooms of a client in the UI's sense: one that is its own, and the one that it is in. */
    static Stream<String> rooms(ClientSocket socket) {
        return Stream.concat(socket.id().stream(), socket.room().map(room -> room.value()).stream());
    }
}
