package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.examples.system.BackendClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runnable jar as two load balancers and three chat servers, each with a place for one room. The servers register with
 * two balancers more: one that is not there, and one that accepts and never answers.
 */
class LoadBalancerIT {

    private static final String BALANCER_KEY = "key-of-the-balancers";
    private static final String KEY = "key-of-those-who-create";
    private static final String ADMIN_KEY = "key-of-the-operators";
    private static final String SCRIPT = "../docs/deploy/try-chatserver.sh";

    private static final String VERSION = "1.0.0";

    /** Far beyond what it takes on a slow machine to start five of them at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Of silence, after which a server is forgotten; heartbeats come every third of it. */
    private static final Duration ENTRY = Duration.ofSeconds(30);

    private static final Duration BEAT = ENTRY.dividedBy(3);

    @TempDir
    Path directory;

    private final List<Program> programs = new ArrayList<>();
    private final List<Balancer> balancers = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();

    private record Balancer(String url, BackendClient client) {

        /** How many seconds ago each server was heard, by name. */
        Map<String, Integer> ages() {
            Map<String, Integer> ages = new TreeMap<>();
            client.get("/info/json", "")
                    .body()
                    .path("servers")
                    .forEach(server -> ages.put(
                            server.path("name").asText(), server.path("age").asInt()));
            return ages;
        }

        Answer find() {
            return client.get("/find/" + VERSION, "");
        }
    }

    private record Server(String port, String adminPort, Program program) {

        String name() {
            return "localhost:" + port;
        }
    }

    @AfterEach
    void stop() {
        programs.forEach(Program::close);
    }

    @Test
    @Timeout(400)
    void serversComeAndGoAtBothBalancersAndABalancerThatIsDownDelaysNobody() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            startAll("http://localhost:" + FreePorts.next(), "http://127.0.0.1:" + silent.getLocalPort());
            Server first = servers.get(0);
            Server second = servers.get(1);
            Server third = servers.get(2);

            everyCommandWorks(first);
            Duration ended = awaitAtBoth(second, third);
            assertThat(first.program().awaitExit(PATIENCE)).isZero();

            nobodyIsSentToAFullServer(second, third);

            third.program().kill();
            Duration forgotten = awaitAtBoth(second);

            second.program().terminate();
            Duration stopped = awaitAtBoth();

            System.out.printf(
                    "gone from both balancers: after DELETE %d ms, after SIGTERM %d ms, after SIGKILL %d ms%n",
                    ended.toMillis(), stopped.toMillis(), forgotten.toMillis());
            assertThat(ended).isLessThan(BEAT);
            assertThat(stopped).isLessThan(BEAT);
            assertThat(forgotten).isLessThan(ENTRY.plusSeconds(5));
        }
        assertThat(balancers)
                .allSatisfy(balancer -> assertThat(balancer.find().status()).isEqualTo(404));
        assertThat(programs)
                .allSatisfy(program -> assertThat(program.output())
                        .noneMatch(line -> line.contains(BALANCER_KEY) || line.contains("ERROR")));
    }

    private void startAll(String absent, String silent) throws IOException {
        balancers.add(startBalancer());
        balancers.add(startBalancer());
        String urls = balancers.get(0).url() + "," + absent + "," + silent + ","
                + balancers.get(1).url();
        for (int i = 0; i < 3; i++) {
            servers.add(startServer(urls));
        }
        programs.forEach(program -> program.awaitListening(PATIENCE));
        awaitAtBoth(servers.toArray(Server[]::new));
    }

    private Balancer startBalancer() throws IOException {
        String port = FreePorts.next();
        programs.add(Program.start(
                directory, Map.of("PORT", port, "KEY", BALANCER_KEY, "BIND_ADDRESS", "localhost"), "loadbalancer"));
        return new Balancer("http://localhost:" + port, new BackendClient(Integer.parseInt(port)));
    }

    private Server startServer(String urls) throws IOException {
        String port = FreePorts.next();
        String adminPort = FreePorts.next();
        String roomPort = FreePorts.next();
        Map<String, String> settings = new HashMap<>();
        settings.put("PORT", port);
        settings.put("ADMIN_PORT", adminPort);
        settings.put("ROOM_PORTS", roomPort + "-" + roomPort);
        settings.put("KEY", KEY);
        settings.put("ADMIN_KEY", ADMIN_KEY);
        settings.put("LOADBALANCERS", urls);
        settings.put("LOADBALANCER_KEY", BALANCER_KEY);
        settings.put("BIND_ADDRESS", "localhost");
        settings.put("DRAIN_SECONDS", "0");
        Program program = Program.start(directory, settings, "chatserver");
        programs.add(program);
        return new Server(port, adminPort, program);
    }

    /** Runs the script of the documentation, which stops the server at its end. */
    private void everyCommandWorks(Server server) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "BALANCER",
                        balancers.get(0).url(),
                        "BALANCER_KEY",
                        BALANCER_KEY,
                        "SERVER",
                        "http://" + server.name(),
                        "KEY",
                        KEY,
                        "ADMIN",
                        "http://localhost:" + server.adminPort(),
                        "ADMIN_KEY",
                        ADMIN_KEY));
        Process script = builder.start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(script.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("Everything was answered as expected.\n");
    }

    private void nobodyIsSentToAFullServer(Server full, Server other) {
        BackendClient client = new BackendClient(Integer.parseInt(full.port()));
        assertThat(client.post("/api/v1/room/last", KEY, "").status()).isEqualTo(200);
        balancers.forEach(balancer -> await().atMost(BEAT.dividedBy(2))
                .untilAsserted(() -> assertThat(places(balancer, 10)).containsOnly("http://" + other.name())));
    }

    private static List<String> places(Balancer balancer, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> balancer.find().body().path("message").asText())
                .toList();
    }

    /** Waits until both balancers know these servers and no others. Who still lives is heard in time all the while. */
    private Duration awaitAtBoth(Server... expected) {
        Set<String> names = Stream.of(expected).map(Server::name).collect(Collectors.toSet());
        long since = System.nanoTime();
        await().pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(() -> balancers.stream().map(Balancer::ages).allMatch(ages -> {
                    assertThat(ages).allSatisfy((name, age) -> {
                        if (names.contains(name)) {
                            assertThat(age).isLessThan((int) BEAT.toSeconds() * 2);
                        }
                    });
                    return ages.keySet().equals(names);
                }));
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
