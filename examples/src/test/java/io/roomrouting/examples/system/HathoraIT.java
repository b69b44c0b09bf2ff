package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.examples.system.BackendClient.Answer;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend with the Hathora scheduler, and a fake Hathora that starts session servers for it, each a process of its own. */
class HathoraIT {

    private static final int ROOMS = 6;
    private static final String ROOMS_PER_PROCESS = "3";
    private static final String TOKEN = "a-token-that-no-log-shows";
    private static final Map<String, String> COMMON =
            Map.of("JWT_SECRET", LocalSystem.SECRET, "HATHORA_APP_ID", "app-1", "BIND_ADDRESS", "localhost");

    @TempDir
    Path directory;

    private final String port = FreePorts.next();

    @Test
    void processesAreStartedForRoomsAlsoThroughErrorsAndPeopleMeetInThem() throws Exception {
        String backendPort = FreePorts.next();
        try (Program fake = Program.start(directory, ofFake(), "fake-hathora");
                Program backend = Program.start(directory, ofBackend(backendPort), "backend")) {
            fake.awaitListening();
            backend.awaitListening();
            BackendClient client = new BackendClient(Integer.parseInt(backendPort));
            String login = client.login("alice");

            Map<String, RouteAnswer> routes = IntStream.range(0, ROOMS)
                    .mapToObj(i -> awaitRoute(client, login, "room-" + i))
                    .collect(Collectors.toMap(RouteAnswer::roomId, route -> route, (a, b) -> b, LinkedHashMap::new));

            assertThat(routes).hasSize(ROOMS);
            assertThat(routes.values().stream().map(RouteAnswer::host).distinct())
                    .hasSize(2);
            assertThatTwoMeet(client);
            stop(fake);
            assertThat(fake.output()).anyMatch(line -> line.endsWith(ROOMS + " rooms, 2 processes"));
            assertThat(fake.output()).noneMatch(line -> line.contains(TOKEN));
            assertThat(backend.output()).noneMatch(line -> line.contains(TOKEN));
        }
    }

    private static void assertThatTwoMeet(BackendClient client) {
        ChatClient alice = ChatClient.join(awaitRoute(client, client.login("alice"), "room-0"));
        ChatClient bob = ChatClient.join(awaitRoute(client, client.login("bob"), "room-0"));

        bob.say("hello");

        assertThat(alice.awaitMessage("hello").path("username").asText()).isEqualTo("bob");
    }

    /** Asks again, as a client does that is told to come back later; anything else is final. */
    private static RouteAnswer awaitRoute(BackendClient client, String login, String room) {
        Answer answer = await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(90))
                .until(() -> client.post("/api/rooms/" + room, login, ""), found -> found.status() != 503);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return BackendClient.routeOf(answer);
    }

    /** The fake ends its session servers with it. */
    private static void stop(Program fake) throws InterruptedException {
        fake.terminate();
        assertThat(fake.awaitExit(Duration.ofSeconds(30))).isEqualTo(143);
    }

    private Map<String, String> ofFake() {
        Map<String, String> settings = new HashMap<>(COMMON);
        settings.put("PORT", port);
        settings.put("HATHORA_TOKEN", TOKEN);
        settings.put("ROOMS_PER_PROCESS", ROOMS_PER_PROCESS);
        settings.put("ERROR_PERCENT", "30");
        settings.put("LATENCY_MILLIS", "200");
        settings.put("DRAIN_SECONDS", "1");
        return settings;
    }

    private Map<String, String> ofBackend(String backendPort) {
        Map<String, String> settings = new HashMap<>(COMMON);
        settings.put("PORT", backendPort);
        settings.put("HATHORA_TOKEN", TOKEN);
        settings.put("HATHORA_BASE_URL", "http://127.0.0.1:" + port);
        return settings;
    }
}
