package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.testkit.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty server with a handler of Socket.IO; unless a test says otherwise there is bare Engine.IO behind it, which says
 * everything back and records what happens. Time stands still unless a test moves it.
 */
final class SocketIoServer implements AutoCloseable {

    static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

    final ManualTime time = ManualTime.create();
    final Queue<String> log = new ConcurrentLinkedQueue<>();
    final List<EngineConnection> connections = new CopyOnWriteArrayList<>();
    final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    final AtomicInteger writes = new AtomicInteger();
    final Server server = new Server(new QueuedThreadPool(16), null, buffers);
    final ServerConnector connector = new ServerConnector(server, 1, 1) {
        @Override
        protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            SocketChannelEndPoint endPoint = new SocketChannelEndPoint(channel, selector, key, getScheduler()) {
                @Override
                public boolean flush(ByteBuffer... parts) throws IOException {
                    writes.incrementAndGet();
                    return super.flush(parts);
                }
            };
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
        }
    };
    final SocketIoHandler handler;
    private final HttpClient client = HttpClient.newHttpClient();

    private SocketIoServer(UnaryOperator<SocketIoHandlerBuilder> options, Handler... others) throws Exception {
        handler = options.apply(SocketIoHandler.builder().time(time)).build();
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(1024);
        connector.setAcceptedSendBufferSize(32 * 1024);
        server.addConnector(connector);
        Handler.Sequence all = new Handler.Sequence(handler);
        List.of(others).forEach(all::addHandler);
        server.setHandler(all);
    }

    /** Bare Engine.IO that says everything back. */
    static SocketIoServer echo() throws Exception {
        return echo(options -> options);
    }

    static SocketIoServer echo(UnaryOperator<SocketIoHandlerBuilder> options) throws Exception {
        SocketIoServer[] self = new SocketIoServer[1];
        self[0] = new SocketIoServer(builder -> options.apply(builder.acceptor((connection, handshake) -> {
            self[0].connections.add(connection);
            self[0].log.add("opened");
            return self[0].new Echo(connection);
        })));
        self[0].server.start();
        return self[0];
    }

    static SocketIoServer serving(UnaryOperator<SocketIoHandlerBuilder> options, Handler... others) throws Exception {
        SocketIoServer made = new SocketIoServer(options, others);
        made.server.start();
        return made;
    }

    int port() {
        return connector.getLocalPort();
    }

    RawClient raw() throws IOException {
        return RawClient.connect(port());
    }

    /** Opens a session by polling and returns its secret name. */
    String open() {
        int before = connections.size();
        String packet = get("transport=polling").body();
        assertThat(packet).startsWith("0{\"sid\":\"");
        // The application hears of a client when the client may have its answer already.
        soon("the application has heard of it").until(() -> connections.size() > before);
        return packet.substring(9, 29);
    }

    EngineConnection lastConnection() {
        return connections.get(connections.size() - 1);
    }

    void say(String text) {
        lastConnection().offer(List.of(EncodedPacket.message(text)));
        lastConnection().flush();
    }

    /** Opens a WebSocket; of a session that polls, if a name is given. */
    RawClient webSocket(String moreQuery) throws IOException {
        RawClient socket = raw();
        String head = socket.request(
                "GET /socket.io/?EIO=4&transport=websocket" + moreQuery + " HTTP/1.1",
                "Sec-WebSocket-Key: " + RawClient.KEY);
        assertThat(head).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    RawClient webSocket() throws IOException {
        int before = connections.size();
        RawClient socket = webSocket("");
        assertThat(socket.readText()).startsWith("0{\"sid\":\"");
        soon("the application has heard of it").until(() -> connections.size() > before);
        return socket;
    }

    HttpResponse<String> get(String query, String... headers) {
        return send("GET", query, headers);
    }

    CompletableFuture<String> poll(String sid) {
        return client.sendAsync(
                        request("GET", "transport=polling&sid=" + sid, BodyPublishers.noBody()),
                        BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body());
    }

    /** Sends a poll and returns when it is held. */
    CompletableFuture<String> heldPoll(String sid) {
        CompletableFuture<String> poll = poll(sid);
        EngineConnection connection = lastConnection();
        soon("the poll is held").until(connection::isWritable);
        return poll;
    }

    HttpResponse<String> post(String sid, String body, String... headers) {
        return Http.text(
                client, request("POST", "transport=polling&sid=" + sid, BodyPublishers.ofString(body), headers));
    }

    HttpResponse<String> send(String method, String query, String... headers) {
        return Http.text(client, request(method, query, BodyPublishers.noBody(), headers));
    }

    HttpResponse<byte[]> bytes(String query, String... headers) {
        return Http.send(client, request("GET", query, BodyPublishers.noBody(), headers), BodyHandlers.ofByteArray());
    }

    String status(String sid) {
        HttpResponse<String> response = get("transport=polling&sid=" + sid);
        return response.statusCode() + " " + response.body();
    }

    private HttpRequest request(String method, String query, HttpRequest.BodyPublisher body, String... headers) {
        String protocol = query.contains("EIO") ? "" : "EIO=4&";
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port() + "/socket.io/?" + protocol + query))
                .timeout(Duration.ofSeconds(50))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        soon("everybody is gone").until(() -> handler.sessions() == 0 && handler.webSockets() == 0);
        soon("every buffer is given back").until(() -> buffers.getLeaks().isEmpty());
    }

    /** Looks at once and often, since it is asked for each of many clients and at the end of every test. */
    static ConditionFactory soon(String what) {
        return await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private final class Echo implements EngineListener {

        private final EngineConnection connection;

        Echo(EngineConnection connection) {
            this.connection = connection;
        }

        @Override
        public void onText(String text) {
            if (text.equals("throw")) {
                throw new IllegalStateException("as the test wishes");
            }
            log.add(text.length() < 100 ? text : text.length() + " characters");
            connection.offer(List.of(EncodedPacket.message(text)));
        }

        @Override
        public void onBinary(byte[] bytes) {
            log.add(bytes.length + " bytes");
            connection.offer(List.of(EncodedPacket.message(bytes)));
        }

        @Override
        public void onReadComplete() {
            connection.flush();
        }

        @Override
        public void onClosed(CloseReason reason) {
            log.add(reason.text());
        }
    }
}
