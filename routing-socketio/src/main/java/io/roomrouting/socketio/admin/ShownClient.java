package io.roomrouting.socketio.admin;

import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.engine.EngineRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A client as a UI is shown it. Of its first request only what holds no secrets: some header fields, and of the query the
 * protocol's own parameters, while others have only their names.
 */
final class ShownClient {

    private static final Set<String> HEADERS = Set.of(
            "accept-language",
            "host",
            "origin",
            "user-agent",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");
    private static final Set<String> PARAMETERS = Set.of("EIO", "transport", "t");
    private static final int MOST_PARAMETERS = 20;
    private static final int LONGEST = 200;

    private ShownClient() {}

    static Map<String, Object> of(ClientSocket socket, Instant since) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", socket.id().orElse(""));
        shown.put("clientId", socket.connectionName());
        shown.put("transport", socket.transport().wireName());
        shown.put("nsp", socket.namespace());
        shown.put("data", Map.of());
        shown.put("handshake", handshake(socket.handshake(), since));
        shown.put("rooms", Directory.rooms(socket).toList());
        return shown;
    }

    private static Map<String, Object> handshake(EngineRequest request, Instant since) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            if (HEADERS.contains(name)) {
                headers.put(name, cut(value));
            }
        });
        Map<String, String> query = new TreeMap<>();
        request.query().entrySet().stream()
                .limit(MOST_PARAMETERS)
                .forEach(parameter -> query.put(cut(parameter.getKey()), value(parameter)));
        return Map.of(
                "address", request.remoteAddress(),
                "headers", headers,
                "query", query,
                "issued", since.toEpochMilli(),
                "time", since.toString(),
                "xdomain", headers.containsKey("origin"));
    }

    private static String value(Map.Entry<String, String> parameter) {
        return PARAMETERS.contains(parameter.getKey()) ? cut(parameter.getValue()) : "***";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
