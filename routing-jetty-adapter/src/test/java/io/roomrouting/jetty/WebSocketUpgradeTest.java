package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostState;
import io.roomrouting.RoutingException;
import io.roomrouting.jetty.internal.ClientFrames;
import io.roomrouting.session.LeaveReason;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and how the others are told. */
class WebSocketUpgradeTest {

    private static final String KEY = "Sec-WebSocket-Key: " + RawClient.KEY;
    private static final String GET = "GET /?token=ticket-ann HTTP/1.1";

    private TestServer server;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(options -> options.allowedOrigins(AllowedOrigins.of("https://good.example")));
        client = server.raw();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void theAnswerToAHandshakeIsThatOfTheSpecification() throws Exception {
        String head = client.request(GET, KEY);

        assertThat(head)
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("\r\nUpgrade: websocket\r\n")
                .containsIgnoringCase("\r\nConnection: Upgrade\r\n")
                .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                .doesNotContain("Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Content-Length");
        assertThat(server.host.next().admission.ticket().identity().user()).hasToString("ann");
        assertThat(server.host.addresses).containsExactly("127.0.0.1");
    }

    @Test
    void theTicketMayBeAProtocolAndIsNotEchoed() throws Exception {
        String head = client.request(
                "GET / HTTP/1.1",
                KEY,
                "Sec-WebSocket-Protocol: ticket.ticket-bob",
                "Sec-WebSocket-Protocol: chat, room.v1");

        assertThat(head).contains("\r\nSec-WebSocket-Protocol: room.v1\r\n").doesNotContain("bob");
        assertThat(server.host.next().admission.ticket().identity().user()).hasToString("bob");
    }

    @Test
    void theTicketInTheQueryIsDecoded() throws Exception {
        client.request("GET /?a=b&token=ticket%2Dc%C3%A9 HTTP/1.1", KEY);

        assertThat(server.host.next().admission.ticket().identity().user()).hasToString("cé");
    }

