package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.examples.system.BackendClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP API of the chat room, as an application sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatroomApiTest {

    private static final String FRONTEND = "https://chat.example.com";
    private static final Map<String, String> SETTINGS = Map.of(
            "FRONTEND_URL", FRONTEND + "/",
            "STUN_URLS", "stun:stun.example.com:3478",
            "TURN_URLS", "turn:turn.example.com:3478, turns:turn.example.com:5349?transport=tcp",
            "TURN_SECRET", "north",
            "ATTEMPTS_PER_ADDRESS", "10000",
            "FAILURES_PER_ADDRESS", "1000");

    private ChatroomInstance chatroom;
    private BackendClient http;
    private String login;

    @BeforeAll
    void start(@TempDir Path directory) {
        chatroom = ChatroomInstance.start(directory, SETTINGS);
        http = chatroom.http();
        login = chatroom.tokenOf("reader");
    }

    @AfterAll
    void stop() {
        chatroom.close();
    }

    @Test
    void whoRegistersCanLogInAndUseTheApi() {
        Answer registered = chatroom.post("register", credentials("Ann"));
        Answer loggedIn = chatroom.post("login", credentials("ann"));

        assertThat(registered.status()).isEqualTo(200);
        for (JsonNode login : List.of(registered.body(), loggedIn.body())) {
            assertThat(login.path("username").asText()).isEqualTo("Ann");
            assertThat(login.path("refreshToken").asText()).hasSizeGreaterThan(60);
            assertThat(http.get("/api/messages", login.path("token").asText()).status())
                    .isEqualTo(200);
        }
        assertThat(registered.headers()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void ofManyWhoRegisterANameAtOnceOneGetsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Integer>> tries = IntStream.range(0, 20)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> chatroom.post("register", credentials(i % 2 == 0 ? "Dora" : "dORA"))
                                    .status())
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : threads.invokeAll(tries)) {
                statuses.add(status.get());
            }

            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
            assertThat(statuses.stream().filter(status -> status == 409)).hasSize(19);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        chatroom.register("erik");

        Answer refused = chatroom.post("register", credentials("ERIK"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("USERNAME_TAKEN");
        assertThat(refused.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.body().path("ok").asBoolean(true)).isFalse();
        assertThat(refused.body().path("error").asText())
                .isEqualTo(refused.body().path("detail").asText())
                .isNotEmpty();
        assertThat(refused.body().path("status").asInt()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\"username\":\"fay\"}",
                "{\"username\":\"fay\",\"password\":null}",
                "{\"username\":7,\"password\":\"correct horse\"}",
                "{\"username\":[\"fay\"],\"password\":\"correct horse\"}",
                "{\"username\":{\"$gt\":\"\"},\"password\":{\"$gt\":\"\"}}",
                "{\"username\":\"fay\",\"username\":\"gil\",\"password\":\"correct horse\"}",
                "{\"username\":\"fay\",\"password\":\"correct horse\"} x",
                "{\"username\":\"fay\\ud800\",\"password\":\"correct horse\"}",
                "{\"username\":\"f a\",\"password\":\"correct horse\"}",
                "{\"username\":\"fay'--\",\"password\":\"correct horse\"}",
                "{\"username\":\"fa\",\"password\":\"correct horse\"}",
                "{\"username\":\"fay\",\"password\":\"seven77\"}",
                "{\"username\":\"fay\",\"password\":\"correct\\u0000horse\"}",
            })
    void aBodyThatIsNotAsItShouldBeIsABadRequest(String body) {
        Answer refused = http.post("/api/auth/register", "", body);

        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void aPasswordHasSeventyTwoBytesAtMost() {
        assertThat(chatroom.post("register", Map.of("username", "hal", "password", "x".repeat(73)))
                        .status())
                .isEqualTo(400);
        assertThat(chatroom.post("register", Map.of("username", "hal", "password", "\u00e9".repeat(37)))
                        .status())
                .isEqualTo(400);
        assertThat(chatroom.post("register", Map.of("username", "hal", "password", "\u00e9".repeat(36)))
                        .status())
                .isEqualTo(200);
        assertThat(chatroom.post("login", Map.of("username", "hal", "password", "\u00e9".repeat(36) + "x"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tooMuchAndTheWrongMediaTypeAreToldSo() {
        String large = "{\"username\":\"" + "x".repeat(70_000) + "\"}";

        assertThat(http.post("/api/auth/login", "", large).status()).isEqualTo(413);
        assertThat(http.send(http.request("/api/auth/login", "")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(415);
        assertThat(http.send(http.request("/api/auth/login", "")
                                .header("Content-Type", "application/json; charset=utf-16")
                                .POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/auth,             'GET, HEAD, OPTIONS'",
        "GET,    /api/auth/register,    'POST, OPTIONS'",
        "PUT,    /api/auth/login,       'POST, OPTIONS'",
        "GET,    /api/auth/refresh,     'POST, OPTIONS'",
        "GET,    /api/auth/logout,      'POST, OPTIONS'",
        "POST,   /api/messages,         'GET, HEAD, OPTIONS'",
        "POST,   /api/ice-servers,      'GET, HEAD, OPTIONS'"
    })
    void anotherMethodIsNotAllowed(String method, String path, String allowed) {
        Answer refused = http.send(http.request(path, "").method(method, BodyPublishers.noBody()));

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.headers().get("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/auth/", "/api/auth/other", "/api/login", "/api/message", "/api/", "/nowhere"})
    void anUnknownPathIsNotFound(String path) {
        Answer refused = http.post(path, "", "{}");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.headers().get("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aWrongNameAndAWrongPasswordAreToldAlike() {
        chatroom.register("ivan");

        Answer wrongPassword = chatroom.post("login", Map.of("username", "ivan", "password", "wrong password"));
        Answer wrongName = chatroom.post("login", Map.of("username", "ivanka", "password", "wrong password"));

        assertThat(wrongPassword.status()).isEqualTo(401);
        assertThat(wrongName.status()).isEqualTo(401);
        assertThat(wrongPassword.body()).isEqualTo(wrongName.body());
        assertThat(wrongName.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void whoGuessesTooOftenHasToWait() {
        chatroom.register("jane");
        for (int i = 0; i < 10; i++) {
            assertThat(chatroom.post("login", Map.of("username", "jane", "password", "guess number " + i))
                            .status())
                    .isEqualTo(401);
        }

        Answer refused = chatroom.post("login", credentials("jane"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(refused.headers().get("Retry-After"))).isBetween(1, 30);
    }

    @Test
    void refreshTokensAreGoodOnceAndEndWithTheLogout() {
        String first = chatroom.register("kate").path("refreshToken").asText();
        Answer refreshed = refresh(first);
        String second = refreshed.body().path("refreshToken").asText();
        String third = refresh(second).body().path("refreshToken").asText();

        assertThat(refreshed.body().path("username").asText()).isEqualTo("kate");
        assertThat(http.get("/api/ice-servers", refreshed.body().path("token").asText())
                        .status())
                .isEqualTo(200);
        Answer reused = refresh(first);
        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(refresh(third).status()).as("the whole login is over").isEqualTo(401);

        String other = chatroom.post("login", credentials("kate"))
                .body()
                .path("refreshToken")
                .asText();
        Answer loggedOut = chatroom.post("logout", Map.of("refreshToken", other));
        assertThat(loggedOut.status()).isEqualTo(200);
        assertThat(loggedOut.body().path("ok").asBoolean()).isTrue();
        assertThat(refresh(other).status()).isEqualTo(401);
        assertThat(chatroom.post("logout", Map.of("refreshToken", other)).status())
                .isEqualTo(200);
    }

    @Test
    void aRefreshTokenIsNoAccessTokenAndTheOtherWayRound() {
        JsonNode login = chatroom.register("leon");

        assertThat(http.get("/api/messages", login.path("refreshToken").asText())
                        .status())
                .isEqualTo(401);
        assertThat(refresh(login.path("token").asText()).status()).isEqualTo(401);
    }

    @Test
    void theRulesAreToldToWhoAsks() {
        Answer rules = http.get("/api/auth", "");

        assertThat(rules.status()).isEqualTo(200);
        assertThat(rules.body().path("accounts").asBoolean()).isTrue();
        assertThat(rules.body().at("/password/maxBytes").asInt()).isEqualTo(72);
        assertThat("Ann.1").matches(rules.body().at("/username/pattern").asText());
    }

    @Test
    void serversForCallsAreToldToUsersWithCredentials() {
        Answer answer = http.get("/api/ice-servers", chatroom.tokenOf("mona"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("ttl").asInt()).isEqualTo(3600);
        JsonNode stun = answer.body().at("/iceServers/0");
        JsonNode turn = answer.body().at("/iceServers/1");
        assertThat(stun.path("urls").get(0).asText()).isEqualTo("stun:stun.example.com:3478");
        assertThat(stun.has("credential")).isFalse();
        assertThat(turn.path("urls")).hasSize(2);
        assertThat(turn.path("username").asText()).matches("\\d{10}:mona");
        assertThat(Long.parseLong(turn.path("username").asText().substring(0, 10)))
                .isCloseTo(Instant.now().getEpochSecond() + 3600, within(60L));
        assertThat(turn.path("credential").asText()).matches("[A-Za-z0-9+/]{27}=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/messages", "/api/ice-servers"})
    void withoutALoginThereIsNothing(String path) {
        for (String token : List.of("", "x", "a.b.c", LocalSystem.SECRET)) {
            Answer refused = http.get(path, token);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
            assertThat(refused.code()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void historyIsEmptyWhereNothingWasSaid() {
        String token = chatroom.tokenOf("nora");

        Answer page = http.get("/api/messages?room=silence&limit=100", token);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body().path("messages")).isEmpty();
        assertThat(page.body().get("cursor").isNull()).isTrue();
        assertThat(http.send(http.request("/api/messages", token).method("HEAD", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=ten",
                "limit=",
                "limit=1&limit=2",
                "limit=99999999999999999999",
                "before=x",
                "before=",
                "before=0",
                "before=-1",
                "before=99999999999999999999",
                "before=1%27%20OR%201=1",
                "room=",
                "room=a%2Fb",
                "room=%00",
            })
    void aPageThatCannotBeIsABadRequest(String query) {
        Answer refused = http.get("/api/messages?" + query, login);

        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void onlyTheFrontEndMayReadAnswersInABrowser() {
        Answer listed = http.send(from(FRONTEND).GET());
        Answer foreign = http.send(from("https://evil.example.com").GET());
        Answer preflight = http.send(from(FRONTEND)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
        Answer foreignPreflight = http.send(from("https://evil.example.com")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(listed.headers())
                .containsEntry("Access-Control-Allow-Origin", FRONTEND)
                .containsEntry("Access-Control-Allow-Credentials", "true");
        assertThat(listed.headers().get("Vary")).contains("Origin");
        assertThat(foreign.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers().get("Access-Control-Allow-Headers")).contains("Authorization");
        assertThat(foreignPreflight.status()).isEqualTo(403);
    }

    @Test
    void healthAndTheWebClientAreThere() {
        assertThat(http.get("/health", "").body().path("status").asText()).isEqualTo("ok");
        assertThat(Instant.parse(http.get("/ready", "").body().path("timestamp").asText()))
                .isAfter(Instant.EPOCH);
        assertThat(http.get("/", "").body().path("text").asText()).contains("<html");
    }

    private HttpRequest.Builder from(String origin) {
        return http.request("/api/auth", "").header("Origin", origin);
    }

    private Answer refresh(String token) {
        return chatroom.post("refresh", Map.of("refreshToken", token));
    }

    private static Map<String, String> credentials(String username) {
        return Map.of("username", username, "password", ChatroomInstance.PASSWORD);
    }
}
