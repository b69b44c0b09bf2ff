package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.session.LeaveReason;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that others wrote. */
class WebSocketInteropTest {

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final OkHttpClient okHttp = new OkHttpClient();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        okHttp.dispatcher().executorService().shutdownNow();
        okHttp.connectionPool().evictAll();
    }

    @Test
    void theClientOfTheJdkTalksAndLeaves() throws Exception {
        server.host.echo();
        WebSocket client = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("room.v1", "ticket.ticket-jdk")
                .buildAsync(server.uri("/"), new JdkListener())
                .get(60, TimeUnit.SECONDS);
        assertThat(client.getSubprotocol()).isEqualTo("room.v1");
        RecordingHost.Visit visit = server.host.next();

        String large = "ä".repeat(20_000);
        client.sendText("{\"event\":\"echo\",", false).join();
        client.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
        client.sendText("\"data\":\"" + large + "\"}", true).join();

        assertThat(next()).isEqualTo("pong 3");
        assertThat(next()).isEqualTo("{\"event\":\"echo\",\"data\":\"" + large + "\"}");
        client.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
        assertThat(next()).isEqualTo("close 1000");
        assertThat(visit.end()).isEqualTo(LeaveReason.LEFT);
    }

    @Test
    void theClientOfTheJdkIsSentAway() throws Exception {
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(server.uri("/?token=ticket-jdk"), new JdkListener())
                .get(60, TimeUnit.SECONDS);

        server.host.next().connection.close(LeaveReason.HOST_DRAINING, Duration.ofMillis(700));

        assertThat(next()).isEqualTo("close 4101 HOST_DRAINING;retryAfterMs=700");
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.connections() == 0);
    }

    @Test
    void okHttpTalksAndLeaves() throws Exception {
        server.host.echo();
        okhttp3.WebSocket client = connect();
        RecordingHost.Visit visit = server.host.next();

        client.send("{\"event\":\"echo\",\"data\":[1,2]}");

        assertThat(next()).isEqualTo("{\"event\":\"echo\",\"data\":[1,2]}");
        client.close(1000, "bye");
        assertThat(next()).isEqualTo("closing 1000");
        assertThat(next()).isEqualTo("closed 1000");
        assertThat(visit.end()).isEqualTo(LeaveReason.LEFT);
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.connections() == 0);
        assertThat(server.host.permits).hasValue(0);
    }

    @Test
    void okHttpIsSentAway() throws Exception {
        connect();
        RecordingHost.Visit visit = server.host.next();

        visit.connection.offer(visit.connection.format().event("last", List.of("words")));
        visit.connection.close(LeaveReason.KICKED, Duration.ZERO);

        assertThat(next()).isEqualTo("{\"event\":\"last\",\"data\":\"words\"}");
        assertThat(next()).isEqualTo("closing 4307");
        assertThat(next()).isEqualTo("closed 4307");
    }

    private okhttp3.WebSocket connect() throws InterruptedException {
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + server.port() + "/?token=ticket-ok")
                .build();
        okhttp3.WebSocket socket = okHttp.newWebSocket(request, new OkListener());
        assertThat(next()).isEqualTo("open");
        return socket;
    }

    private String next() throws InterruptedException {
        String text = seen.poll(60, TimeUnit.SECONDS);
        assertThat(text).as("something comes").isNotNull();
        return text;
    }

    private final class JdkListener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket client, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                seen.add(text.toString());
                text.setLength(0);
            }
            client.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket client, ByteBuffer message) {
            seen.add("pong " + message.remaining());
            client.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket client, int code, String reason) {
            seen.add(("close " + code + " " + reason).strip());
            return null;
        }
    }

    private final class OkListener extends WebSocketListener {

        @Override
        public void onOpen(okhttp3.WebSocket client, Response response) {
            seen.add("open");
        }

        @Override
        public void onMessage(okhttp3.WebSocket client, String text) {
            seen.add(text);
        }

        @Override
        public void onClosing(okhttp3.WebSocket client, int code, String reason) {
            seen.add("closing " + code);
            client.close(1000, null);
        }

        @Override
        public void onClosed(okhttp3.WebSocket client, int code, String reason) {
            seen.add("closed " + code);
        }

        @Override
        public void onFailure(okhttp3.WebSocket client, Throwable failure, @Nullable Response response) {
            seen.add("failure " + failure);
        }
    }
}
