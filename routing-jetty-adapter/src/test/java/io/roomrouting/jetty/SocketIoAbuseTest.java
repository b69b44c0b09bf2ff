package io.roomrouting.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that poll and go away, hurry ahead, dawdle, or send more than they may. */
class SocketIoAbuseTest {

    private static final int MAX_PAYLOAD = 1_000;
    private static final String UNKNOWN_SID = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";

    private SocketIoServer server;
    private String sid;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.echo(
                options -> options.engineSettings(options.engineSettings.withBounds(MAX_PAYLOAD, 100_000, 100)));
        sid = server.open();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aClientThatGoesAwayWhileItsPollIsHeldIsNoticedAtOnce() throws Exception {
        try (RawClient client = server.raw()) {
            holdPoll(client);
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
        assertThat(server.status(sid)).isEqualTo(UNKNOWN_SID);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log).containsExactly("opened", "transport error"));
    }

    @Test
    void aClientThatAnnouncesItsEndWhileItsPollIsHeldIsGone() throws Exception {
        try (RawClient client = server.raw()) {
            holdPoll(client);
            client.socket.shutdownOutput();

            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.body(1)).isEqualTo("1");
            client.awaitEnd();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
    }

    @Test
    void aRequestThatIsSentAheadIsAnsweredAfterTheHeldPoll() throws Exception {
        try (RawClient client = server.raw()) {
            client.send(bytes(poll() + post("4ahead")));
            await().atMost(Duration.ofMinutes(1)).until(server.lastConnection()::isWritable);

            server.say("first");

            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.body(6)).isEqualTo("4first");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.body(2)).isEqualTo("ok");
            assertThat(server.status(sid)).isEqualTo("200 4ahead");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60})
    void aRequestThatComesWhileThePollIsHeldHasToBeSentAgain(int pieces) throws Exception {
        try (RawClient client = server.raw()) {
            holdPoll(client);
            byte[] next = bytes(post("4later"));
            int at = 0;
            for (int piece = 1; piece < pieces; piece++) {
                client.send(new byte[] {next[at++]});
            }
            client.send(java.util.Arrays.copyOfRange(next, at, next.length));
            // Only to see that the server has got something: other clients are served meanwhile.
            assertThat(server.open()).hasSize(20);

            server.connections.get(0).offer(java.util.List.of(packet("first")));
            server.connections.get(0).flush();

            assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("Connection: close");
            assertThat(client.body(6)).isEqualTo("4first");
        }
    }

    @Test
    void oneConnectionServesPollAfterPoll() throws Exception {
        try (RawClient client = server.raw()) {
            for (int i = 0; i < 50; i++) {
                holdPoll(client);
                server.say("n" + (i % 10));
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                assertThat(client.body(3)).isEqualTo("4n" + (i % 10));
            }
        }
    }

    @Test
    void aHeldPollOutlivesTheIdleTimeoutOfItsConnection() throws Exception {
        server.connector.setIdleTimeout(50);
        try (RawClient client = server.raw();
                RawClient idle = server.raw()) {
            holdPoll(client);
            idle.awaitEnd();
            try (RawClient idleLater = server.raw()) {
                idleLater.awaitEnd();
            }

            server.say("still here");

            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.body(11)).isEqualTo("4still here");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedAndTheSessionGoesOn() {
        assertThat(server.post(sid, "4" + "x".repeat(MAX_PAYLOAD)).statusCode()).isEqualTo(413);
        assertThat(server.post(sid, "4" + "x".repeat(MAX_PAYLOAD)).body()).isEmpty();
        assertThat(server.post(sid, "4" + "x".repeat(MAX_PAYLOAD - 1)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyInChunksIsBoundedToo() throws Exception {
        try (RawClient client = server.raw()) {
            client.send(bytes(head("POST", "Transfer-Encoding: chunked")));
            for (int i = 0; i < 5; i++) {
                client.send(bytes("fa\r\n" + "4".repeat(250) + "\r\n"));
            }
            client.send(bytes("0\r\n\r\n"));

            assertThat(client.head()).startsWith("HTTP/1.1 413 ").contains("Content-Length: 0\r\n");
            server.say("for the poll");
            assertThat(client.plainRequest(head("GET").strip())).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void anAnnouncementOfALongBodyIsEnoughToBeRefused() throws Exception {
        try (RawClient client = server.raw()) {
            assertThat(client.plainRequest(
                            head("POST", "Content-Length: 99999999999").strip()))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Connection: close\r\n");
            client.awaitEnd();
        }
        assertThat(server.post(sid, "4x").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatBreaksOffEndsTheSession() throws Exception {
        try (RawClient client = server.raw()) {
            client.send(bytes(head("POST", "Content-Length: 100") + "4half"));
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log).containsExactly("opened", "transport error"));
    }

    @Test
    void aBodyThatDoesNotComeInTimeEndsTheSessionAndItsConnection() throws Exception {
        try (RawClient client = server.raw()) {
            int timers = server.time.pendingTimers();
            client.send(bytes(head("POST", "Content-Length: 100") + "4half"));
            await("its time is limited")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> server.time.pendingTimers() > timers);

            server.time.advance(SocketIoServer.PING_INTERVAL.plus(SocketIoServer.PING_TIMEOUT));

            assertThat(client.head()).startsWith("HTTP/1.1 408 ").contains("Connection: close\r\n");
            client.awaitEnd();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
    }

    @Test
    void twoBodiesAtOnceEndTheSession() throws Exception {
        try (RawClient client = server.raw()) {
            int timers = server.time.pendingTimers();
            client.send(bytes(head("POST", "Content-Length: 100") + "4half"));
            await().atMost(Duration.ofMinutes(1)).until(() -> server.time.pendingTimers() > timers);

            assertThat(server.post(sid, "4other").statusCode()).isEqualTo(400);
            assertThat(server.status(sid)).isEqualTo(UNKNOWN_SID);

            client.send(new byte[95]);
            assertThat(client.head()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aPollWithABodyIsAnsweredAndItsBodyThrownAway() throws Exception {
        server.say("news");
        try (RawClient client = server.raw()) {
            client.send(bytes(head("GET", "Content-Length: 5") + "12345" + poll()));

            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.body(5)).isEqualTo("4news");
            await().atMost(Duration.ofMinutes(1)).until(server.lastConnection()::isWritable);
            server.say("more");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.body(5)).isEqualTo("4more");
        }
    }

    @Test
    void moreSessionsThanAllowedAreToldToComeLater() {
        for (int i = server.handler.sessions(); i < 100; i++) {
            server.get("transport=polling");
        }

        var refused = server.get("transport=polling");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Http.header(refused, "retry-after")).isEqualTo("1");
        server.time.advance(Duration.ofMinutes(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
    }

    private void holdPoll(RawClient client) throws IOException {
        client.send(bytes(poll()));
        await("the poll is held").atMost(Duration.ofMinutes(1)).until(server.lastConnection()::isWritable);
    }

    private static io.roomrouting.socketio.engine.EncodedPacket packet(String text) {
        return io.roomrouting.socketio.engine.EncodedPacket.message(text);
    }

    private String poll() {
        return head("GET");
    }

    private String post(String body) {
        return head("POST", "Content-Length: " + body.length()) + body;
    }

    private String head(String method, String... headers) {
        StringBuilder head = new StringBuilder(
                method + " /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\n" + "Host: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
