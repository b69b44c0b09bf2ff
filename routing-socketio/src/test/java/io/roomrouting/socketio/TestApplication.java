package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.session.Payload;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineSettings;
import io.roomrouting.socketio.engine.FakeServer;
import io.roomrouting.socketio.engine.RandomIds;
import io.roomrouting.spi.InboundEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The application that the official tests of Socket.IO want, with a record of what happens to it. */
final class TestApplication {

    final List<String> log = new ArrayList<>();
    final Map<String, ClientSocket> sockets = new HashMap<>();
    final Map<String, NamespaceHandler> namespaces = new HashMap<>();
    final FakeServer server;
    private final SocketServer socketServer;

    TestApplication(SocketSettings settings) {
        namespaces.put("/", this::connect);
        namespaces.put("/custom", this::connect);
        // The engine makes its own time before there is a server to tell it to.
        EngineAcceptor late = (connection, handshake) -> socketServer().opened(connection, handshake);
        server = new FakeServer(late, EngineSettings.defaults());
        socketServer = SocketServer.builder()
                .settings(settings)
                .namespaces(name -> Optional.ofNullable(namespaces.get(name)))
                .time(server.time)
                .ids(new RandomIds(new Random(3)))
                .build();
    }

    SocketServer socketServer() {
        return socketServer;
    }

    ClientSocket socket(String namespace) {
        ClientSocket socket = sockets.get(namespace);
        if (socket == null) {
            throw new AssertionError("nobody is in " + namespace);
        }
        return socket;
    }

    SocketListener connect(ClientSocket socket, ConnectRequest request) {
        sockets.put(socket.namespace(), socket);
        socket.accept();
        socket.emit("auth", List.of(request.auth().as(JsonNode.class)));
        socket.flush();
        return listener(socket);
    }

    SocketListener listener(ClientSocket socket) {
        return new SocketListener() {
            @Override
            public void onEvent(InboundEvent event) {
                log.add(socket.namespace() + " " + event.name());
                List<JsonNode> arguments =
                        event.arguments().stream().map(TestApplication::node).toList();
                if (event.name().equals("message")) {
                    socket.emit("message-back", arguments);
                } else if (event.name().equals("message-with-ack")) {
                    socket.acknowledge(event.replyId(), arguments);
                }
            }

            @Override
            public void onReadComplete() {
                socket.flush();
            }

            @Override
            public void onDisconnected(DisconnectReason reason) {
                log.add(socket.namespace() + " gone: " + reason.text());
            }
        };
    }

    private static JsonNode node(Payload payload) {
        return payload.isNull() ? com.fasterxml.jackson.databind.node.NullNode.instance : payload.as(JsonNode.class);
    }
}
