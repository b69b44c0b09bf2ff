package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoutingException;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.SessionHost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** The servers that need one line. */
class RoutingServerTest {

    private static final String FRIEND = "https://chat.example.com";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void servesTheApiAndWhatIsPutBesideIt() {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        JwtIssuer issuer = JwtIssuer.of(keys);
        InMemoryRegistry registry = InMemoryRegistry.create();
        RoomRouter router = RoomRouter.builder()
                .authenticator(JwtVerifier.of(keys).logins())
                .scheduler(new LocalScheduler(registry))
                .registry(registry)
                .ticketIssuer(issuer.tickets())
                .build();
        AtomicBoolean ready = new AtomicBoolean();

        try (RoutingServer server = RoutingServer.builder(RoutingApiHandler.builder(router)
                        .login(issuer::issueLogin)
                        .build())
                .listen(HttpFixture.loopback())
                .allowedOrigins(AllowedOrigins.of(FRIEND))
                .readiness(() -> {
                    if (!ready.get()) {
                        throw RoutingException.unavailable(
                                ErrorCode.REGISTRY_UNAVAILABLE, "no registry", Duration.ofSeconds(1));
                    }
                })
                .with(new KeySetHandler(keys::toJwks))
                .start()) {
            String bearer = "Bearer " + issuer.issueLogin(Identity.of("alice"));

            assertThat(get(server.port(), "/health").statusCode()).isEqualTo(200);
            assertProblem(get(server.port(), "/ready"), 503, "REGISTRY_UNAVAILABLE");
            ready.set(true);
            assertThat(get(server.port(), "/ready").statusCode()).isEqualTo(200);
            assertProblem(get(server.port(), "/api/rooms/x"), 401, "UNAUTHENTICATED");
            assertProblem(get(server.port(), "/api/rooms/x", "Authorization", bearer), 404, "ROOM_NOT_FOUND");
            assertThat(json(get(server.port(), "/.well-known/jwks.json")).has("keys"))
                    .isTrue();
            assertProblem(get(server.port(), "/"), 404, "INVALID_REQUEST");
            assertThat(header(get(server.port(), "/health", "Origin", FRIEND), "access-control-allow-origin"))
                    .isEqualTo(FRIEND);
        }
    }

    @Test
    void aSessionServerIsReadyAsLongAsItsHostIs() {
        AtomicReference<HostStatus> status = new AtomicReference<>(status(false, HostState.ACTIVE));
        SessionHost host = Mockito.mock(SessionHost.class);
        Mockito.when(host.status()).thenAnswer(call -> status.get());

        try (SessionServer server = SessionServer.builder(host, new UnknownPathHandler())
                .listen(HttpFixture.loopback())
                .start()) {
            assertProblem(get(server.port(), "/ready"), 503, "REGISTRY_UNAVAILABLE");
            status.set(status(true, HostState.ACTIVE));
            assertThat(get(server.port(), "/ready").statusCode()).isEqualTo(200);
            status.set(status(false, HostState.DRAINING));
            assertProblem(get(server.port(), "/ready"), 503, "HOST_DRAINING");
            assertThat(get(server.port(), "/health").statusCode()).isEqualTo(200);
        }
        Mockito.verify(host, Mockito.never()).close();
    }

    private HttpResponse<String> get(int port, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Http.text(client, request.build());
    }

    private static HostStatus status(boolean ready, HostState state) {
        return new HostStatus(new HostIncarnation(HostId.of("h"), "1"), ready, state, HostLoad.NONE);
    }
}
