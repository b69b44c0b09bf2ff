package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.FIN;
import static io.roomrouting.jetty.internal.ClientFrames.close;
import static io.roomrouting.jetty.internal.ClientFrames.concat;
import static io.roomrouting.jetty.internal.ClientFrames.frame;
import static io.roomrouting.jetty.internal.ClientFrames.text;
import static io.roomrouting.jetty.internal.ClientFrames.unmasked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.jetty.internal.Frames;
import io.roomrouting.session.Delivery;
import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.socketio.engine.EngineConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients with a WebSocket, from the beginning or after they have polled. */
class SocketIoWebSocketTest {

    private static final int MAX_PAYLOAD = 10_000;
    private static final int MAX_BUFFERED = 100_000;

    private SocketIoServer server;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.echo(
                options -> options.engineSettings(options.engineSettings.withBounds(MAX_PAYLOAD, MAX_BUFFERED, 1_000)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aWebSocketBeginsWithAHandshakeThatOffersNoUpgrade() throws Exception {
        try (RawClient client = server.webSocket("")) {
            String packet = client.readText();

            assertThat(packet).startsWith("0{");
            assertThat(Http.json(packet.substring(1)).path("upgrades").isEmpty())
                    .isTrue();
            assertThat(packet).contains("\"upgrades\":[]");
        }
    }

    @Test
    void whatIsSentComesBackAsText() throws Exception {
        try (RawClient client = server.webSocket()) {
            client.send(text("4hello"), text("4wörld"));

            assertThat(client.readText()).isEqualTo("4hello");
            assertThat(client.readText()).isEqualTo("4wörld");
        }
    }

    @Test
    void whatIsSentComesBackAsBytes() throws Exception {
        try (RawClient client = server.webSocket()) {
            client.send(frame(FIN | Frames.BINARY, new byte[] {1, 2, 3}));

            RawClient.Frame frame = client.read();
            assertThat(frame.opcode()).isEqualTo(Frames.BINARY);
            assertThat(frame.content()).isEqualTo("\u0001\u0002\u0003");
        }
    }

    @Test
    void aClientIsPingedInMessagesAndEndedWhenItDoesNotAnswer() throws Exception {
        try (RawClient client = server.webSocket()) {
            server.time.advance(SocketIoServer.PING_INTERVAL);
            assertThat(client.readText()).isEqualTo("2");
            client.send(text("3"), text("4seen"));
            assertThat(client.readText()).isEqualTo("4seen");
            server.time.advance(SocketIoServer.PING_INTERVAL);
            assertThat(client.readText()).isEqualTo("2");

            server.time.advance(SocketIoServer.PING_TIMEOUT);

            assertThat(client.readClose()).isEqualTo("1000 ");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.log).endsWith("ping timeout"));
        }
    }

