package io.roomrouting.examples.system;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.chatserver.ChatServerCommand;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.PortRange;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A chat server in the test's process, and the two who talk to it: who has its key, and its operator. */
final class ChatServerRig implements AutoCloseable {

    static final String KEY = "the-key-of-those-who-create-rooms";
    static final String ADMIN_KEY = "the-key-of-the-operators";

    private final String port = FreePorts.next();
    private final String adminPort = FreePorts.next();
    private final PortRange ports;
    private final Command.Running server;

    private ChatServerRig(int rooms, Map<String, String> more) {
        ports = FreePorts.range(rooms);
        Map<String, String> settings = new HashMap<>(Map.of(
                "PORT",
                port,
                "ADMIN_PORT",
                adminPort,
                "ROOM_PORTS",
                ports.toString(),
                "KEY",
                KEY,
                "ADMIN_KEY",
                ADMIN_KEY,
                "LOADBALANCER_KEY",
                "the-key-of-the-balancers",
                "BIND_ADDRESS",
                "localhost",
                "DRAIN_SECONDS",
                "0"));
        settings.putAll(more);
        server = new ChatServerCommand().start(Settings.of(settings));
    }

    static ChatServerRig start(int rooms) {
        return start(rooms, Map.of());
    }

    static ChatServerRig start(int rooms, Map<String, String> settings) {
        return new ChatServerRig(rooms, settings);
    }

    PortRange ports() {
        return ports;
    }

    BackendClient.Answer create(String name) {
        return create(name, KEY);
    }

    BackendClient.Answer create(String name, String key) {
        return api("POST", "/api/v1/room/" + name, key, "");
    }

    /** Creates the room if need be, and gets a user's way into it. */
    BackendClient.RouteAnswer wayInto(String name, String user) {
        BackendClient.Answer answer = api(
                "POST",
                "/api/v1/room/" + name,
                KEY,
                BackendClient.JSON.createObjectNode().put("userId", user) + "");
        return new BackendClient.RouteAnswer(
                name,
                "localhost:" + answer.body().at("/data/port").asInt(),
                answer.body().at("/data/url").asText(),
                answer.body().at("/data/token").asText());
    }

    BackendClient.Answer api(String method, String path, String key, String json) {
        return send(port, method, path, key, json);
    }

    BackendClient.Answer admin(String method, String path, String json) {
        return send(adminPort, method, path, ADMIN_KEY, json);
    }

    BackendClient.Answer admin(String method, String path, String key, String json) {
        return send(adminPort, method, path, key, json);
    }

    /** What a room's own port answers to a plain request. */
    static BackendClient.Answer at(int port) {
        BackendClient client = new BackendClient(port);
        return client.send(client.request("/", "").GET());
    }

    /** The ports that somebody listens on, of all that the server may use. */
    List<Integer> takenPorts() {
        return Stream.concat(
                        Stream.of(Integer.valueOf(port), Integer.valueOf(adminPort)),
                        IntStream.rangeClosed(ports.first(), ports.last()).boxed())
                .filter(each -> !FreePorts.isFree(each))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private static BackendClient.Answer send(String port, String method, String path, String key, String json) {
        BackendClient client = new BackendClient(Integer.parseInt(port));
        var request = client.request(path, "")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        return client.send(json.isEmpty() ? request : request.header("Content-Type", "application/json"));
    }
}
