package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.emitter.Emitter;
import io.socket.engineio.client.Transport;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official Java client against our server, over polling, over WebSocket, and with the change from one to the other. It
 * has no connection state recovery, unlike the JavaScript client.
 */
@ParameterizedClass
@EnumSource
class OfficialJavaClientTest {

    enum Mode {
        POLLING,
        WEBSOCKET,
        UPGRADE;

        /** In the order in which they are used. */
        private List<String> transports() {
            return switch (this) {
                case POLLING -> List.of(Polling.NAME);
                case WEBSOCKET -> List.of(WebSocket.NAME);
                case UPGRADE -> List.of(Polling.NAME, WebSocket.NAME);
            };
        }
    }

    private static OfficialClientServer server;

    private final Mode mode;
    private final List<Socket> opened = new CopyOnWriteArrayList<>();

    OfficialJavaClientTest(Mode mode) {
        this.mode = mode;
    }

    @BeforeAll
    static void start() throws Exception {
        server = new OfficialClientServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void disconnect() {
        opened.forEach(Socket::disconnect);
    }

    @Test
    void connectsOverTheTransportThatItAsksFor() {
        Socket socket = client("/");
        List<String> used = new CopyOnWriteArrayList<>();
        socket.io().on(Manager.EVENT_TRANSPORT, transport -> used.add(((Transport) transport[0]).name));

        connected(socket);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(used).isEqualTo(mode.transports()));
        assertThat(socket.id()).matches("[\\w-]{20}");
    }

    @Test
    void eventsHaveAnyNumberOfArguments() throws Exception {
        Socket socket = connected(client("/"));
        BlockingQueue<Object[]> echoed = heard(socket, "echoed");

        socket.emit("echo", 1, -0.5, "two", "", "ünïcödé \uD83D\uDE00 \u0000 \u001e", JSONObject.NULL, true);
        socket.emit("echo", new JSONArray("[[], {\"three\": [3, {\"four\": \"4\"}]}]"));
        socket.emit("echo");

        assertThat(next(echoed)).containsExactly(1, -0.5, "two", "", "ünïcödé \uD83D\uDE00 \u0000 \u001e", null, true);
        assertThat(next(echoed)[0]).hasToString("[[],{\"three\":[3,{\"four\":\"4\"}]}]");
        assertThat(next(echoed)).isEmpty();
    }

    @Test
    void theServerAcknowledges() {
        Socket socket = connected(client("/"));

        assertThat(answerTo(socket, "echo", 1, "two", false)).containsExactly(1, "two", false);
    }

    @Test
    void theServerDoesNotAcknowledgeInTime() throws Exception {
        Socket socket = connected(client("/"));
        BlockingQueue<String> outcome = new LinkedBlockingQueue<>();

        socket.emit("silence", new Object[0], new AckWithTimeout(150) {
            @Override
            public void onSuccess(Object... arguments) {
                outcome.add("acknowledged");
            }

            @Override
            public void onTimeout() {
                outcome.add("timed out");
            }
        });

        assertThat(outcome.poll(60, TimeUnit.SECONDS)).isEqualTo("timed out");
    }

    @Test
    void theClientAcknowledges() throws Exception {
        Socket socket = connected(client("/"));
        BlockingQueue<Object[]> answered = heard(socket, "answered");
        socket.on("question", arguments -> {
            Ack reply = (Ack) arguments[arguments.length - 1];
            reply.call(((String) arguments[0]).length(), bytes(3));
        });

        socket.emit("ask", 4_000);

        Object[] answer = next(answered);
        assertThat(answer).startsWith("answered", 9);
        assertThat((byte[]) answer[2]).isEqualTo(bytes(3));
    }

    @Test
    void theClientDoesNotAcknowledgeInTime() throws Exception {
        Socket socket = connected(client("/"));
        BlockingQueue<Object[]> answered = heard(socket, "answered");

        socket.emit("ask", 150);

        assertThat(next(answered)).containsExactly("timed out");
    }

