package io.roomrouting.jetty;

import static io.roomrouting.jetty.SocketIoServer.soon;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.testkit.ManualTime;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that poll through TLS: what is known of the socket is behind another layer there. */
class SocketIoTlsTest {

    @TempDir
    private Path folder;

    private final AtomicReference<@Nullable EngineConnection> connection = new AtomicReference<>();
    private final SocketIoHandler handler = SocketIoHandler.builder()
            .time(ManualTime.create())
            .acceptor((opened, handshake) -> {
                connection.set(opened);
                return new Silence();
            })
            .build();
    private HttpListener server;
    private SSLContext trust;

    @BeforeEach
    void start() throws Exception {
        Path file = TestKeyStore.in(folder);
        trust = TestKeyStore.trusting(file);
        server = HttpListener.start(
                HttpFixture.loopback().withTls(new ListenSettings.KeyStoreFile(file, TestKeyStore.PASSWORD)), handler);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aClientThatGoesAwayWhileItsPollIsHeldIsNoticedAtOnce() throws Exception {
        try (RawClient client = connect()) {
            client.send(poll(open(client)));
            soon("the poll is held").until(this::isHeld);
        }

        soon("it is noticed").until(() -> handler.sessions() == 0);
    }

    @Test
    void aRequestThatIsSentAheadHasToBeSentAgainOnAnotherConnection() throws Exception {
        try (RawClient client = connect()) {
            String sid = open(client);
            client.send(poll(sid));
            soon("the poll is held").until(this::isHeld);
            client.send(("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n4x")
                    .getBytes(ISO_8859_1));

            say();

            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.body(5)).isEqualTo("4news");
        }
    }

    private RawClient connect() throws Exception {
        return RawClient.through(
                trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port()));
    }

    private static String open(RawClient client) throws Exception {
        assertThat(client.plainRequest("GET /socket.io/?EIO=4&transport=polling HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 200 ");
        String packet = client.body(118);
        assertThat(packet).endsWith("}");
        return packet.substring(9, 29);
    }

    private static byte[] poll(String sid) {
        return ("GET /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private boolean isHeld() {
        EngineConnection opened = connection.get();
        return opened != null && opened.isWritable();
    }

    private void say() {
        EngineConnection opened = connection.get();
        if (opened != null) {
            opened.offer(List.of(EncodedPacket.message("news")));
            opened.flush();
        }
    }

    private static final class Silence implements EngineListener {

        @Override
        public void onText(String text) {}

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onReadComplete() {}

        @Override
        public void onClosed(CloseReason reason) {}
    }
}
