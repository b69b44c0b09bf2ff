package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.scheduling.StaticHosts;
import io.roomrouting.session.Event;
import io.roomrouting.session.ProbedHost;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backend with a static list of one host, that host, and a client: from the login to the first event. */
class EndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
    private final JwtIssuer issuer = JwtIssuer.of(keys);
    private final JwtVerifier verifier = JwtVerifier.of(keys);
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().settleTime(Duration.ofSeconds(15)).build();

    private SessionHost host;
    private SessionServer sessions;
    private StaticHosts hosts;
    private RoutingServer backend;

    @BeforeEach
    void start() throws IOException {
        HostAddress address = new HostAddress("127.0.0.1", freePort(), false);
        ProbedHost probed = new ProbedHost();
        host = SessionHost.builder()
                .address(address)
                .probed(probed)
                .rooms(room -> new Echo())
                .start();
        sessions = SessionServer.builder(
                        host,
                        RoomWebSocketHandler.builder(host, verifier.tickets()).build())
                .listen(ListenSettings.onPort(address.port()).withBindAddress("127.0.0.1"))
                .with(new HostProbeHandler(verifier.control(), probed::onProbe))
                .start();
        hosts = StaticHosts.builder(registry, new HttpHostProber(issuer::issueControl))
                .hosts(List.of(address))
                .interval(Duration.ofMillis(100))
                .start();
        RoomRouter router = RoomRouter.builder()
                .authenticator(verifier.logins())
                .scheduler(new LocalScheduler(registry))
                .registry(registry)
                .ticketIssuer(issuer.tickets())
                .build();
        backend = RoutingServer.builder(RoutingApiHandler.builder(router)
                        .login(issuer::issueLogin)
                        .build())
                .listen(HttpFixture.loopback())
                .readiness(registry::list)
                .start();
    }

    @AfterEach
    void stop() {
        backend.close();
        hosts.close();
        host.close();
        sessions.close();
    }

    @Test
    void aUserLogsInCreatesARoomAndSpeaksInIt() throws Exception {
        await().atMost(PATIENCE).until(() -> get(sessions.port(), "/ready", "").statusCode() == 200);
        String bearer = "Bearer "
                + json(post("/api/login", "{\"userId\":\"alice\"}", ""))
                        .path("token")
                        .textValue();
        String room = json(post("/api/rooms", "{}", bearer)).path("roomId").textValue();
        JsonNode route = json(get(backend.port(), "/api/rooms/" + room, bearer));

        Recorder heard = new Recorder();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("room.v1", "ticket." + route.path("token").textValue())
                .buildAsync(URI.create(route.path("url").textValue()), heard)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        socket.sendText("{\"event\":\"say\",\"data\":\"hello\"}", true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(socket.getSubprotocol()).isEqualTo("room.v1");
        assertThat(heard.untilEvent("said").path("data").textValue()).isEqualTo("alice");

        host.drain(Duration.ZERO);
        assertThat(heard.untilClosed()).isEqualTo(4101);
        assertProblem(get(sessions.port(), "/ready", ""), 503, "HOST_DRAINING");
    }

    private HttpResponse<String> get(int port, String path, String bearer) {
        return Http.text(client, request(port, path, bearer).build());
    }

    private HttpResponse<String> post(String path, String body, String bearer) {
        return Http.text(
                client,
                request(backend.port(), path, bearer)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private static HttpRequest.Builder request(int port, String path, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return bearer.isEmpty() ? request : request.header("Authorization", bearer);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Answers everybody with their own name. */
    private static final class Echo implements RoomHandler {
        @Override
        public void onEvent(Session session, Event event) {
            session.send("said", session.user().value());
        }
    }

    /** What a client hears. */
    private static final class Recorder implements WebSocket.Listener {

        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closes.add(code);
            return null;
        }

        JsonNode untilEvent(String name) throws InterruptedException {
            while (true) {
                String text = texts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(text).as("an event named " + name).isNotNull();
                if (Http.json(text).path("event").asText().equals(name)) {
                    return Http.json(text);
                }
            }
        }

        int untilClosed() throws InterruptedException {
            Integer code = closes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(code).as("a close code").isNotNull();
            return code;
        }
    }
}
