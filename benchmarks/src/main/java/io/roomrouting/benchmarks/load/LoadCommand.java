package io.roomrouting.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the session server, over {@code room.v1} and over Socket.IO, against netty-socketio and a plain Jetty WebSocket
 * server in the same run: deliveries per second, the server's processor time per delivery, latency, memory per idle
 * connection. Only ratios within a run mean something.
 *
 * <p>Arguments: workloads ({@code w1 w2 w4 w4b idle}, all by default), {@code --servers=room,socketio,netty-socketio,plain}
 * (what the others take is compared with the first), {@code --rounds=N} (how often each has its turn, 1 to 20, default 1),
 * {@code --seconds=N} per measurement (1 to 120, default 10), {@code --warmup=N} (1 to 120, default 15).
 */
public final class LoadCommand {

    private static final int IDLE_CLIENTS = 1_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final LoadSettings settings;

    private LoadCommand(LoadSettings settings) {
        this.settings = settings;
    }

    /** Runs the command. */
    public static void main(String[] args) throws IOException {
        new LoadCommand(LoadSettings.read(args)).run();
    }

    private void run() throws IOException {
        out.printf(
                "%-5s %-15s %14s %14s %9s %9s %9s%n",
                "", "server", "deliveries/s", "CPU µs each", "p50 ms", "p99 ms", "p99.9 ms");
        for (String workload : settings.workloads()) {
            Map<Contender, List<Double>> costs = new EnumMap<>(Contender.class);
            for (int round = 0; round < settings.rounds(); round++) {
                for (Contender contender : settings.contenders()) {
                    costs.computeIfAbsent(contender, of -> new ArrayList<>()).add(cost(workload, contender));
                }
            }
            compare(workload, costs);
        }
    }

    /** Processor time per delivery, or memory per idle connection. */
    private double cost(String workload, Contender contender) throws IOException {
        return workload.equals(LoadSettings.IDLE) ? idle(contender) : talk(workload, contender);
    }

    /** Compares what was measured in the same round, because a machine may be slower in one than in another. */
    private void compare(String workload, Map<Contender, List<Double>> costs) {
        Contender first = settings.contenders().get(0);
        String what = workload.equals(LoadSettings.IDLE) ? "KiB per connection" : "CPU µs per delivery";
        List<Double> firsts = costs.getOrDefault(first, List.of());
        for (Contender contender : settings.contenders()) {
            List<Double> all = costs.getOrDefault(contender, List.of());
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < all.size(); round++) {
                ratios.add(all.get(round) / firsts.get(round));
            }
            out.printf(
                    Locale.ROOT,
                    "%-5s %-15s %.2f %s, %.2f times that of %s (median of %d)%n",
                    workload,
                    contender.label(),
                    median(all),
                    what,
                    median(ratios),
                    first.label(),
                    all.size());
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private double talk(String name, Contender contender) throws IOException {
        try (LoadServers.Running server = LoadServers.start(contender);
                LoadRun run = new LoadRun(Workload.named(name))) {
            run.connect(server);
            run.talk(settings.warmUp(), server);
            LoadRun.Result result = run.talk(settings.measure(), server);
            out.printf(
                    Locale.ROOT,
                    "%-5s %-15s %,14.0f %14.2f %9.2f %9.2f %9.2f%n",
                    name,
                    contender.label(),
                    result.deliveriesPerSecond(),
                    result.cpuMicros(),
                    result.p50(),
                    result.p99(),
                    result.p999());
            return result.cpuMicros();
        }
    }

    private double idle(Contender contender) throws IOException {
        try (LoadServers.Running server = LoadServers.start(contender);
                LoadRun warm = new LoadRun(new Workload(10, 10, 1, 0));
                LoadRun idle = new LoadRun(new Workload(IDLE_CLIENTS / 10, 10, 1, 0))) {
            warm.connect(server);
            warm.talk(Duration.ofSeconds(2), server);
            double before = server.residentKib();
            idle.connect(server);
            double each = (server.residentKib() - before) / IDLE_CLIENTS;
            out.printf(
                    Locale.ROOT,
                    "%-5s %-15s %.1f KiB for each of %d%n",
                    LoadSettings.IDLE,
                    contender.label(),
                    each,
                    IDLE_CLIENTS);
            return each;
        }
    }
}
