package io.roomrouting.benchmarks.engines;

import io.roomrouting.benchmarks.chaos.check.Verdict;
import io.roomrouting.testkit.TcpProxy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Measures what engines do with many hosts and rooms: how many operations a second, how long the slowest of a hundred takes, and
 * how often the network is crossed.
 *
 * <p>Arguments: {@code --engines=memory,h2,postgresql,redis}, {@code --hosts=1000} and {@code --rooms=100000} that are there,
 * {@code --threads=8} that ask at once, {@code --seconds=5} for each operation, {@code --held=10000} rooms on the host
 * whose heartbeats are counted.
 */
public final class EngineCommand {

    /** Nobody's lease ends during a run. */
    static final Duration LEASE = Duration.ofHours(1);

    private EngineCommand() {}

    /** Runs the command. */
    public static void main(String[] args) throws IOException, InterruptedException {
        // A host that gives back ten thousand rooms at once waits for its pool's connections, and says so of each.
        System.setProperty("org.slf4j.simpleLogger.log.io.roomrouting", "error");
        System.setProperty("org.slf4j.simpleLogger.log.com.zaxxer", "error");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        EngineSettings settings = EngineSettings.read(args);
        for (String name : settings.engines()) {
            Path directory = Files.createTempDirectory("room-routing-engine");
            try {
                measure(name, directory, settings, out);
            } finally {
                Verdict.delete(directory);
            }
        }
    }

    private static void measure(String name, Path directory, EngineSettings settings, PrintStream out)
            throws IOException, InterruptedException {
        switch (name) {
            case "postgresql" -> measure(new PostgresServer(directory.resolve("postgresql")), name, settings, out);
            case "redis" -> measure(new RedisServer(directory.resolve("redis")), name, settings, out);
            case "h2" ->
                measure(
                        "jdbc:h2:file:" + directory.resolve("rooms") + ";AUTO_SERVER=TRUE;WRITE_DELAY=0",
                        name,
                        settings,
                        out);
            default -> measure(Engine.MEMORY, name, settings, out);
        }
    }

    private static void measure(EngineServer server, String name, EngineSettings settings, PrintStream out)
            throws IOException, InterruptedException {
        try (server) {
            server.start();
            measure(server.url(server.port()), name, settings, out);
            try (TcpProxy line = new TcpProxy(server.port())) {
                RoundTrips trips = new RoundTrips(server.url(line.port()), line);
                trips.perCall()
                        .forEach((call, number) ->
                                out.printf(Locale.ROOT, "%-10s %-9s %.2f round trips%n", name, call, number));
                out.printf(Locale.ROOT, "%-10s a host with %s%n", name, trips.ofAHost(1));
                out.printf(Locale.ROOT, "%-10s a host with %s%n", name, trips.ofAHost(settings.held()));
            }
        }
    }

    private static void measure(String url, String name, EngineSettings settings, PrintStream out)
            throws InterruptedException {
        try (Engine engine = Engine.openNew(url, LEASE)) {
            EngineRun run = new EngineRun(engine, settings, "many");
            out.printf(
                    Locale.ROOT,
                    "%-10s %,d hosts and %,d rooms made in %.0f s%n",
                    name,
                    settings.hosts(),
                    settings.rooms(),
                    run.fill().toMillis() / 1e3);
            List<EngineRun.Operation> operations = List.of(run.find(), run.claim(), run.heartbeat());
            for (EngineRun.Operation operation : operations) {
                out.printf("%-10s %-9s %s%n", name, operation.name(), run.measure(operation));
            }
        }
    }
}
