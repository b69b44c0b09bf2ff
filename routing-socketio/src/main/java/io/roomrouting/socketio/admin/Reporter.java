package io.roomrouting.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.DisconnectReason;
import io.roomrouting.socketio.EncodedMessage;
import io.roomrouting.socketio.SocketObserver;
import io.roomrouting.spi.InboundEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reports to UIs what happens to all clients; what is said in the admin namespace itself excepted. While no UI is connected
 * it does nothing. Thread-safe.
 */
final class Reporter implements SocketObserver {

    /** In bytes; a longer message is reported by its length, so that what waits for a UI stays small. */
    private static final int LONGEST = 4_096;

    private final AdminSettings settings;
    private final Directory directory;
    private final AdminClients admins;

    Reporter(AdminSettings settings, Directory directory, AdminClients admins) {
        this.settings = settings;
        this.directory = directory;
        this.admins = admins;
    }

    @Override
    public void entered(ClientSocket socket) {
        if (!admins.isEmpty()) {
            // In this order the UI does not count the client twice.
            Directory.rooms(socket).forEach(room -> tell("room_joined", socket.namespace(), room, id(socket), now()));
            tell("socket_connected", directory.shown(socket), now());
        }
    }

    @Override
    public void left(ClientSocket socket, DisconnectReason reason) {
        if (!admins.isEmpty()) {
            Directory.rooms(socket).forEach(room -> tell("room_left", socket.namespace(), room, id(socket), now()));
            tell("socket_disconnected", socket.namespace(), id(socket), reason.text(), now());
        }
    }

    @Override
    public void upgraded(ClientSocket socket) {
        if (!admins.isEmpty()) {
            tell(
                    "socket_updated",
                    Map.of(
                            "id", id(socket),
                            "nsp", socket.namespace(),
                            "transport", socket.transport().wireName()));
        }
    }

    @Override
    public void received(ClientSocket socket, InboundEvent event) {
        if (isReported(socket)) {
            List<JsonNode> words = new ArrayList<>();
            words.add(TextNode.valueOf(event.name()));
            event.arguments().forEach(argument -> words.add(JsonArguments.node(argument)));
            tell("event_received", socket.namespace(), id(socket), Excerpt.of(words), now());
        }
    }

    @Override
    public void sent(ClientSocket socket, EncodedMessage message) {
        if (!isReported(socket)) {
            return;
        }
        String now = now();
        String id = id(socket);
        if (message.size() > LONGEST) {
            tell("event_sent", socket.namespace(), id, List.of("(" + message.size() + " bytes)"), now);
        } else {
            String namespace = socket.namespace();
            admins.tell(new News("event_sent", () -> sent(namespace, id, message, now)));
        }
    }

    /** Returns nothing for what is no event but an acknowledgement. */
    private static List<?> sent(String namespace, String id, EncodedMessage message, String when) {
        List<JsonNode> words = message.readEvent();
        return words.isEmpty() ? List.of() : List.of(namespace, id, Excerpt.of(words), when);
    }

    private boolean isReported(ClientSocket socket) {
        return !admins.isEmpty() && !socket.namespace().equals(settings.namespace());
    }

    private void tell(String name, Object... arguments) {
        admins.tell(News.of(name, arguments));
    }

    private String now() {
        return settings.time().now().toString();
    }

    private static String id(ClientSocket socket) {
        return socket.id().orElse("");
    }
}
