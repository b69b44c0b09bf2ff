package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.FIN;
import static io.roomrouting.jetty.internal.ClientFrames.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.jetty.internal.Frames;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compressed messages, with a client that others wrote and with one that breaks the rules. */
class WebSocketCompressionTest {

    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final int COMPRESSED = 0x40;

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final OkHttpClient okHttp = new OkHttpClient();

    @AfterEach
    void stop() {
        okHttp.dispatcher().executorService().shutdownNow();
        okHttp.connectionPool().evictAll();
    }

    @Test
    void clientsOfSocketIoThatAgreeGetCompressedMessages() throws Exception {
        try (SocketIoServer server = SocketIoServer.echo(options -> options.perMessageDeflate(true))) {
            WebSocket client = connect("http://127.0.0.1:" + server.port() + "/socket.io/?EIO=4&transport=websocket");
            assertThat(next()).startsWith("permessage-deflate; server_no_context_takeover");
            assertThat(next()).startsWith("0{");
            String large = "4" + "abcdefgh ".repeat(5_000);

            client.send(large);
            client.send("4small");

            assertThat(next()).isEqualTo(large);
            assertThat(next()).isEqualTo("4small");
            client.close(1000, "");
        }
    }

    @Test
    void clientsOfRoomsThatAgreeGetCompressedMessages() throws Exception {
        try (TestServer server = TestServer.start(options -> options.perMessageDeflate(true))) {
            server.host.echo();
            WebSocket client = connect("http://127.0.0.1:" + server.port() + "/?token=ticket-ok");
            assertThat(next()).startsWith("permessage-deflate; server_no_context_takeover");
            String large = "{\"event\":\"echo\",\"data\":\"" + "abcdefgh ".repeat(5_000) + "\"}";

            client.send(large);

            assertThat(next()).isEqualTo(large);
            client.close(1000, "");
        }
    }

    @Test
    void clientsThatDoNotAgreeGetThePlainFrames() throws Exception {
        try (SocketIoServer server = SocketIoServer.echo(options -> options.perMessageDeflate(true));
                RawClient client = server.webSocket()) {
            String large = "4" + "abcdefgh ".repeat(500);

            client.send(frame(FIN | Frames.TEXT, large.getBytes(UTF_8)));

            assertThat(client.readText()).isEqualTo(large);
        }
    }

    @Test
    void withoutTheSettingNothingIsAgreedOn() throws Exception {
        try (SocketIoServer server = SocketIoServer.echo();
                RawClient client = server.raw()) {
            assertThat(upgrade(client)).doesNotContain("Extensions");
            client.readText();

            client.send(frame(FIN | COMPRESSED | Frames.TEXT, deflated(new byte[10])));

            assertThat(client.readClose()).startsWith("1002 ");
        }
    }

    @Test
    void aMessageThatExpandsBeyondTheBoundEndsTheConnection() throws Exception {
        try (SocketIoServer server = SocketIoServer.echo(options -> options.perMessageDeflate(true));
                RawClient client = server.raw()) {
            assertThat(upgrade(client)).contains("Sec-WebSocket-Extensions: permessage-deflate");
            client.readText();

            client.send(frame(FIN | COMPRESSED | Frames.BINARY, deflated(new byte[1_000_001])));

            assertThat(client.readClose()).startsWith("1009 ");
        }
    }

    @Test
    void aCompressedMessageMayComeInPieces() throws Exception {
        try (SocketIoServer server = SocketIoServer.echo(options -> options.perMessageDeflate(true));
                RawClient client = server.raw()) {
            upgrade(client);
            client.readText();
            byte[] whole = deflated("4hello".getBytes(UTF_8));

            client.send(frame(COMPRESSED | Frames.TEXT, Arrays.copyOf(whole, 2)));
            client.send(frame(Frames.CONTINUATION, Arrays.copyOfRange(whole, 2, 4)));
            client.send(frame(FIN | Frames.CONTINUATION, Arrays.copyOfRange(whole, 4, whole.length)));
            assertThat(client.readText()).isEqualTo("4hello");

            client.send(frame(FIN | COMPRESSED | Frames.PING, new byte[0]));
            assertThat(client.readClose())
                    .as("only a message can be compressed")
                    .startsWith("1002 ");
        }
    }

    private static String upgrade(RawClient client) throws Exception {
        String head = client.request(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", "Sec-WebSocket-Key: " + RawClient.KEY, OFFER);
        assertThat(head).startsWith("HTTP/1.1 101 ");
        return head;
    }

    private static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(message);
        byte[] space = new byte[message.length + 100];
        int size = deflater.deflate(space, 0, space.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(space, size - 4);
    }

    private WebSocket connect(String url) {
        return okHttp.newWebSocket(new Request.Builder().url(url).build(), new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                seen.add(String.valueOf(response.header("Sec-WebSocket-Extensions")));
            }

            @Override
            public void onMessage(WebSocket socket, String text) {
                seen.add(text);
            }

            @Override
            public void onClosing(WebSocket socket, int code, String reason) {
                socket.close(1000, null);
            }
        });
    }

    private String next() throws InterruptedException {
        String text = seen.poll(60, TimeUnit.SECONDS);
        assertThat(text).as("something comes").isNotNull();
        return text;
    }
}
