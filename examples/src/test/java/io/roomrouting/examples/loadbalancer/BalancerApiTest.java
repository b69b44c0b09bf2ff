package io.roomrouting.examples.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.HostAddress;
import io.roomrouting.jetty.AdminAccess;
import io.roomrouting.jetty.BalancerRegistration;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.testkit.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The balancer's answers over HTTP. */
class BalancerApiTest {

    private static final String KEY = "a-key-of-the-balancers";
    private static final String LONG_NAME = "x".repeat(4_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ManualTime TIME = ManualTime.create();
    private static final RegisteredServers SERVERS =
            new RegisteredServers(100, Duration.ofSeconds(30), TIME, RandomGenerator.getDefault());
    private static final RoutingServer BALANCER = RoutingServer.builder(
                    new BalancerHandler(SERVERS, AdminAccess.key(KEY)))
            .listen(ListenSettings.onPort(0).withBindAddress("127.0.0.1"))
            .start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        BALANCER.close();
    }

    @AfterEach
    void forgetAllServers() {
        TIME.advance(Duration.ofSeconds(30));
    }

    @Test
    void aServerRegistersIsFoundAndUnregisters() {
        JsonNode registered = ok(send("PUT", "/register/chat-1%3A80/4/3/1.0.0?capacity=51", "X-API-Key", KEY));
        assertThat(registered.path("message").asText()).isEqualTo("Registered");
        TIME.advance(Duration.ofSeconds(4));

        assertThat(ok(get("/find/1.0.0")).toString()).isEqualTo("{\"status\":\"ok\",\"message\":\"http://chat-1:80\"}");
        assertThat(ok(get("/info/json")).toString())
                .isEqualTo("{\"status\":\"ok\",\"servers\":[{\"name\":\"chat-1:80\",\"url\":\"http://chat-1:80\","
                        + "\"cpus\":4,\"rooms\":3,\"capacity\":51,\"version\":\"1.0.0\",\"age\":4}]}");
        assertThat(ok(get("/")).path("message").asText()).isEqualTo("1 servers are registered");

        ok(send("DELETE", "/register/chat-1%3A80", "Authorization", "bearer " + KEY));
        assertError(get("/find/1.0.0"), 404, "NO_CAPACITY");
        assertError(send("DELETE", "/register/chat-1%3A80", "X-API-Key", KEY), 404, "INVALID_REQUEST");
    }

    @Test
    void aServerThatTellsNoCapacityHasOnePlacePerProcessor() {
        ok(send("PUT", "/register/chat-1:80/2/1/1.0.0", "X-API-Key", KEY));
        assertThat(get("/find/1.0.0").statusCode()).isEqualTo(200);
        ok(send("PUT", "/register/chat-1:80/2/2/1.0.0", "X-API-Key", KEY));

        assertError(get("/find/1.0.0"), 404, "NO_CAPACITY");
    }

    @Test
    void aServerThatSpeaksTlsIsFoundAsHttps() {
        ok(send("PUT", "/register/%5B%3A%3A1%5D%3A443/2/0/1.0.0%2Bb7?scheme=https", "X-API-Key", KEY));

        assertThat(ok(get("/find/1.0.0+b7")).path("message").asText()).isEqualTo("https://[::1]:443");
    }

    @Test
    void understandsWhatTheLibraryRegisters() {
        URI balancer = base();
        List<String> rooms = List.of("lobby", "chess");
        // tag::register[]
        BalancerRegistration registration = BalancerRegistration.builder(List.of(balancer), KEY)
                .address(HostAddress.parse("wss://chat-1.example:443"))
                .version("1.0+b~7")
                .load(() -> new BalancerRegistration.Load(rooms.size(), 51, true))
                .start();
        // end::register[]
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !SERVERS.list().isEmpty());
        assertThat(SERVERS.list())
                .extracting(RegisteredServer::said)
                .containsExactly(new Heartbeat(
                        HostAddress.parse("wss://chat-1.example:443"),
                        Runtime.getRuntime().availableProcessors(),
                        2,
                        51,
                        "1.0+b~7"));

