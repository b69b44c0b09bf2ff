package io.roomrouting.examples.system;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.backend.BackendCommand;
import io.roomrouting.examples.session.SessionCommand;
import io.roomrouting.examples.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A backend and session servers in the test's process, assembled as the commands assemble them. */
final class LocalSystem implements AutoCloseable {

    static final String SECRET = "a secret of the tests that is long enough";

    private final List<Command.Running> running = new ArrayList<>();
    private final List<String> hosts;
    private final BackendClient backend;

    private LocalSystem(int count, Map<String, String> sessionSettings) {
        List<String> ports =
                IntStream.range(0, count).mapToObj(i -> FreePorts.next()).toList();
        hosts = ports.stream().map(port -> "localhost:" + port).toList();
        String backendPort = FreePorts.next();
        ports.forEach(port -> running.add(new SessionCommand().start(settings(port, sessionSettings))));
        running.add(new BackendCommand()
                .start(settings(backendPort, Map.of("SESSION_SERVER_HOST", String.join(",", hosts)))));
        backend = new BackendClient(Integer.parseInt(backendPort));
    }

    /** Starts the servers and waits until every host takes rooms. */
    static LocalSystem start(int hosts, Map<String, String> sessionSettings) {
        LocalSystem system = new LocalSystem(hosts, sessionSettings);
        String login = system.backend.login("starter");
        system.hosts.forEach(host -> system.backend.roomOn(host, login));
        return system;
    }

    BackendClient backend() {
        return backend;
    }

    List<String> hosts() {
        return hosts;
    }

    /** The sessions first: while they stop, they wait for the backend to hear of it. */
    @Override
    public void close() {
        running.forEach(Command.Running::close);
    }

    private static Settings settings(String port, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("PORT", port);
        all.put("BIND_ADDRESS", "localhost");
        all.put("JWT_SECRET", SECRET);
        all.putIfAbsent("DRAIN_SECONDS", "0");
        return Settings.of(all);
    }
}
