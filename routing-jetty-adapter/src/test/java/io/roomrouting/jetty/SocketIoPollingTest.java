package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that poll, over real HTTP. */
class SocketIoPollingTest {

    private static final String UNKNOWN_SID = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";

    private SocketIoServer server;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.echo();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aHandshakeTellsTheFiveThingsThatClientsExpect() {
        HttpResponse<String> answer = server.get("transport=polling");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(header(answer, "set-cookie")).isEmpty();
        JsonNode told = Http.json(answer.body().substring(1));
        assertThat(told.path("sid").textValue()).matches("[A-Za-z0-9_-]{20}");
        assertThat(told.path("upgrades").toString()).isEqualTo("[\"websocket\"]");
        assertThat(told.path("pingInterval").intValue()).isEqualTo(25_000);
        assertThat(told.path("pingTimeout").intValue()).isEqualTo(20_000);
        assertThat(told.path("maxPayload").intValue()).isEqualTo(1_000_000);
        assertThat(told.size()).isEqualTo(5);
    }

    @Test
    void whatIsSentComesBack() {
        String sid = server.open();

        HttpResponse<String> post = server.post(sid, "4hello\u001e4wörld\u001ebAQIDBA==");

        assertThat(post.statusCode()).isEqualTo(200);
        assertThat(post.body()).isEqualTo("ok");
        assertThat(header(post, "content-type")).isEqualTo("text/html");
        assertThat(header(post, "content-length")).isEqualTo("2");
        assertThat(header(post, "cache-control")).isEqualTo("no-store");
        assertThat(server.status(sid)).isEqualTo("200 4hello\u001e4wörld\u001ebAQIDBA==");
    }

    @Test
    void aPollIsHeldUntilThereIsSomethingToSay() throws Exception {
        String sid = server.open();
        CompletableFuture<String> poll = server.heldPoll(sid);

        server.say("news");

        assertThat(poll.get(60, TimeUnit.SECONDS)).isEqualTo("200 4news");
    }

