package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.FIN;
import static io.roomrouting.jetty.internal.ClientFrames.close;
import static io.roomrouting.jetty.internal.ClientFrames.frame;
import static io.roomrouting.jetty.internal.ClientFrames.text;
import static io.roomrouting.jetty.internal.ClientFrames.unmasked;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.roomrouting.jetty.internal.Frames;
import io.roomrouting.session.LeaveReason;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break the rules, on a real socket. What is a breach is FrameDecoderTest's business. */
class WebSocketHostileTest {

    private TestServer server;
    private RawClient client;
    private RecordingHost.Visit visit;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(
                options -> options.settings(WebSocketSettings.defaults().withMaxMessageBytes(10_000)));
        client = server.raw().upgrade();
        visit = server.host.next();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.connections() == 0);
        assertThat(server.host.permits).hasValue(0);
        server.close();
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                arguments("no mask", unmasked(FIN | Frames.TEXT, new byte[3]), "1002 PROTOCOL_ERROR"),
                arguments("reserved bit", frame(FIN | 0x40 | Frames.TEXT, new byte[3]), "1002 PROTOCOL_ERROR"),
                arguments("reserved opcode", frame(FIN | 0x3, new byte[3]), "1002 PROTOCOL_ERROR"),
                arguments("long ping", frame(FIN | Frames.PING, new byte[126]), "1002 PROTOCOL_ERROR"),
                arguments("HTTP", "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8), "1002 PROTOCOL_ERROR"),
                arguments("bad close code", close(1005, ""), "1002 PROTOCOL_ERROR"),
                arguments("binary", frame(FIN | Frames.BINARY, new byte[3]), "1003 PROTOCOL_ERROR"),
                arguments("not UTF-8", frame(FIN | Frames.TEXT, new byte[] {(byte) 0xC0}), "1007 PROTOCOL_ERROR"),
                arguments("too big", frame(FIN | Frames.TEXT, new byte[10_001]), "1009 TOO_BIG"),
                arguments("announced too big", frame(FIN | Frames.TEXT, 8, 1L << 40, new byte[9]), "1009 TOO_BIG"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void aBreachEndsTheConnectionWithItsCode(String name, byte[] bytes, String closeFrame) throws Exception {
        client.send(text("{\"event\":\"before\"}"), bytes, text("{\"event\":\"after\"}"));

        assertThat(client.readClose()).isEqualTo(closeFrame);
        assertThat(client.isAtEnd()).as("the server says no more").isTrue();
        assertThat(visit.event().name()).isEqualTo("before");
        assertThat(visit.end()).isEqualTo(name.endsWith("too big") ? LeaveReason.TOO_BIG : LeaveReason.PROTOCOL_ERROR);
        assertThat(visit.hasEvents()).as("what follows a breach is not heard").isFalse();
    }

    @Test
    void aClientThatKeepsSendingAfterItsBreachStillSeesTheCode() throws Exception {
        byte[] flood = new byte[3_000_000];
        new Random(7).nextBytes(flood);
        client.send(frame(FIN | Frames.TEXT, 8, flood.length, flood));

        assertThat(client.readClose()).isEqualTo("1009 TOO_BIG");
        assertThat(client.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{", "{\"event\":\"x\"", "\"event\""})
    void aMessageThatIsNoEventIsAnsweredWithAnError(String message) throws Exception {
        client.send(text(message));

        assertThat(client.readText())
                .startsWith("{\"event\":\"error\",\"data\":{\"code\":\"INVALID_REQUEST\",\"detail\":\"");
    }

    @Test
    void theThirdInARowThatIsNotJsonEndsWith1007() throws Exception {
        client.send(text("1"), text("{}"), text("{\"event\":\"good\"}"), text("{}"), text("{}"), text("hello"));

        assertThat(client.readClose()).isEqualTo("1007 PROTOCOL_ERROR");
        assertThat(visit.event().name()).isEqualTo("good");
        assertThat(visit.end()).isEqualTo(LeaveReason.PROTOCOL_ERROR);
    }

    @Test
    void theThirdInARowThatIsJsonEndsWith1008() throws Exception {
        client.send(text("hello"), text("hello"), text("[]"));

        assertThat(client.readText()).contains("INVALID_REQUEST");
        assertThat(client.readText()).contains("INVALID_REQUEST");
        assertThat(client.read().closeText()).isEqualTo("1008 PROTOCOL_ERROR");
    }

    @Test
    void aFloodOfPingsIsAnsweredWithoutPilingUp() throws Exception {
        byte[] ping = frame(FIN | Frames.PING, new byte[100]);
        byte[] pings = new byte[ping.length * 1_000];
        for (int i = 0; i < 1_000; i++) {
            System.arraycopy(ping, 0, pings, i * ping.length, ping.length);
        }
        client.send(pings, text("{}"));

        RawClient.Frame frame = client.read();
        while (frame.opcode() == Frames.PONG) {
            assertThat(frame.content()).hasSize(100);
            frame = client.read();
        }

        assertThat(frame.text()).as("%s", frame).contains("INVALID_REQUEST");
    }

    @Test
    void aConnectionThatBreaksIsLost() throws Exception {
        client.send(text("{\"event\":\"x\"}"), new byte[] {(byte) 0x81, (byte) 0xFE});
        assertThat(visit.event().name()).isEqualTo("x");

        client.close();

        assertThat(visit.end()).isEqualTo(LeaveReason.CONNECTION_LOST);
    }

    @Test
    void aConnectionThatIsResetIsLost() throws Exception {
        client.socket.setSoLinger(true, 0);
        client.close();

        assertThat(visit.end()).isEqualTo(LeaveReason.CONNECTION_LOST);
    }

    @Test
    void aHalfClosedConnectionIsLostAndClosed() throws Exception {
        client.socket.shutdownOutput();

        assertThat(visit.end()).isEqualTo(LeaveReason.CONNECTION_LOST);
        client.awaitEnd();
    }

    @Test
    void aConnectionThatEndsBeforeTheUpgradeIsNobodysVisit() throws Exception {
        try (RawClient other = server.raw()) {
            other.send("GET /?token=ticket-x HTTP/1.1\r\nHost: h\r\n".getBytes(UTF_8));
        }
        try (RawClient next = server.raw().upgrade()) {
            assertThat(server.host.next().hasEnded()).isFalse();
            next.send(close(1000, ""));
            next.awaitEnd();
        }
        assertThat(server.host.addresses).hasSize(2);
    }

    @Test
    void anyBytesEndWithACloseFrameOrAreFrames() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            try (RawClient other = server.raw().upgrade()) {
                other.send(noise, close(1000, ""));
                other.socket.shutdownOutput();
                other.awaitEnd();
            }
            assertThat(server.host.next().end())
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }
}
