package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators find on the second port of a chat room. */
class OperatorsTest {

    private static final Path OPERATIONS = Path.of("../docs/operations.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z_]+)` \\| (gauge|counter|summary) \\|", Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^# TYPE ((?:room_routing|http)_[a-z_]+) ([a-z]+)$", Pattern.MULTILINE);

    private static final String ADMIN_KEY = "the-operators-own-key";
    private static final String METRICS_KEY = "the-scrapers-own-key";
    private static final String PORT = FreePorts.next();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static ChatroomInstance chatroom;
    private static ChatroomSocket client;

    @BeforeAll
    static void startAndDoSomething() {
        chatroom = ChatroomInstance.start(
                directory, Map.of("ADMIN_PORT", PORT, "ADMIN_KEY", ADMIN_KEY, "METRICS_KEY", METRICS_KEY));
        String token = chatroom.tokenOf("zebedee");
        client = new ChatroomSocket(chatroom.url(), Map.of("token", token));
        client.next("message_history");
        client.ask("send_message", Map.of("text", "hello"));
        chatroom.http().get("/api/rooms/no-such-room", token);
    }

    @AfterAll
    static void stop() {
        client.close();
        chatroom.close();
    }

    @ParameterizedTest
    @CsvSource({"/health", "/ready", "/"})
    void whatHoldsNoSecretNeedsNoKey(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, X-API-Key, the-operators-own-key, 200",
        "/metrics, X-API-Key, the-scrapers-own-key, 200",
        "/metrics, Authorization, Bearer the-scrapers-own-key, 200",
        "/metrics, X-API-Key, the-operators-own-kez, 401",
        "/metrics, Cookie, key=the-operators-own-key, 401",
        "/api/v1/load, X-API-Key, the-operators-own-key, 200",
        "/api/v1/load, X-API-Key, the-scrapers-own-key, 401"
    })
    void everythingElseNeedsItsKey(String path, String header, String value, int status) throws Exception {
        HttpResponse<String> answer = get(path, header, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain(ADMIN_KEY, METRICS_KEY);
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(answer.body()).contains("UNAUTHENTICATED").doesNotContain("room_routing");
        }
    }

    @Test
    void theAdminInterfaceShowsTheRoomsThatAreHere() throws Exception {
        assertThat(get("/api/v1/rooms", "X-API-Key", ADMIN_KEY).body()).contains("\"lobby\"");
    }

    @Test
    void whatHappensIsMeasured() {
        await().atMost(Waiting.PATIENCE)
                .untilAsserted(() -> assertThat(metrics())
                        .contains("room_routing_rooms_opened_total 1.0", "room_routing_placements_total 1.0")
                        .contains("room_routing_sessions_joined_total 1.0")
                        .contains("room_routing_events_total 1.0")
                        .containsPattern("room_routing_batches_seconds_count [1-9]")
                        .contains(
                                "http_server_requests_seconds_count{method=\"POST\",status=\"200\",uri=\"/api/auth/register\"} 1\n")
                        .contains(
                                "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"/api/rooms/{roomId}\"} 1\n")
                        .contains("jvm_memory_used_bytes{", "process_cpu_usage "));
        assertThat(metrics()).doesNotContain("zebedee", "no-such-room", "lobby");
    }

    @Test
    void openMetricsIsWrittenForWhoWantsIt() throws Exception {
        HttpResponse<String> answer = get(
                "/metrics", "X-API-Key", METRICS_KEY, "Accept", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/openmetrics-text");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void theDocumentationNamesEveryMetricAndItsType() throws Exception {
        assertThat(found(TYPE, metrics()))
                .hasSizeGreaterThan(25)
                .containsExactlyInAnyOrderElementsOf(
                        found(ROW, Files.readString(OPERATIONS)).toList());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1) + " " + match.group(2));
    }

    private static String metrics() {
        try {
            return get("/metrics", "X-API-Key", METRICS_KEY).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