    @Test
    void bytesGoBothWays() throws Exception {
        Socket socket = connected(client("/"));
        BlockingQueue<Object[]> echoed = heard(socket, "echoed");
        for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536, 300_000}) {
            JSONObject nested = new JSONObject();
            nested.put("deep", bytes(2));

            socket.emit("echo", bytes(length), nested, "text");

            Object[] back = next(echoed);
            assertThat((byte[]) back[0]).isEqualTo(bytes(length));
            assertThat((byte[]) ((JSONObject) back[1]).get("deep")).isEqualTo(bytes(2));
            assertThat(back[2]).isEqualTo("text");
        }
        assertThat((byte[]) answerTo(socket, "echo", (Object) bytes(5))[0]).isEqualTo(bytes(5));
    }

    @Test
    void messagesKeepTheirOrder() {
        Socket socket = client("/");
        List<Object> heard = new CopyOnWriteArrayList<>();
        socket.on("echoed", arguments -> heard.add(arguments[0]));

        // Some before the connection is there, the others while it changes over.
        IntStream.range(0, 20).forEach(number -> socket.emit("echo", number));
        connected(socket);
        IntStream.range(20, 500).forEach(number -> socket.emit("echo", number));

        await().atMost(Duration.ofMinutes(1)).until(() -> heard.size() == 500);
        assertThat(heard)
                .isEqualTo(new ArrayList<Object>(IntStream.range(0, 500).boxed().toList()));
    }

    @Test
    void namespacesShareAConnection() {
        Socket root = connected(client("/"));
        Socket other = connected(root.io().socket("/dynamic-7"));

        assertThat(answerTo(other, "where")).containsExactly("/dynamic-7");
        other.disconnect();
        assertThat(answerTo(root, "echo", "still here")).containsExactly("still here");
    }

    @Test
    void anUnknownNamespaceIsAnError() throws Exception {
        Socket socket = client("/nowhere");
        BlockingQueue<Object[]> errors = heard(socket, Socket.EVENT_CONNECT_ERROR);

        socket.connect();

        assertThat(((JSONObject) next(errors)[0]).getString("message")).isEqualTo("Invalid namespace");
    }

    @Test
    void aWrongTokenIsAnErrorWithItsReasonAndARightOneIsLetIn() throws Exception {
        Map<String, String> auth = new ConcurrentHashMap<>(Map.of("token", "wrong"));
        Socket socket = client("/guarded", auth);
        BlockingQueue<Object[]> errors = heard(socket, Socket.EVENT_CONNECT_ERROR);

        socket.connect();

        JSONObject error = (JSONObject) next(errors)[0];
        assertThat(error.getString("message")).isEqualTo("This token is not valid");
        assertThat(error.getJSONObject("data").getString("code")).isEqualTo("UNAUTHENTICATED");
        auth.put("token", "right");
        connected(socket);
    }

    @Test
    void aClientThatIsPutOutStaysOut() throws Exception {
        Socket socket = connected(client("/"));
        BlockingQueue<Object[]> gone = heard(socket, Socket.EVENT_DISCONNECT);

        socket.emit("put me out");

        assertThat(next(gone)).containsExactly("io server disconnect");
        assertThat(socket.isActive()).isFalse();
    }

    @Test
    void aClientThatHasLostItsConnectionComesBack() throws Exception {
        Socket socket = connected(client("/"));
        String before = socket.id();
        BlockingQueue<Object[]> gone = heard(socket, Socket.EVENT_DISCONNECT);
        BlockingQueue<Object[]> echoed = heard(socket, "echoed");

        server.breakConnections();

        next(gone);
        socket.emit("echo", "said while it was away");
        assertThat(next(echoed)).containsExactly("said while it was away");
        assertThat(socket.id()).isNotEqualTo(before);
    }

    @Test
    void aClientOfARoomHearsAndIsHeard() throws Exception {
        Socket ann = connected(client("/room", Map.of("token", "ann")));
        BlockingQueue<Object[]> said = heard(ann, "said");

        JSONObject reply = (JSONObject) answerTo(ann, "say", "hello", bytes(2))[0];
        Object[] hello = next(said);
        JSONObject refusal = (JSONObject) answerTo(ann, "say")[0];

        assertThat(reply.getBoolean("ok")).isTrue();
        assertThat(hello).startsWith("ann", "hello");
        assertThat((byte[]) hello[2]).isEqualTo(bytes(2));
        assertThat(refusal.getString("code")).isEqualTo("INVALID_REQUEST");
    }

    private Socket client(String namespace) {
        return client(namespace, Map.of());
    }

    private Socket client(String namespace, Map<String, String> auth) {
        IO.Options options = new IO.Options();
        options.transports = mode.transports().toArray(String[]::new);
        options.forceNew = true;
        options.reconnectionDelay = 20;
        options.reconnectionDelayMax = 20;
        options.auth = auth;
        Socket socket = IO.socket(URI.create(server.url() + namespace), options);
        opened.add(socket);
        return socket;
    }

    private static Socket connected(Socket socket) {
        socket.connect();
        await().atMost(Duration.ofMinutes(1)).until(socket::connected);
        return socket;
    }

    private static BlockingQueue<Object[]> heard(Emitter emitter, String event) {
        BlockingQueue<Object[]> heard = new LinkedBlockingQueue<>();
        emitter.on(event, heard::add);
        return heard;
    }

    private static Object[] next(BlockingQueue<Object[]> heard) throws InterruptedException {
        Object[] arguments = heard.poll(60, TimeUnit.SECONDS);
        assertThat(arguments).as("something was heard within 5 s").isNotNull();
        return arguments;
    }

    private static Object[] answerTo(Socket socket, String event, Object... arguments) {
        BlockingQueue<Object[]> answers = new LinkedBlockingQueue<>();
        socket.emit(event, arguments, answers::add);
        try {
            return next(answers);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        return bytes;
    }
}
