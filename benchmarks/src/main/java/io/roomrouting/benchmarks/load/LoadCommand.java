package io.roomrouting.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the session server against a plain Jetty WebSocket server in the same run: deliveries per second, the server's
 * processor time per delivery, latency, memory per idle connection. Only ratios within a run mean something.
 *
 * <p>Arguments: workloads ({@code w1 w2 w4 w4b idle}, all by default), {@code --seconds=N} per measurement (1 to 120,
 * default 10), {@code --warmup=N} (1 to 120, default 15).
 */
public final class LoadCommand {

    private static final int IDLE_CLIENTS = 1_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final List<String> workloads = new ArrayList<>();
    private Duration measure = Duration.ofSeconds(10);
    private Duration warmUp = Duration.ofSeconds(15);

    private LoadCommand() {}

    /** Runs the command. */
    public static void main(String[] args) throws IOException {
        LoadCommand command = new LoadCommand();
        for (String argument : args) {
            command.read(argument);
        }
        command.run();
    }

    private void read(String argument) {
        if (argument.startsWith("--seconds=")) {
            measure = seconds(argument);
        } else if (argument.startsWith("--warmup=")) {
            warmUp = seconds(argument);
        } else {
            workloads.add(argument);
        }
    }

    private static Duration seconds(String argument) {
        int value = Integer.parseInt(argument.substring(argument.indexOf('=') + 1));
        if (value < 1 || value > 120) {
            throw new IllegalArgumentException(argument + " is not within 1 to 120");
        }
        return Duration.ofSeconds(value);
    }

    private void run() throws IOException {
        if (workloads.isEmpty()) {
            workloads.addAll(List.of("w1", "w2", "w4", "w4b", "idle"));
        }
        out.printf(
                "%-5s %-12s %14s %14s %9s %9s %9s%n",
                "", "server", "deliveries/s", "CPU µs each", "p50 ms", "p99 ms", "p99.9 ms");
        for (String name : workloads) {
            if (name.equals("idle")) {
                double ours = idle("room server", RoomServer.class);
                double plain = idle("plain Jetty", PlainJettyServer.class);
                out.printf("idle  room server takes %.2f times the memory of plain Jetty%n", ours / plain);
            } else {
                LoadRun.Result ours = talk(name, "room server", RoomServer.class);
                LoadRun.Result plain = talk(name, "plain Jetty", PlainJettyServer.class);
                out.printf(
                        "%-5s room server takes %.2f times the CPU of plain Jetty per delivery%n",
                        name, ours.cpuMicros() / plain.cpuMicros());
            }
        }
    }

    private LoadRun.Result talk(String name, String label, Class<?> main) throws IOException {
        try (LoadServers.Running server = LoadServers.start(main);
                LoadRun run = new LoadRun(Workload.named(name))) {
            run.connect(server);
            run.talk(warmUp, server);
            LoadRun.Result result = run.talk(measure, server);
            out.printf(
                    Locale.ROOT,
                    "%-5s %-12s %,14.0f %14.2f %9.2f %9.2f %9.2f%n",
                    name,
                    label,
                    result.deliveriesPerSecond(),
                    result.cpuMicros(),
                    result.p50(),
                    result.p99(),
                    result.p999());
            return result;
        }
    }

    private double idle(String label, Class<?> main) throws IOException {
        try (LoadServers.Running server = LoadServers.start(main);
                LoadRun warm = new LoadRun(new Workload(10, 10, 1, 0));
                LoadRun idle = new LoadRun(new Workload(IDLE_CLIENTS / 10, 10, 1, 0))) {
            warm.connect(server);
            warm.talk(Duration.ofSeconds(2), server);
            double before = server.residentKib();
            idle.connect(server);
            double each = (server.residentKib() - before) / IDLE_CLIENTS;
            out.printf(Locale.ROOT, "idle  %-12s %.1f KiB for each of %d connections%n", label, each, IDLE_CLIENTS);
            return each;
        }
    }
}
