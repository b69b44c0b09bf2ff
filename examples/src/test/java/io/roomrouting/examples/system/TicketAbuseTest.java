package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Identity;
import io.roomrouting.Ticket;
import io.roomrouting.examples.system.BackendClient.Answer;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import io.roomrouting.examples.system.ChatClient.Close;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.testkit.ManualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of tokens and tickets that are not what they should be. */
class TicketAbuseTest {

    private static final JwtKeys KEYS = JwtKeys.of(JwtKey.hs256(LocalSystem.SECRET));

    private static LocalSystem system;
    private static BackendClient backend;

    private String login = "";
    private RouteAnswer route = new RouteAnswer("", "", "", "");

    @BeforeAll
    static void start() {
        system = LocalSystem.start(2, Map.of("ALLOWED_ORIGINS", "https://chat.example.com"));
        backend = system.backend();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @BeforeEach
    void makeRoom() {
        login = backend.login("alice");
        route = backend.resolve(login, backend.createRoom(login));
    }

    @Test
    void aTicketOpensTheRoomOnce() {
        try (ChatClient first = ChatClient.join(route)) {
            assertThat(closeOf(route)).isEqualTo(new Close(4103, "TICKET_USED"));
            assertThat(first.isOpen()).isTrue();
        }
    }

    @Test
    void aTicketOpensNothingOnAnotherHost() {
        String other = system.hosts().stream()
                .filter(host -> !host.equals(route.host()))
                .findFirst()
                .orElseThrow();

        assertThat(closeOf(new RouteAnswer(route.roomId(), other, "ws://" + other, route.token())))
                .isEqualTo(new Close(4104, "TICKET_WRONG_HOST"));
    }

    @Test
    void anExpiredTicketSendsItsHolderBackToTheBackend() {
        ManualTime past = ManualTime.create();
        Ticket ticket = JwtVerifier.of(KEYS).tickets().verify(route.token());
        String expired = JwtIssuer.builder(KEYS)
                .time(past)
                .build()
                .tickets()
                .issue(ticket.identity(), ticket.assignment(), ticket.spec())
                .token();

        assertThat(closeOf(route.withToken(expired))).isEqualTo(new Close(4102, "TICKET_EXPIRED"));
    }

    @Test
    void aForgedTicketIsRefusedForGood() {
        Ticket ticket = JwtVerifier.of(KEYS).tickets().verify(route.token());
        String forged = JwtIssuer.of(JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret())))
                .tickets()
                .issue(Identity.of("mallory"), ticket.assignment(), ticket.spec())
                .token();

        assertThat(closeOf(route.withToken(forged))).isEqualTo(new Close(4300, "UNAUTHENTICATED"));
        assertThat(closeOf(route.withToken("nonsense"))).isEqualTo(new Close(4300, "UNAUTHENTICATED"));
    }

    @Test
    void aLoginTokenIsNoTicketAndATicketIsNoLoginToken() {
        assertThat(closeOf(route.withToken(login))).isEqualTo(new Close(4300, "UNAUTHENTICATED"));

        Answer answer = backend.post("/api/rooms", route.token(), "");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(backend.post("/api/rooms", JwtIssuer.of(KEYS).issueControl(), "")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anExpiredLoginTokenIsRefused() {
        String expired =
                JwtIssuer.builder(KEYS).time(ManualTime.create()).build().issueLogin(Identity.of("alice"));

        assertThat(backend.get("/api/rooms/" + route.roomId(), expired).status())
                .isEqualTo(401);
    }

    @Test
    void aTicketInTheQueryWorksTooAndNoTicketIsRefusedOverHttp() {
        URI withTicket = URI.create(route.url() + "/?token=" + route.token());
        try (ChatClient client = ChatClient.connect(HttpClient.newHttpClient().newWebSocketBuilder(), withTicket)) {
            client.awaitEvent("online_users");
        }

        assertThatThrownBy(() ->
                        ChatClient.connect(HttpClient.newHttpClient().newWebSocketBuilder(), URI.create(route.url())))
                .cause()
                .satisfies(refused -> assertThat(statusOf(refused)).isEqualTo(401));
    }

    @Test
    void aPageOfAForeignOriginIsRefusedOverHttp() {
        assertThatThrownBy(() -> ChatClient.connect(route, Optional.of("https://evil.example.com")))
                .cause()
                .satisfies(refused -> assertThat(statusOf(refused)).isEqualTo(403));

        try (ChatClient listed = ChatClient.connect(route, Optional.of("https://chat.example.com"))) {
            listed.awaitEvent("online_users");
        }
    }

    private static Close closeOf(RouteAnswer route) {
        return ChatClient.connect(route).awaitClose();
    }

    private static int statusOf(Throwable refused) {
        return refused instanceof WebSocketHandshakeException e
                ? e.getResponse().statusCode()
                : -1;
    }
}