    @Test
    void aMessageThatIsTooLongIsAnsweredWithItsCode() throws Exception {
        try (RawClient client = server.webSocket()) {
            client.send(text("4" + "x".repeat(MAX_PAYLOAD)));

            assertThat(client.readClose()).startsWith("1009 ");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.log).endsWith("transport error"));
        }
    }

    @Test
    void aMessageThatIsNoPacketEndsTheSession() throws Exception {
        try (RawClient client = server.webSocket()) {
            client.send(text("abc"));

            assertThat(client.readClose()).isEqualTo("1000 ");
            await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
        }
    }

    @Test
    void aBrokenFrameEndsTheSession() throws Exception {
        try (RawClient client = server.webSocket()) {
            client.send(unmasked(FIN | Frames.TEXT, new byte[] {'4'}));

            assertThat(client.readClose()).startsWith("1002 ");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.log).endsWith("transport error"));
        }
    }

    @Test
    void aGoodbyeOfTheClientEndsTheSession() throws Exception {
        try (RawClient client = server.webSocket()) {
            client.send(close(1000, ""));

            assertThat(client.readClose()).isEqualTo("1000 ");
            client.awaitEnd();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.log).endsWith("transport close"));
        }
    }

    @Test
    void aConnectionThatBreaksEndsTheSession() throws Exception {
        server.webSocket().close();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log).endsWith("transport error"));
    }

    @ParameterizedTest
    @CsvSource({
        "EIO=4, Transport unknown",
        "EIO=4&transport=abc, Transport unknown",
        "EIO=4&transport=polling, Bad request",
        "EIO=4&transport=websocket&sid=x, Session ID unknown",
        "EIO=3&transport=websocket, Unsupported protocol version"
    })
    void aRefusalIsTextAndTheEndOfTheConnection(String query, String message) throws Exception {
        try (RawClient client = server.raw()) {
            String head =
                    client.request("GET /socket.io/?" + query + " HTTP/1.1", "Sec-WebSocket-Key: " + RawClient.KEY);

            assertThat(head).startsWith("HTTP/1.1 400 ").contains("Connection: close\r\n");
            assertThat(client.body(message.length())).isEqualTo(message);
            client.awaitEnd();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.sessions() == 0);
    }

    @Test
    void theAnswersToOneReadAreOneWrite() throws Exception {
        try (RawClient client = server.webSocket()) {
            int before = server.writes.get();

            client.send(
                    concat(IntStream.range(0, 30).mapToObj(i -> text("4n" + i)).toArray(byte[][]::new)));

            for (int i = 0; i < 30; i++) {
                assertThat(client.readText()).isEqualTo("4n" + i);
            }
            assertThat(server.writes.get() - before).isEqualTo(1);
        }
    }

    @Test
    void aPacketForManyIsOneFrame() throws Exception {
        EncodedPacket packet = EncodedPacket.message("all");
        try (RawClient one = server.webSocket();
                RawClient two = server.webSocket()) {
            for (EngineConnection connection : server.connections) {
                connection.offer(List.of(packet, packet));
                connection.flush();
            }

            for (RawClient client : List.of(one, two)) {
                assertThat(client.readText()).isEqualTo("4all");
                assertThat(client.readText()).isEqualTo("4all");
            }
        }
    }

    @Test
    void aClientThatDoesNotReadIsBounded() throws Exception {
        try (RawClient narrow = RawClient.connectNarrow(server.port())) {
            narrow.request("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", "Sec-WebSocket-Key: " + RawClient.KEY);
            narrow.readText();
            await().atMost(Duration.ofMinutes(1)).until(() -> !server.connections.isEmpty());
            EngineConnection connection = server.lastConnection();
            EncodedPacket kilobyte = EncodedPacket.message("x".repeat(1_000));
            int accepted = 0;
            while (connection.offer(List.of(kilobyte)) == Delivery.ACCEPTED) {
                connection.flush();
                assertThat(++accepted).isLessThan(20_000);
            }
            try (RawClient other = server.webSocket()) {
                server.say("fine");
                assertThat(other.readText()).as("others do not notice").isEqualTo("4fine");
            }

            connection.close(CloseReason.FORCED_CLOSE);
            for (int i = 0; i < accepted; i++) {
                assertThat(narrow.readText()).hasSize(1_001);
            }
            assertThat(narrow.readClose()).isEqualTo("1000 ");
        }
    }

    @Test
    void aClientThatPollsChangesOver() throws Exception {
        String sid = server.open();
        var poll = server.heldPoll(sid);
        try (RawClient client = server.webSocket("&sid=" + sid)) {
            client.send(text("2probe"));
            assertThat(client.readText()).isEqualTo("3probe");
            await("the poll is ended within 100 ms")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        server.time.advance(Duration.ofMillis(100));
                        return poll.isDone();
                    });
            assertThat(poll.get()).isEqualTo("200 6");

            client.send(text("5"), text("4hello"));

            assertThat(client.readText()).isEqualTo("4hello");
            assertThat(server.status(sid)).isEqualTo("400 {\"code\":3,\"message\":\"Bad request\"}");
            assertThat(server.post(sid, "4x").body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            try (RawClient second = server.webSocket("&sid=" + sid)) {
                assertThat(second.readClose()).isEqualTo("1000 ");
            }
            client.send(text("4still"));
            assertThat(client.readText()).isEqualTo("4still");
        }
    }

    @Test
    void nothingIsLostOrChangedInOrderWhenAClientChangesOver() throws Exception {
        String sid = server.open();
        EngineConnection connection = server.lastConnection();
        Thread speaker = new Thread(() -> {
            for (int i = 0; i < 500; i++) {
                connection.offer(List.of(EncodedPacket.message("n" + i)));
                connection.flush();
            }
        });
        List<String> heard = new ArrayList<>();
        speaker.start();
        heard.addAll(pollOnce(sid));
        try (RawClient client = server.webSocket("&sid=" + sid)) {
            client.send(text("2probe"));
            assertThat(client.readText()).isEqualTo("3probe");
            heard.addAll(pollOnce(sid));
            speaker.join();
            client.send(text("5"), text("4end"));
            for (String next = client.readText(); !next.equals("4end"); next = client.readText()) {
                heard.add(next);
            }
        }
        heard.removeIf("6"::equals);
        assertThat(heard)
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "4n" + i).toList());
    }

    private List<String> pollOnce(String sid) {
        // One that is held until nothing comes any more is ended by the change.
        CompletableFuture<String> poll = server.poll(sid);
        await("a poll is answered").atMost(Duration.ofMinutes(1)).until(() -> {
            server.time.advance(Duration.ofMillis(10));
            return poll.isDone();
        });
        assertThat(poll.join()).startsWith("200 ");
        return List.of(poll.join().substring(4).split("\u001e"));
    }

    @Test
    void aCandidateThatDoesNotChangeOverInTimeIsClosedAndPollingGoesOn() throws Exception {
        String sid = server.open();
        try (RawClient client = server.webSocket("&sid=" + sid)) {
            client.send(text("2probe"));
            assertThat(client.readText()).isEqualTo("3probe");

            server.time.advance(Duration.ofSeconds(10));

            assertThat(client.readClose()).isEqualTo("1000 ");
        }
        assertThat(server.post(sid, "4on").statusCode()).isEqualTo(200);
        assertThat(server.status(sid)).isEqualTo("200 4on");
    }
}