    @Test
    void extensionsAreNotNegotiated() throws Exception {
        assertThat(client.request(GET, KEY, "Sec-WebSocket-Extensions: permessage-deflate"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContain("permessage-deflate");
    }

    @Test
    void framesMayFollowTheRequestAtOnce() throws Exception {
        byte[] request = (GET
                        + "\r\nHost: h\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + KEY + "\r\n\r\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        client.send(request, ClientFrames.text("{\"event\":\"early\"}"), new byte[] {(byte) 0x81});

        assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        assertThat(server.host.next().event().name()).isEqualTo("early");
    }

    @Test
    void withoutATicketTheAnswerIs401() throws Exception {
        assertRefused(client.request("GET / HTTP/1.1", KEY), 401, "UNAUTHENTICATED", "WWW-Authenticate: Bearer");
        assertRefused(client.request("GET /?token= HTTP/1.1", KEY), 401, "UNAUTHENTICATED", "WWW-Authenticate: Bearer");
        assertRefused(
                client.request("GET / HTTP/1.1", KEY, "Sec-WebSocket-Protocol: room.v1, ticket."),
                401,
                "UNAUTHENTICATED",
                "WWW-Authenticate: Bearer");
        assertThat(server.host.permits).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://good.example", "https://good.example:8443", "null", ""})
    void aForeignOriginIsAnswered403(String origin) throws Exception {
        assertRefused(client.request(GET, KEY, "Origin: " + origin), 403, "FORBIDDEN", "");
    }

    @Test
    void anAllowedOriginGetsIn() throws Exception {
        assertThat(client.request(GET, KEY, "Origin: https://good.example")).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void anAddressWithTooManyConnectionsIsAnswered429() throws Exception {
        server.host.permitNobody(
                RoutingException.unavailable(ErrorCode.RATE_LIMITED, "too many", Duration.ofMillis(2_500)));

        assertRefused(client.request(GET, KEY), 429, "RATE_LIMITED", "Retry-After: 3");
    }

    @Test
    void aFullHostIsAnswered503() throws Exception {
        server.host.permitNobody(RoutingException.unavailable(ErrorCode.OVERLOADED, "full", Duration.ofSeconds(2)));

        assertRefused(client.request(GET, KEY), 503, "OVERLOADED", "Retry-After: 2");
    }

    @Test
    void aHostWithoutALeaseIsAnswered503ButADrainingOneTakesItsTickets() throws Exception {
        server.host.status(false, HostState.ACTIVE);
        assertRefused(client.request(GET, KEY), 503, "REGISTRY_UNAVAILABLE", "Retry-After: 1");

        server.host.status(false, HostState.DRAINING);
        assertThat(client.request(GET, KEY)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void aBadTicketIsToldInACloseFrame() throws Exception {
        client.request("GET /?token=nonsense HTTP/1.1", KEY);

        assertThat(client.readClose()).isEqualTo("4300 UNAUTHENTICATED");
        client.send(ClientFrames.text("{\"event\":\"ignored\"}"), ClientFrames.close(4300, ""));
        client.awaitEnd();
        await().atMost(Duration.ofMinutes(1)).until(() -> server.host.permits.get() == 0);
    }

    @Test
    void anExpiredTicketIsToldInACloseFrame() throws Exception {
        client.request("GET / HTTP/1.1", KEY, "Sec-WebSocket-Protocol: room.v1, ticket.ticket-expired");

        assertThat(client.readClose()).isEqualTo("4102 TICKET_EXPIRED");
    }

    @Test
    void aRefusalByTheHostIsToldInACloseFrame() throws Exception {
        server.host.refuse(RoutingException.roomRefused(ErrorCode.ROOM_FULL, "no seat"));
        client.request(GET, KEY);

        assertThat(client.readClose()).isEqualTo("4302 ROOM_FULL");
        client.send(ClientFrames.close(4302, ""));
        client.awaitEnd();
        assertThat(server.host.next().end()).isEqualTo(LeaveReason.KICKED);
        await().atMost(Duration.ofMinutes(1)).until(() -> server.host.permits.get() == 0);
    }

    @Test
    void aRefusalToComeBackLaterSaysWhen() throws Exception {
        server.host.refuse(
                RoutingException.unavailable(ErrorCode.REGISTRY_UNAVAILABLE, "away", Duration.ofMillis(1_234)));
        client.request(GET, KEY);

        assertThat(client.readClose()).isEqualTo("1013 REGISTRY_UNAVAILABLE;retryAfterMs=1234");
    }

    @Test
    void anotherVersionIsAnswered426() throws Exception {
        String head = client.plainRequest(
                GET, "Host: h", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 8", KEY);

        assertRefused(head, 426, "INVALID_REQUEST", "Sec-WebSocket-Version: 13");
    }

    @Test
    void aMalformedHandshakeIsAnswered400() throws Exception {
        assertRefused(client.request(GET), 400, "INVALID_REQUEST", "");
        assertRefused(client.request(GET, "Sec-WebSocket-Key: short"), 400, "INVALID_REQUEST", "");
        assertRefused(
                client.request(GET, "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAAAAA="), 400, "INVALID_REQUEST", "");
        assertRefused(client.request(GET, KEY, KEY), 400, "INVALID_REQUEST", "");
        assertRefused(client.request(GET, KEY, "Sec-WebSocket-Protocol: chat"), 400, "INVALID_REQUEST", "");
    }

    @Test
    void anUpgradeThatTheConnectionHeaderDoesNotNameIsAnswered400() throws Exception {
        String head = client.plainRequest(GET, "Host: h", "Upgrade: websocket", "Sec-WebSocket-Version: 13", KEY);

        assertThat(head).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void anUpgradeWithABodyIsAnswered400() throws Exception {
        assertThat(client.request(GET, KEY, "Content-Length: 0005", "\r\nhello"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(server.host.permits).hasValue(0);
    }

    @Test
    void aPlainGetIsAnswered426WithAHint() throws Exception {
        assertRefused(client.plainRequest("GET / HTTP/1.1", "Host: h"), 426, "INVALID_REQUEST", "Upgrade: websocket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /", "GET /other", "GET /other?token=ticket-x", "DELETE /"})
    void otherRequestsAreLeftToOthers(String request) throws Exception {
        assertThat(client.plainRequest(request + " HTTP/1.1", "Host: h")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void plainRequestsCanBeLeftToOthersToo() throws Exception {
        try (TestServer other = TestServer.start(options -> options.path("/ws").passOnPlainRequests());
                RawClient raw = other.raw()) {
            assertThat(raw.plainRequest("GET /ws HTTP/1.1", "Host: h")).startsWith("HTTP/1.1 404 ");
            raw.body(0);
            try (RawClient second = other.raw()) {
                assertThat(second.request("GET /ws?token=ticket-x HTTP/1.1", KEY))
                        .startsWith("HTTP/1.1 101 ");
            }
        }
    }

    @Test
    void aStoppingServerTakesNobody() throws Exception {
        server.handler.shutdown().get();

        assertRefused(client.request(GET, KEY), 503, "HOST_DRAINING", "Retry-After: 1");
    }

    private void assertRefused(String head, int status, String code, String header) throws IOException {
        assertThat(head).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase(header);
        assertThat(head).contains("application/problem+json");
        HttpTester.Response response = HttpTester.parseResponse(head);
        String body = client.body(Integer.parseInt(response.get("Content-Length")));
        assertThat(body).contains("\"status\":" + status, "\"code\":\"" + code + "\"", "\"title\"", "\"detail\"");
        assertThat(body).doesNotContain("ticket-ann");
    }
}
