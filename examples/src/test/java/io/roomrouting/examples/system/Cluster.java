package io.roomrouting.examples.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** A backend and session servers, each a process of its own. */
final class Cluster implements AutoCloseable {

    private static final String SECRET = "random-string-that-the-processes-share";

    private final Path directory;
    private final String backendPort = FreePorts.next();
    private final Map<String, Program> sessions = new LinkedHashMap<>();
    private final Program backend;
    private final BackendClient client;

    private Cluster(Path directory, int hosts) throws IOException {
        this.directory = directory;
        List<String> ports =
                IntStream.range(0, hosts).mapToObj(i -> FreePorts.next()).toList();
        for (String port : ports) {
            startSession("localhost:" + port);
        }
        backend = Program.start(
                directory,
                settings(backendPort, Map.of("SESSION_SERVER_HOST", String.join(" , ", sessions.keySet()))),
                "backend");
        client = new BackendClient(Integer.parseInt(backendPort));
    }

    /** Starts the processes and waits until every host takes rooms. */
    static Cluster start(Path directory, int hosts) throws IOException {
        Cluster cluster = new Cluster(directory, hosts);
        cluster.sessions.values().forEach(Program::awaitListening);
        cluster.backend.awaitListening();
        cluster.hosts().forEach(cluster::awaitRoomOn);
        return cluster;
    }

    BackendClient client() {
        return client;
    }

    String page() {
        return "http://localhost:" + backendPort;
    }

    List<String> hosts() {
        return List.copyOf(sessions.keySet());
    }

    Program session(String host) {
        return Objects.requireNonNull(sessions.get(host), host);
    }

    /** Starts the session server of this address, which must not be running. */
    void startSession(String host) throws IOException {
        String port = host.substring(host.indexOf(':') + 1);
        Map<String, String> own = Map.of(
                "ALLOWED_ORIGINS",
                page(),
                "DRAIN_SECONDS",
                "2",
                "CONNECTIONS_PER_ADDRESS",
                "5000",
                "STATE_URL",
                "file:" + directory.resolve("states").toAbsolutePath());
        sessions.put(host, Program.start(directory, settings(port, own), "session"));
    }

    /** Returns a room on this host; waits until the host takes rooms. */
    String awaitRoomOn(String host) {
        return client.roomOn(host, client.login("starter"));
    }

    @Override
    public void close() {
        backend.close();
        sessions.values().forEach(Program::close);
    }

    private static Map<String, String> settings(String port, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("PORT", port);
        all.put("BIND_ADDRESS", "localhost");
        all.put("JWT_SECRET", SECRET);
        return all;
    }
}
