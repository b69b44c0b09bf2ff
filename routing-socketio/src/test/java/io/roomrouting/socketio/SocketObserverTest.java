package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.FakeLink;
import io.roomrouting.socketio.engine.FakeServer;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted and told of all clients of a server. */
class SocketObserverTest {

    private final List<String> log = new ArrayList<>();
    private final Map<String, ClientSocket> sockets = new LinkedHashMap<>();
    private final FakeServer fake;
    private final SocketServer server;
    private boolean recovers;

    SocketObserverTest() {
        // The engine makes its own time before there is a server to tell it to.
        EngineAcceptor late = (connection, handshake) -> server().opened(connection, handshake);
        fake = new FakeServer(late);
        server = SocketServer.builder()
                .namespace("/", this::open)
                .namespace("/closed", SocketObserverTest::closed)
                .namespaces(Namespaces.matching(name -> name.startsWith("/d"), this::open))
                .time(fake.time)
                .observer(new Recorder())
                .build();
        server.serving(fake.engine);
    }

    private SocketServer server() {
        return server;
    }

    private ClientSocket socket(String namespace) {
        return Objects.requireNonNull(sockets.get(namespace));
    }

    private final class Recorder implements SocketObserver {

        @Override
        public void entered(ClientSocket socket) {
            log.add("entered " + socket.namespace() + " as " + socket.id().orElseThrow());
        }

        @Override
        public void left(ClientSocket socket, DisconnectReason reason) {
            log.add("left " + socket.namespace() + ": " + reason.text());
        }

        @Override
        public void upgraded(ClientSocket socket) {
            log.add("upgraded " + socket.namespace());
        }

        @Override
        public void received(ClientSocket socket, InboundEvent event) {
            log.add("received " + event.name());
        }

        @Override
        public void sent(ClientSocket socket, EncodedMessage message) {
            log.add("sent " + message.readEvent());
        }
    }

    private SocketListener open(ClientSocket socket, ConnectRequest request) {
        sockets.put(socket.namespace(), socket);
        if (recovers) {
            socket.accept("a client", "a secret");
        } else {
            socket.accept("a client");
        }
        return new Silent();
    }

    private static SocketListener closed(ClientSocket socket, ConnectRequest request) {
        socket.refuse("closed", Optional.empty());
        return new Silent();
    }

    private record Silent() implements SocketListener {
        @Override
        public void onEvent(InboundEvent event) {}

        @Override
        public void onReadComplete() {}

        @Override
        public void onDisconnected(DisconnectReason reason) {}
    }

    @Test
    void aStayIsToldFromItsBeginningToItsEnd() {
        FakeLink link = fake.webSocket();
        link.text("40");
        link.text("42[\"hello\"]");
        socket("/").emit("one", List.of(1, "two"));
        socket("/").request("three", List.of(), Duration.ofSeconds(1), outcome -> {});
        socket("/").acknowledge(7, List.of());
        link.text("1");

        assertThat(log)
                .containsExactly(
                        "entered / as a client",
                        "received hello",
                        "sent [\"one\", 1, \"two\"]",
                        "sent [\"three\"]",
                        "sent []",
                        "left /: transport close");
    }

    @Test
    void whoIsPutOutHasLeftOnce() {
        FakeLink link = fake.webSocket();
        link.text("40");
        socket("/").disconnect();
        link.listener().onFailed();

        assertThat(log).containsExactly("entered / as a client", "left /: server namespace disconnect");
    }

    @Test
    void whoIsNotLetInIsNotTold() {
        FakeLink link = fake.webSocket();
        link.text("40/closed");
        link.text("40/nowhere");
        link.text("1");

        assertThat(log).isEmpty();
    }

    @Test
    void aChangeToWebSocketIsToldInEachNamespace() {
        String sid = fake.open();
        fake.post(sid, "40\u001e40/d1\u001e40/closed");
        log.clear();
        FakeLink candidate = fake.candidate(sid);
        candidate.text("2probe");
        assertThat(log).isEmpty();
        candidate.text("5");

        assertThat(log).containsExactlyInAnyOrder("upgraded /", "upgraded /d1");
        assertThat(socket("/").connectionName())
                .isEqualTo(socket("/d1").connectionName())
                .isNotEqualTo(sid);
    }

    @Test
    void clientsAreCountedByNamespaceAndMadeUpNamesAreForgotten() {
        assertThat(server.counts().namespaces()).containsOnly(Map.entry("/", 0), Map.entry("/closed", 0));
        FakeLink one = fake.webSocket();
        one.text("40");
        one.text("40/d1");
        FakeLink two = fake.webSocket();
        two.text("40/d1");

        assertThat(server.counts().namespaces())
                .containsOnly(Map.entry("/", 1), Map.entry("/closed", 0), Map.entry("/d1", 2));
        assertThat(server.counts().engine().allClients()).isEqualTo(2);

        one.text("1");
        two.text("41/d1,");

        assertThat(server.counts().namespaces()).containsOnly(Map.entry("/", 0), Map.entry("/closed", 0));
    }

    @Test
    void manyAreToldTheSame() {
        FakeLink one = fake.webSocket();
        one.text("40");
        ClientSocket first = socket("/");
        FakeLink two = fake.webSocket();
        two.text("40");
        two.text("40/d1");
        one.received();
        two.received();
        ClientSocket gone = socket("/");
        gone.disconnect();
        two.received();

        assertThat(server.emitAll(List.of(first, gone, first), "news", List.of("x")))
                .isEqualTo(1);

        assertThat(one.received()).containsExactly("42[\"news\",\"x\"]");
        assertThat(two.received()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.emitAll(List.of(first, socket("/d1")), "news", List.of()));
    }

    @Test
    void whatRecoveringClientsCouldTakeForAnOffsetGetsSomethingBehindIt() {
        recovers = true;
        FakeLink link = fake.webSocket();
        link.text("40");
        link.received();
        List<ClientSocket> all = List.of(socket("/"));

        server.emitAll(all, "news", List.of("x"));
        server.emitAll(all, "news", List.of(TextNode.valueOf("x")));
        server.emitAll(all, "news", List.of("x", 1));
        server.emitAll(all, "news", List.of());

        assertThat(link.received())
                .containsExactly(
                        "42[\"news\",\"x\",null]", "42[\"news\",\"x\",null]", "42[\"news\",\"x\",1]", "42[\"news\"]");
    }

    @Test
    void anEventIsReadBack() {
        SocketPacketEncoder encoder = new SocketPacketEncoder(new ObjectMapper(), 10);

        assertThat(encoder.event("/a", "b", List.of("c", new byte[1]), 7)
                        .readEvent()
                        .toString())
                .isEqualTo("[\"b\", \"c\", {\"_placeholder\":true,\"num\":0}]");
        assertThat(encoder.connect("/", "id").readEvent()).isEmpty();
        assertThat(new EncodedMessage(List.of()).readEvent()).isEmpty();
    }
}
