package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.session.Payload;
import io.roomrouting.socketio.engine.EngineSettings;
import io.roomrouting.socketio.engine.FakeServer;
import io.roomrouting.socketio.engine.RandomIds;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.testkit.ManualTime;
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

    TestApplication(SocketSettings settings) {
        namespaces.put("/", this::connect);
        namespaces.put("/custom", this::connect);
        // The engine makes its own time before there is a server to tell it to.
        ManualTime[] time = new ManualTime[1];
        SocketServer[] sockets = new SocketServer[1];
        server = new FakeServer(
                (connection, handshake) -> {
                    if (sockets[0] == null) {
                        sockets[0] = SocketServer.builder()
                                .settings(settings)
                                .namespaces(name -> Optional.ofNullable(namespaces.get(name)))
                                .time(time[0])
                                .ids(new RandomIds(new Random(3)))
                                .build();
                    }
                    return sockets[0].opened(connection, handshake);
                },
                EngineSettings.defaults());
        time[0] = server.time;
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
