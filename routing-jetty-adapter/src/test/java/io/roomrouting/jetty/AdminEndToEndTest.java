package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostRegistry;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.UserId;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.FleetScheduler;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.SessionHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator looks after a host whose rooms have clients, from a Jetty server of the application's own. */
class AdminEndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UserId OLGA = UserId.of("olga");

    private final HttpClient client = HttpClient.newHttpClient();
    private final JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
    private final JwtIssuer issuer = JwtIssuer.of(keys);
    private final JwtVerifier verifier = JwtVerifier.of(keys);
    private final InMemoryRegistry registry = InMemoryRegistry.builder().build();
    private final RoomRouter router = RoomRouter.builder()
            .authenticator(verifier.logins())
            .scheduler(FleetScheduler.builder(registry).build())
            .registry(registry)
            .ticketIssuer(issuer.tickets())
            .build();
    private final String operator = issuer.issueLogin(new Identity(OLGA, Map.of("role", "operator")));

    private SessionHost host;
    private SessionServer sessions;
    private Server admin;

    @BeforeEach
    void start() throws Exception {
        host = SessionHost.builder()
                .address(HostAddress.parse("localhost:8000"))
                .registry(registry)
                .rooms(room -> new RoomHandler() {})
                .start();
        sessions = SessionServer.builder(
                        host,
                        RoomWebSocketHandler.builder(host, verifier.tickets()).build())
                .listen(HttpFixture.loopback())
                .start();
        AdminAccess access =
                // tag::role[]
                AdminAccess.role(verifier.logins(), "role", "operator");
        // end::role[]
        admin = adminServer(access, host, registry, 0);
        await().atMost(PATIENCE).until(() -> host.status().ready());
    }

    @AfterEach
    void stop() throws Exception {
        admin.stop();
        host.close();
        sessions.close();
    }

    private static Server adminServer(AdminAccess access, SessionHost host, HostRegistry registry, int port)
            throws Exception {
        // tag::embed[]
        AdminHandler api = AdminHandler.builder(access)
                .app("my rooms", "1.0.0")
                .host(host) // rooms, messages, closing, draining
                .hosts(registry) // the other hosts; leave out what you do not want to be there
                .build();
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(new Handler.Sequence(api, new AdminPageHandler()));
        server.start();
        // end::embed[]
        return server;
    }

    @Test
    void addressesClosesAndDrainsRoomsWithClients() throws Exception {
        Listener alice = join("alice", "garden");
        Listener bob = join("bob", "lobby");
        await().atMost(PATIENCE)
                .until(() -> data("GET", "load", "").path("connections").intValue() == 2);

        assertThat(data("GET", "rooms", "").path("rooms").findValuesAsText("name"))
                .containsExactly("garden", "lobby");
        assertThat(data("GET", "room/lobby", "").path("members").findValuesAsText("user"))
                .containsExactly("bob");

        assertThat(data("POST", "message", "{\"text\":\"soon\"}").path("rooms").intValue())
                .isEqualTo(2);
        alice.awaitText("\"announcement\"", "\"soon\"", "\"timestamp\"");
        bob.awaitText("\"announcement\"", "\"soon\"");
        data("POST", "room/lobby/message", "{\"text\":\"only here\"}");
        bob.awaitText("\"announcement\"", "\"only here\"");
        assertThat(alice.texts).noneMatch(text -> text.contains("only here"));

        data("DELETE", "room/lobby/shutdown", "");
        assertThat(bob.awaitClose()).as("do not retry").isBetween(4300, 4499);
        assertThat(alice.closes).isEmpty();

        data("POST", "drain", "{\"spreadSeconds\":1}");
        assertThat(alice.awaitClose()).as("look the room up again").isBetween(4100, 4299);
        await().atMost(PATIENCE).until(() -> {
            JsonNode load = data("GET", "load", "");
            return load.path("rooms").intValue() == 0 && !load.has("drain");
        });
        assertThat(data("GET", "hosts", "").path("hosts").findValuesAsText("state"))
                .containsExactly("DRAINING");
        data("DELETE", "drain", "");
        assertThat(data("GET", "load", "").path("acceptingConnections").booleanValue())
                .isTrue();
    }

    private JsonNode data(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri("http", adminPort(), "/api/v1/" + path))
                .header("Authorization", "Bearer " + operator)
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = Http.text(client, request);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isLessThan(300);
        return json(answer).path("data");
    }

    private int adminPort() {
        return ((ServerConnector) admin.getConnectors()[0]).getLocalPort();
    }

    private Listener join(String user, String room) throws Exception {
        Route route = router.findOrStart(RoomId.of(room), RoomSpec.defaults(), Identity.of(user));
        Listener listener = new Listener();
        client.newWebSocketBuilder()
                .subprotocols("room.v1", "ticket." + route.ticket())
                .buildAsync(uri("ws", sessions.port(), "/"), listener)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return listener;
    }

    private static URI uri(String scheme, int port, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port + path);
    }

    /** What a client is told. */
    private static final class Listener implements WebSocket.Listener {

        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final List<Integer> closes = new CopyOnWriteArrayList<>();

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

        void awaitText(String... parts) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(texts)
                            .anySatisfy(text -> assertThat(text).contains(parts)));
        }

        int awaitClose() {
            await().atMost(PATIENCE).until(() -> !closes.isEmpty());
            return closes.get(0);
        }
    }
}
