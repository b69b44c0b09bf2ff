package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.core.ConditionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with a key store, and decent and other clients of it. */
class TlsTest {

    private static final String NAME = "localhost";
    private static final String NEXT_NAME = "after";
    private static final String PLAIN_REQUEST = "GET /elsewhere HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int LARGE = 16 << 20;

    @TempDir
    private Path folder;

    private final RecordingHost host = new RecordingHost();
    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    private final HandshakeTimes handshakes = new HandshakeTimes();
    private final Server server = new Server(new QueuedThreadPool(16), handshakes, buffers);
    private Path file;
    private Connectors connectors;
    private ServerConnector connector;

    /** Leaves it to the test when the time of a handshake is over. */
    private static final class HandshakeTimes extends ScheduledExecutorScheduler {

        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            if (delay != 10 || unit != TimeUnit.SECONDS) {
                return super.schedule(task, delay, unit);
            }
            waiting.add(task);
            return () -> waiting.remove(task);
        }

        void pass() {
            waiting.forEach(Runnable::run);
        }
    }

    private static final class LargeAnswer extends Handler.Abstract.NonBlocking {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!Request.getPathInContext(request).equals("/large")) {
                return false;
            }
            response.write(true, ByteBuffer.allocate(LARGE), callback);
            return true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        file = TestKeyStore.in(folder);
        connectors = Connectors.of(
                server, HttpFixture.loopback().withTls(new ListenSettings.KeyStoreFile(file, TestKeyStore.PASSWORD)));
        connector = connectors.on(0, 1, 1);
        server.addConnector(connector);
        server.setHandler(new Handler.Sequence(
                new LargeAnswer(),
                RoomWebSocketHandler.builder(host, TestServer.TICKETS)
                        // Stands still, so that no ping comes between.
                        .time(ManualTime.create())
                        .passOnPlainRequests()
                        .build(),
                new UnknownPathHandler()));
        server.start();
        host.echo();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        host.assertContractKept();
        soon("every buffer is given back").until(() -> buffers.getLeaks().isEmpty());
    }

    @Test
    void aConnectionOutlivesItsCertificate() throws Exception {
        try (RawClient client =
                RawClient.through(TestKeyStore.connect(port(), NAME)).upgrade()) {
            client.send(text("{\"event\":\"before\"}"));
            assertThat(client.readText()).isEqualTo("{\"event\":\"before\"}");

            replaceCertificate();
            soon("new connections see the new certificate").until(() -> shownAt(port()), "CN=after"::equals);

            client.send(text("{\"event\":\"after\"}"));
            assertThat(client.readText()).isEqualTo("{\"event\":\"after\"}");
        }
    }

    @Test
    void connectorsThatComeAndGoShareWhatIsInTheFile() throws Exception {
        ServerConnector second = open();
        ServerConnector third = open();
        second.stop();
        server.removeConnector(second);

        replaceCertificate();

        for (ServerConnector each : new ServerConnector[] {connector, third, open()}) {
            soon("the new certificate").until(() -> shownAt(each.getLocalPort()), "CN=after"::equals);
        }
    }

    private ServerConnector open() throws Exception {
        ServerConnector made = connectors.on(0, 0, 1);
        server.addConnector(made);
        made.start();
        return made;
    }

    @Test
    void handshakesThatStopHalfwayAreEnded() throws Exception {
        try (Socket silent = halfHandshake(0);
                Socket shy = halfHandshake(1);
                Socket half = halfHandshake(40);
                SSLSocket decent = TestKeyStore.connect(port(), NAME)) {
            assertThat(answer(decent)).startsWith("HTTP/1.1 404");
            soon("only those that are not done are waited for").until(() -> handshakes.waiting.size() == 3);

            handshakes.pass();

            for (Socket each : List.of(silent, shy, half)) {
                assertThat(rest(each)).isEmpty();
            }
            assertThat(answer(decent)).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void nothingIsLeftOfAClientThatGoesInTheMiddleOfItsHandshake() throws Exception {
        try (Socket half = halfHandshake(40)) {
            soon("it is waited for").until(() -> handshakes.waiting.size() == 1);
            assertThat(half.isConnected()).isTrue();
        }

        soon("it is not any more").until(handshakes.waiting::isEmpty);
    }

    private Socket halfHandshake(int bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(40_000);
        socket.getOutputStream().write(clientHello(0x0303), 0, bytes);
        return socket;
    }

    @Test
    void whoDoesNotSpeakTlsIsAnsweredNothingInPlain() throws Exception {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port())) {
            plain.setSoTimeout(40_000);
            plain.getOutputStream().write(PLAIN_REQUEST.getBytes(ISO_8859_1));

            assertThat(new String(rest(plain), ISO_8859_1)).doesNotContain("HTTP");
        }
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0300, 0x0301, 0x0302})
    void olderVersionsOfTlsAreRefused(int version) throws Exception {
        try (Socket old = new Socket(InetAddress.getLoopbackAddress(), port())) {
            old.setSoTimeout(40_000);
            old.getOutputStream().write(clientHello(version));

            byte[] alert = rest(old);

            assertThat(alert).hasSize(7).startsWith(21, 3);
            assertThat(alert[5]).as("fatal").isEqualTo((byte) 2);
            assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
        }
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void todaysVersionsOfTlsAreSpoken(String version) throws Exception {
        try (SSLSocket client = TestKeyStore.connect(port(), NAME)) {
            client.setEnabledProtocols(new String[] {version});

            assertThat(answer(client)).startsWith("HTTP/1.1 404");
            assertThat(client.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void aSlowReaderKeepsNobodyWaitingAndGetsEverything() throws Exception {
        try (SSLSocket slow = TestKeyStore.connect(port(), NAME)) {
            slow.getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));

            for (int i = 0; i < 5; i++) {
                assertServes();
            }

            assertThat(slow.getInputStream().readAllBytes()).hasSizeGreaterThan(LARGE);
        }
    }

    private static ConditionFactory soon(String what) {
        return await(what).pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(60));
    }

    private int port() {
        return connector.getLocalPort();
    }

    private void assertServes() throws Exception {
        try (SSLSocket client = TestKeyStore.connect(port(), NAME)) {
            assertThat(answer(client)).startsWith("HTTP/1.1 404");
        }
    }

    private void replaceCertificate() throws IOException {
        Path fresh = Files.write(folder.resolve("fresh"), TestKeyStore.of(NEXT_NAME));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String shownAt(int port) throws Exception {
        return TestKeyStore.shownAt(port, NAME, NEXT_NAME);
    }

    /** Asks for what there is not, and reads as much of the answer as comes at once. */
    private static String answer(SSLSocket client) throws IOException {
        client.getOutputStream().write(PLAIN_REQUEST.getBytes(ISO_8859_1));
        byte[] bytes = new byte[16_384];
        return new String(bytes, 0, client.getInputStream().read(bytes), ISO_8859_1);
    }

    private static byte[] rest(Socket socket) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                rest.write(b);
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return rest.toByteArray();
    }

    /** The first thing that a client says, one that knows nothing newer than this version. */
    private static byte[] clientHello(int version) throws IOException {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(hello);
        body.writeShort(version);
        body.write(new byte[32]);
        body.writeByte(0);
        // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, and its elder with CBC and SHA.
        body.writeShort(4);
        body.writeShort(0xC02B);
        body.writeShort(0xC009);
        body.writeByte(1);
        body.writeByte(0);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(record);
        head.writeByte(22);
        head.writeShort(0x0301);
        head.writeShort(hello.size() + 4);
        head.writeByte(1);
        head.writeByte(0);
        head.writeShort(hello.size());
        hello.writeTo(head);
        return record.toByteArray();
    }
}
