package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.testkit.Together;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatServerTest {

    private static final int PORTS_BY_DEFAULT = 51;

    @Test
    void aRoomIsCreatedOnceAndListensOnItsPort() {
        try (ChatServerRig server = ChatServerRig.start(2)) {
            assertThat(data(server.api("GET", "/api/v1/", "", "")))
                    .hasToString("{\"app\":\"chatserver\",\"version\":\"1.0.0\"}");

            BackendClient.Answer created = server.create("red");

            int port = server.ports().first();
            assertThat(created.status()).isEqualTo(200);
            assertThat(created.body()).hasToString("{\"data\":{\"port\":" + port + ",\"message\":\"Room created\"}}");
            assertThat(data(server.create("red")))
                    .hasToString("{\"port\":" + port + ",\"message\":\"red already exists\"}");
            assertThat(ChatServerRig.at(port).body().path("text").asText()).isEqualTo("red");
        }
    }

    @Test
    void aHundredAtOnceGetAsManyRoomsAsThereArePlacesAndLeaveNoPortBehind() {
        ChatServerRig server = ChatServerRig.start(PORTS_BY_DEFAULT);
        try (server) {
            List<BackendClient.Answer> answers = atOnce(100, i -> server.create("room-" + i));

            List<BackendClient.Answer> created =
                    answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(created).hasSize(PORTS_BY_DEFAULT);
            assertThat(created)
                    .extracting(answer -> data(answer).path("port").asInt())
                    .doesNotHaveDuplicates()
                    .allMatch(port -> port >= server.ports().first()
                            && port <= server.ports().last());
            assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(ChatServerTest::assertFull);
            IntStream.range(0, 100)
                    .filter(i -> answers.get(i).status() == 200)
                    .forEach(i -> assertThat(ChatServerRig.at(
                                            data(answers.get(i)).path("port").asInt())
                                    .body()
                                    .path("text")
                                    .asText())
                            .isEqualTo("room-" + i));
            assertThat(data(server.admin("GET", "/api/v1/load", ""))
                            .path("rooms")
                            .asInt())
                    .isEqualTo(PORTS_BY_DEFAULT);
        }
        assertThat(server.takenPorts()).isEmpty();
    }

    @Test
    void manyWhoCreateOneRoomAtOnceGetTheSame() {
        try (ChatServerRig server = ChatServerRig.start(3)) {
            List<BackendClient.Answer> answers = atOnce(30, i -> server.create("red"));

            assertThat(answers).allMatch(answer -> answer.status() == 200);
            assertThat(answers)
                    .extracting(answer -> data(answer).path("port").asInt())
                    .containsOnly(server.ports().first());
            assertThat(answers)
                    .filteredOn(answer -> data(answer).path("message").asText().equals("Room created"))
                    .hasSize(1);
        }
    }

    @Test
    void usersChatAndOperatorsSpeakAndClose() {
        try (ChatServerRig server = ChatServerRig.start(2)) {
            ChatClient alice = ChatClient.join(server.wayInto("red", "alice"));
            ChatClient bob = ChatClient.join(server.wayInto("red", "bob"));
            ChatClient carol = ChatClient.join(server.wayInto("blue", "carol"));

            alice.say("hello");
            bob.awaitMessage("hello");
            assertThat(data(server.admin("POST", "/api/v1/message", "{\"text\":\"to all\"}"))
                            .path("rooms")
                            .asInt())
                    .isEqualTo(2);
            carol.awaitEvent("announcement", said -> said.path("text").asText().equals("to all"));
            bob.awaitEvent("announcement", said -> said.path("text").asText().equals("to all"));
            BackendClient.Answer closing = server.admin("DELETE", "/api/v1/room/red/shutdown", "");

            assertThat(closing.status()).isEqualTo(202);
            assertThat(alice.awaitClose()).isEqualTo(new ChatClient.Close(4304, "ROOM_CLOSED"));
            assertThat(bob.awaitClose().code()).isEqualTo(4304);
            await().atMost(Waiting.PATIENCE)
                    .untilAsserted(() -> assertThat(server.takenPorts())
                            .doesNotContain(server.ports().first()));
            assertThat(data(server.create("red")).path("message").asText()).isEqualTo("Room created");
            assertThat(carol.isOpen()).isTrue();
            carol.close();
        }
    }

    @Test
    void aTicketOpensNoOtherRoomAndNoSecondDoor() {
        try (ChatServerRig server = ChatServerRig.start(2)) {
            BackendClient.RouteAnswer red = server.wayInto("red", "alice");
            BackendClient.RouteAnswer blue = server.wayInto("blue", "alice");

            assertThat(ChatClient.connect(red.withToken(blue.token())).awaitClose())
                    .isEqualTo(new ChatClient.Close(4104, "TICKET_WRONG_HOST"));
            try (ChatClient client = ChatClient.join(red)) {
                assertThat(ChatClient.connect(red).awaitClose().code()).isEqualTo(4103);
                assertThat(client.isOpen()).isTrue();
            }
        }
    }

    @Test
    void whoLacksTheKeyChangesNothing() {
        try (ChatServerRig server = ChatServerRig.start(2)) {
            for (String key : List.of("", "wrong", ChatServerRig.ADMIN_KEY, ChatServerRig.KEY + "x")) {
                BackendClient.Answer refused = server.create("red", key);
                assertThat(refused.status()).as(key).isEqualTo(401);
                assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
                assertThat(refused.code()).isEqualTo("UNAUTHENTICATED");
                assertThat(data(refused).path("message").asText()).isNotBlank();
            }
            assertThat(server.admin("GET", "/api/v1/rooms", ChatServerRig.KEY, "")
                            .status())
                    .isEqualTo(401);
            assertThat(server.admin("DELETE", "/api/v1/shutdown", "", "").status())
                    .isEqualTo(401);

            assertThat(data(server.admin("GET", "/api/v1/rooms", "")).path("rooms"))
                    .isEmpty();
            assertThat(data(server.admin("GET", "/api/v1/", "")))
                    .hasToString("{\"app\":\"Admin chatserver\",\"version\":\"1.0.0\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400",
        "%2e%2e, 400",
        "..%2fshutdown, 400",
        "../room/red, 404",
        "red/blue, 404",
        "%00, 400",
        "red%00, 400",
        "%F0%9F%98%80, 400",
        "%ff, 400",
        "red;version=2, 400",
        "red%20blue, 400",
        "%3Cscript%3E, 400",
    })
    void aNameThatIsNoneIsRefusedAndTheServerGoesOn(String name, int status) {
        try (ChatServerRig server = ChatServerRig.start(2)) {
            assertThat(server.create(name).status()).isEqualTo(status);
            assertThat(server.create("a".repeat(10_000)).status()).isEqualTo(400);
            assertThat(server.api("GET", "/api/v1/room/red", ChatServerRig.KEY, "")
                            .status())
                    .isEqualTo(405);
            assertThat(server.api("POST", "/api/v1/room/red", ChatServerRig.KEY, "{\"userId\":7}")
                            .status())
                    .isEqualTo(400);

            assertThat(data(server.admin("GET", "/api/v1/rooms", "")).path("rooms"))
                    .isEmpty();
            assertThat(server.create("a".repeat(100)).status()).isEqualTo(200);
        }
    }

    @Test
    void aForeignPageIsLetInNowhere() {
        try (ChatServerRig server = ChatServerRig.start(2, Map.of("ALLOWED_ORIGINS", "https://chat.example.com"))) {
            BackendClient.RouteAnswer red = server.wayInto("red", "alice");

            assertThatThrownBy(() -> ChatClient.connect(red, Optional.of("https://evil.example.com")))
                    .isInstanceOf(CompletionException.class);
            ChatClient client = ChatClient.connect(red, Optional.of("https://chat.example.com"));
            client.awaitEvent("online_users");
            client.close();
        }
    }

    @Test
    void aRoomThatNobodyIsInGivesItsPortBack() {
        try (ChatServerRig server = ChatServerRig.start(1, Map.of("ROOM_IDLE_SECONDS", "1"))) {
            assertThat(server.create("red").status()).isEqualTo(200);
            assertFull(server.create("blue"));

            await().atMost(Waiting.PATIENCE).until(() -> server.create("blue").status() == 200);
        }
    }

    @Test
    void aClientThatNeverReadsDelaysNoEnd() throws IOException {
        ChatServerRig server = ChatServerRig.start(2);
        try (server;
                StalledClient mallory = StalledClient.join(server.wayInto("red", "mallory"))) {
            ChatClient alice = ChatClient.join(server.wayInto("red", "alice"));
            for (int i = 0; i < 50; i++) {
                alice.say("\u0001".repeat(1_000));
            }
            assertThat(server.create("blue").status()).isEqualTo(200);

            server.close();

            assertThat(alice.awaitClose().code()).isEqualTo(4101);
            assertThat(new String(mallory.readToTheEnd(), StandardCharsets.ISO_8859_1))
                    .contains("HOST_DRAINING");
        }
        assertThat(server.takenPorts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    KEY               |                | KEY is not set
                    ADMIN_KEY         |                | ADMIN_KEY is not set
                    LOADBALANCER_KEY  |                | LOADBALANCER_KEY is not set
                    KEY               | with blank     | KEY = <redacted> is not accepted; expected: 1 to 1024 printable
                    MAX_ROOMS         | 3              | MAX_ROOMS = "3" is not accepted; expected: at most 2, the number of ROOM_PORTS
                    ROOM_PORTS        | 40000-30000    | ROOM_PORTS = "40000-30000" is not accepted; expected: two ports
                    ROOM_IDLE_SECONDS | 0              | ROOM_IDLE_SECONDS = "0" is not accepted; expected: at least 1
                    LOADBALANCERS     | lb-1:8100      | LOADBALANCERS = "lb-1:8100" is not accepted; expected: comma-separated base URLs
                    HOST              | a host         | HOST = "a host" is not accepted; expected: a host name
                    VERSION           | 1/2            | VERSION = "1/2" is not accepted; expected: 1 to 64 of
                    """)
    void whatDoesNotFitIsToldInOneLine(String setting, String value, String line) {
        Map<String, String> wrong = Map.of(setting, value == null ? "" : value);

        assertThatThrownBy(() -> ChatServerRig.start(2, wrong))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(line);
    }

    private static void assertFull(BackendClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(answer.code()).isEqualTo("NO_CAPACITY");
        assertThat(data(answer)).hasToString("{\"port\":0,\"message\":\"No more rooms can be created\"}");
    }

    private static JsonNode data(BackendClient.Answer answer) {
        return answer.body().path("data");
    }

    private static <T> List<T> atOnce(int times, IntFunction<T> action) {
        return Together.run(times, action);
    }
}
