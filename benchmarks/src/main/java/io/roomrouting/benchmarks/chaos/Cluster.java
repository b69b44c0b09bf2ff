package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.jwt.JwtKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Session hosts and backends, each a process of its own: one backend with a list of hosts that share a directory for the rooms'
 * states, or two with an engine for everything. Whatever happens to this process, they end with it.
 */
final class Cluster implements AutoCloseable {

    private static final int HOSTS = 3;
    private static final int BACKENDS = 2;
    private static final Duration READY_PATIENCE = Duration.ofSeconds(1);

    private final Path directory;
    private final ChaosSettings settings;
    private final String secret = JwtKey.randomSecret();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(READY_PATIENCE).build();
    private final Map<String, ChildProcess> hosts = new LinkedHashMap<>();
    private final List<ChildProcess> all = new ArrayList<>();
    private final List<Path> logs = new ArrayList<>();
    private final Thread lastResort = new Thread(this::endAll, "end of all processes");
    private final List<URI> backends = new ArrayList<>();
    private @Nullable EngineNetwork engine;
    private boolean ended;

    private Cluster(Path directory, ChaosSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    static Cluster start(Path directory, ChaosSettings settings) throws IOException {
        Cluster cluster = new Cluster(directory, settings);
        Runtime.getRuntime().addShutdownHook(cluster.lastResort);
        try {
            cluster.startAll();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startAll() throws IOException {
        if (settings.engine() != EngineKind.LIST) {
            engine = EngineNetwork.start(settings.engine(), directory);
        }
        while (hosts.size() < HOSTS) {
            String host = ChildProcess.LOOPBACK + ":" + freePort();
            if (!hosts.containsKey(host)) {
                startHost(host);
            }
        }
        List<ChildProcess> routers = new ArrayList<>();
        for (int i = 0; i < (engine == null ? 1 : BACKENDS); i++) {
            List<String> arguments =
                    new ArrayList<>(List.of(Long.toString(settings.lease().toSeconds())));
            arguments.addAll(engine == null ? hosts.keySet() : List.of(engine.lineFor(backend(i))));
            routers.add(started(ChaosBackend.class, backend(i), arguments));
        }
        for (ChildProcess host : hosts.values()) {
            host.awaitPort();
        }
        for (ChildProcess router : routers) {
            backends.add(URI.create("http://" + ChildProcess.LOOPBACK + ":" + router.awaitPort()));
        }
    }

    /** The name of a backend. */
    static String backend(int number) {
        return "backend-" + number;
    }

    /** Below the ports that the kernel gives to outgoing connections, so that a host can have it again. */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port was found");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private void startHost(String host) throws IOException {
        String name = "host-" + host.substring(host.indexOf(':') + 1) + "-" + all.size();
        Path log = directory.resolve(name + ".accepted");
        List<String> arguments = List.of(
                host.substring(host.indexOf(':') + 1),
                engine == null ? directory.resolve("states").toString() : engine.lineFor(host),
                log.toString(),
                "--lease=" + settings.lease().toSeconds(),
                "--engine=" + settings.engine().label(),
                "--admissions=" + settings.admissions());
        logs.add(log);
        hosts.put(host, started(ChaosHost.class, name, arguments));
    }

    private ChildProcess started(Class<?> main, String name, List<String> arguments) throws IOException {
        ChildProcess process = ChildProcess.start(main, secret, directory.resolve(name + ".log"), arguments);
        synchronized (all) {
            all.add(process);
            if (ended) {
                process.close();
            }
        }
        return process;
    }

    List<URI> backends() {
        return List.copyOf(backends);
    }

    /** The engine, for a run that has one. */
    EngineNetwork engine() {
        EngineNetwork network = engine;
        if (network == null) {
            throw new IllegalStateException("this fleet has no engine");
        }
        return network;
    }

    /** The hosts' addresses. */
    Collection<String> hosts() {
        return List.copyOf(hosts.keySet());
    }

    ChildProcess process(String host) {
        ChildProcess process = hosts.get(host);
        if (process == null) {
            throw new IllegalArgumentException("no host " + host);
        }
        return process;
    }

    /** Starts a host again at its address, once its former process has ended. */
    void restart(String host) throws IOException, InterruptedException {
        if (!process(host).awaitEnd(Duration.ofSeconds(20))) {
            throw new IOException("host " + host + " does not end");
        }
        startHost(host);
        process(host).awaitPort();
    }

    /** Says whether every host has a lease and takes rooms. */
    boolean isReady() throws InterruptedException {
        for (String host : hosts.keySet()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + "/ready"))
                    .timeout(READY_PATIENCE)
                    .build();
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
                    return false;
                }
            } catch (IOException notNow) {
                return false;
            }
        }
        return true;
    }

    /** Reads what the hosts have written. */
    void readLogs(Consumer<Accepted> accepted, Consumer<Admitted> admitted) throws IOException {
        for (Path log : logs) {
            if (Files.exists(log)) {
                HostLog.read(log, accepted, admitted);
            }
        }
    }

    private void endAll() {
        synchronized (all) {
            ended = true;
            all.forEach(ChildProcess::close);
        }
    }

    @Override
    public void close() {
        endAll();
        try {
            for (ChildProcess process : all) {
                process.awaitEnd(Duration.ofSeconds(5));
            }
            if (engine != null) {
                engine.close();
            }
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException shuttingDown) {
            // Then the hook does the same.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