    @Test
    void aPathWithoutASlashAtItsEndIsTheSame() throws Exception {
        try (RawClient client = server.raw()) {
            assertThat(client.plainRequest("GET /socket.io?EIO=4&transport=polling HTTP/1.1", "Host: localhost"))
                    .startsWith("HTTP/1.1 200 ");
        }
        try (RawClient client = server.raw()) {
            assertThat(client.plainRequest("GET /socket.ioo?EIO=4&transport=polling HTTP/1.0"))
                    .startsWith("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET     | EIO=4                         | 400 {\"code\":0,\"message\":\"Transport unknown\"}",
                "GET     | EIO=4&transport=abc           | 400 {\"code\":0,\"message\":\"Transport unknown\"}",
                "GET     | EIO=4&transport=%ff%ZZ        | 400 {\"code\":0,\"message\":\"Transport unknown\"}",
                "GET     | EIO=4&transport=polling&sid=x | 400 {\"code\":1,\"message\":\"Session ID unknown\"}",
                "POST    | EIO=4&transport=polling&sid=x | 400 {\"code\":1,\"message\":\"Session ID unknown\"}",
                "POST    | EIO=4&transport=polling       | 400 {\"code\":2,\"message\":\"Bad handshake method\"}",
                "PUT     | EIO=4&transport=polling       | 400 {\"code\":2,\"message\":\"Bad handshake method\"}",
                "OPTIONS | EIO=4&transport=polling       | 400 {\"code\":2,\"message\":\"Bad handshake method\"}",
                "GET     | EIO=4&transport=websocket     | 400 {\"code\":3,\"message\":\"Bad request\"}",
                "GET     | EIO=3&transport=polling       | 400 {\"code\":5,\"message\":\"Unsupported protocol version\"}",
                "GET     | EIO=abc&transport=polling     | 400 {\"code\":5,\"message\":\"Unsupported protocol version\"}",
            })
    void aRequestThatIsNoneIsAnsweredWithItsCode(String method, String query, String expected) throws Exception {
        try (RawClient client = server.raw()) {
            String head = client.plainRequest(
                    method + " /socket.io/?" + query + " HTTP/1.1", "Host: localhost", "Content-Length: 0");
            assertThat(head).startsWith("HTTP/1.1 " + expected.substring(0, 4));
            assertThat(head).contains("Content-Type: application/json\r\n");
            assertThat(client.body(expected.length() - 4)).isEqualTo(expected.substring(4));
        }
    }

    @Test
    void aMethodThatIsNeitherGetNorPostIsAnsweredWithNothing() {
        String sid = server.open();

        HttpResponse<String> answer = server.send("PUT", "transport=polling&sid=" + sid);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEmpty();
        assertThat(server.send("HEAD", "transport=polling&sid=" + sid).statusCode())
                .isEqualTo(500);
        assertThat(server.send("HEAD", "transport=polling").statusCode()).isEqualTo(400);
        assertThat(server.post(sid, "4x").statusCode())
                .as("the session goes on")
                .isEqualTo(200);
    }

    @Test
    void twoPollsAtOnceEndTheSession() throws Exception {
        String sid = server.open();
        CompletableFuture<String> first = server.heldPoll(sid);

        assertThat(server.status(sid)).isEqualTo("400 ");

        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("200 1");
        assertThat(server.status(sid)).isEqualTo(UNKNOWN_SID);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log).containsExactly("opened", "transport error"));
    }

    @Test
    void aClientIsPingedAndEndedWhenItDoesNotAnswer() throws Exception {
        String sid = server.open();
        CompletableFuture<String> poll = server.heldPoll(sid);

        server.time.advance(SocketIoServer.PING_INTERVAL);
        assertThat(poll.get(60, TimeUnit.SECONDS)).isEqualTo("200 2");
        assertThat(server.post(sid, "3").body()).isEqualTo("ok");
        poll = server.heldPoll(sid);
        server.time.advance(SocketIoServer.PING_INTERVAL);
        assertThat(poll.get(60, TimeUnit.SECONDS)).isEqualTo("200 2");

        server.time.advance(SocketIoServer.PING_TIMEOUT);
        assertThat(server.status(sid)).isEqualTo(UNKNOWN_SID);
    }

    @Test
    void aClientThatSaysGoodbyeHasItsPollEnded() throws Exception {
        String sid = server.open();
        CompletableFuture<String> poll = server.heldPoll(sid);

        assertThat(server.post(sid, "1").body()).isEqualTo("ok");

        assertThat(poll.get(60, TimeUnit.SECONDS)).isEqualTo("200 6");
        assertThat(server.status(sid)).isEqualTo(UNKNOWN_SID);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log).containsExactly("opened", "transport close"));
    }

    @ParameterizedTest
    @CsvSource({"abc, text/plain", "'', text/plain", "4x, application/octet-stream"})
    void whatIsNoPacketEndsTheSession(String body, String type) {
        String sid = server.open();

        HttpResponse<String> answer = server.post(sid, body, "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
        assertThat(server.status(sid)).isEqualTo(UNKNOWN_SID);
    }

    @Test
    void aListenerThatFailsEndsItsSessionAndNothingElse() {
        String sid = server.open();

        assertThat(server.post(sid, "4throw").statusCode()).isEqualTo(200);

        assertThat(server.status(sid)).isEqualTo(UNKNOWN_SID);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log).contains("forced close"));
        assertThat(server.open()).hasSize(20);
    }

    @Test
    void nothingIsLeftOfASessionThatHasEnded() throws Exception {
        String sid = server.open();
        CompletableFuture<String> poll = server.heldPoll(sid);
        assertThat(server.time.pendingTimers()).isPositive();

        server.post(sid, "1");
        poll.get(60, TimeUnit.SECONDS);

        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
        await().atMost(Duration.ofMinutes(1)).until(() -> server.time.pendingTimers() == 0);
    }
}
