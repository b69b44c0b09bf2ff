package io.roomrouting.examples.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Backends and session servers, each a process of its own, that know each other by a shared registry only. */
final class Fleet implements AutoCloseable {

    /** Five processes that start at once may take a while on a machine that has other things to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SECRET = "random-string-that-the-processes-share";

    private final Map<String, Program> backends = new LinkedHashMap<>();
    private final Map<String, Program> sessions = new LinkedHashMap<>();
    private final List<BackendClient> clients;

    private Fleet(List<BackendClient> clients) {
        this.clients = clients;
    }

    /** Starts the processes, and returns when all of them listen, whether they are ready or not. */
    static Fleet start(Path directory, Map<String, String> engine, int backends, int hosts) throws IOException {
        List<String> ports =
                IntStream.range(0, backends).mapToObj(i -> FreePorts.next()).toList();
        Fleet fleet = new Fleet(ports.stream()
                .map(port -> new BackendClient(Integer.parseInt(port)))
                .toList());
        try {
            for (String port : ports) {
                fleet.backends.put(port, Program.start(directory, settings(port, engine), "backend"));
            }
            for (int i = 0; i < hosts; i++) {
                String port = FreePorts.next();
                Map<String, String> settings = settings(port, engine);
                settings.put("DRAIN_SECONDS", "0");
                fleet.sessions.put("localhost:" + port, Program.start(directory, settings, "session"));
            }
            fleet.backends.values().forEach(program -> program.awaitListening(PATIENCE));
            fleet.sessions.values().forEach(program -> program.awaitListening(PATIENCE));
            return fleet;
        } catch (IOException | RuntimeException | AssertionError e) {
            fleet.close();
            throw e;
        }
    }

    List<BackendClient> backends() {
        return clients;
    }

    List<String> hosts() {
        return List.copyOf(sessions.keySet());
    }

    Program session(String host) {
        return Objects.requireNonNull(sessions.get(host), host);
    }

    void awaitReady() {
        clients.forEach(backend -> await().pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(() -> backend.get("/ready", "").status() == 200));
    }

    /** Makes rooms until one is placed on this host; waits for the host if need be. */
    String roomOn(String host, String login) {
        return clients.get(0).roomOn(host, login, PATIENCE);
    }

    /** Everything that the processes have said. */
    List<String> output() {
        return List.of(backends, sessions).stream()
                .flatMap(programs -> programs.values().stream())
                .flatMap(program -> program.output().stream())
                .toList();
    }

    @Override
    public void close() {
        backends.values().forEach(Program::close);
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