        registration.close();
        assertThat(SERVERS.list()).isEmpty();
    }

    static Stream<String> pathsWithKey() {
        return Stream.of(
                "PUT /register/chat-1:80/2/0/1.0.0",
                "DELETE /register/known:80",
                "GET /register/known:80",
                "PUT /register/" + LONG_NAME + "/2/0/1",
                "PUT /register/%20/x/y/z",
                "PUT /register",
                "PUT /register/",
                "POST /register/a/b/c/d/e/f");
    }

    @ParameterizedTest
    @MethodSource("pathsWithKey")
    void withoutTheKeyNothingHappens(String request) {
        SERVERS.register(new Heartbeat(Heartbeat.server("known:80"), 2, 0, 2, "1"));
        String[] parts = request.split(" ", 2);

        assertUnauthorized(send(parts[0], parts[1]));
        assertUnauthorized(send(parts[0], parts[1], "X-API-Key", KEY + "x"));
        assertUnauthorized(send(parts[0], parts[1], "X-API-Key", KEY.substring(1)));
        assertUnauthorized(send(parts[0], parts[1], "Authorization", "Basic " + KEY));
        assertUnauthorized(send(parts[0], parts[1], "Cookie", "X-API-Key=" + KEY));
        assertThat(SERVERS.list()).extracting(RegisteredServer::name).containsExactly("known:80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/register/chat-1/2/0/1.0.0",
                "/register/chat-1:0/2/0/1.0.0",
                "/register/chat-1:65536/2/0/1.0.0",
                "/register/user@chat-1:80/2/0/1.0.0",
                "/register/chat-1:80/-2/0/1.0.0",
                "/register/chat-1:80/2/many/1.0.0",
                "/register/chat-1:80/2/9999999/1.0.0",
                "/register/chat-1:80/2/%D9%A3/1.0.0",
                "/register/chat-1:80/2/0/1%200",
                "/register/chat-1:80/2/0/%F0%9F%98%80",
                "/register/chat-1:80/2/0/1.0.0?capacity=x",
                "/register/chat-1:80/2/0/1.0.0?capacity=1&capacity=2",
                "/register/chat-1:80/2/0/1.0.0?scheme=javascript"
            })
    void whatIsNoServerIsRefused(String path) {
        HttpResponse<String> answer = send("PUT", path, "X-API-Key", KEY);

        assertError(answer, 400, "INVALID_REQUEST");
        assertThat(SERVERS.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /find, 404",
        "GET, /find/, 400",
        "GET, /find/1/2, 404",
        "GET, /find/%00, 400",
        "GET, /find/%2e%2e, 400",
        "PUT, /register/http%3A%2F%2Fchat-1%3A80/2/0/1.0.0, 400",
        "PUT, /register/..%2Fadmin:80/2/0/1.0.0, 400",
        "PUT, /register/chat-1:80/2/0/%00, 400",
        "PUT, /register//2/0/1.0.0, 400",
        "GET, /find/%F0%9F%98%80, 400",
        "GET, /info, 404",
        "GET, /info/xml, 404",
        "POST, /find/1, 405",
        "DELETE, /info/json, 405",
        "PUT, /, 405",
    })
    void otherRequestsAreRefused(String method, String path, int status) {
        HttpResponse<String> answer = send(method, path, "X-API-Key", KEY);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(SERVERS.list()).isEmpty();
        assertThat(answer.body()).doesNotContain("Exception", "io.roomrouting", "org.eclipse");
    }

    @Test
    void aVersionIsNeverTooLongForTheServer() {
        assertThat(get("/find/" + "9".repeat(10_000)).statusCode()).isEqualTo(400);
        assertThat(get("/find/" + "9".repeat(100_000)).statusCode()).isEqualTo(414);
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aPageOfAnotherOriginIsNotAllowedToAsk() {
        HttpResponse<String> preflight = send(
                "OPTIONS",
                "/register/chat-1:80/2/0/1.0.0",
                "Origin",
                "https://evil.example",
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "x-api-key");

        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(send("GET", "/info/json", "Origin", "https://evil.example")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + BALANCER.port());
    }

    private HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode body = json(answer);
        assertThat(body.path("status").asText()).isEqualTo("ok");
        return body;
    }

    private static void assertUnauthorized(HttpResponse<String> answer) {
        assertError(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).doesNotContain(KEY);
    }

    private static void assertError(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode body = json(answer);
        assertThat(body.path("status").asText()).isEqualTo("error");
        assertThat(body.path("message").asText()).isNotBlank();
        assertThat(body.path("code").asText()).isEqualTo(code);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
