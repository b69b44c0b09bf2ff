package io.roomrouting.jetty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.Event;
import io.roomrouting.session.Payload;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.socketio.AckOutcome;
import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.ConnectRequest;
import io.roomrouting.socketio.DisconnectReason;
import io.roomrouting.socketio.Namespaces;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.socketio.SocketListener;
import io.roomrouting.socketio.SocketSettings;
import io.roomrouting.socketio.admin.AdminMode;
import io.roomrouting.socketio.admin.SocketAdmin;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** What the official clients talk to: a namespace of each kind. */
final class OfficialClientServer implements AutoCloseable {

    private final SessionHost host;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    OfficialClientServer() throws Exception {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        JwtVerifier tokens = JwtVerifier.of(keys);
        InMemoryRegistry registry = InMemoryRegistry.create();
        host = SessionHost.builder()
                .address(new HostAddress("localhost", 3000, false))
                .registry(registry)
                .rooms(SayRoom::new)
                .start();
        RoomRouter router = RoomRouter.builder()
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .authenticator(Identity::of)
                .ticketIssuer(JwtIssuer.of(keys).tickets())
                .build();
        SocketIoHandler handler = SocketIoHandler.builder()
                .namespace("/", OfficialClientServer::open)
                .namespace("/guarded", OfficialClientServer::guarded)
                .namespaces(Namespaces.matching(Pattern.compile("/dynamic-\\d+"), OfficialClientServer::open))
                .rooms(
                        "/room",
                        host,
                        RoomAdmissions.fixedRoom(
                                router,
                                tokens.tickets(),
                                RoomId.of("the-room"),
                                RoomSpec.defaults(),
                                ForkJoinPool.commonPool()))
                .admin(SocketAdmin.builder((user, password) -> user.equals("ann") && password.equals("changeit"))
                        .mode(AdminMode.DEVELOPMENT)
                        .serverId("the-server")
                        .build())
                .socketSettings(SocketSettings.defaults().withStateRecovery(true))
                .build();
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** Does to everybody what a proxy does that is restarted. */
    void breakConnections() {
        connector.getConnectedEndPoints().forEach(EndPoint::close);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        host.close();
    }

    private static SocketListener open(ClientSocket socket, ConnectRequest request) {
        socket.accept();
        return new Echo(socket);
    }

    private static SocketListener guarded(ClientSocket socket, ConnectRequest request) {
        if (!"right".equals(request.auth().as(JsonNode.class).path("token").asText())) {
            socket.refuse("This token is not valid", Optional.of(Map.of("code", "UNAUTHENTICATED")));
            return new Echo(socket);
        }
        return open(socket, request);
    }

    /** Does to the client what the client asks for. */
    private record Echo(ClientSocket socket) implements SocketListener {

        @Override
        public void onEvent(InboundEvent event) {
            switch (event.name()) {
                case "echo" -> echo(event);
                case "ask" -> ask(Duration.ofMillis(event.arguments().get(0).as(Integer.class)));
                case "where" -> socket.acknowledge(event.replyId(), List.of(socket.namespace()));
                case "put me out" -> socket.disconnect();
                default -> {
                    // "silence" is what it gets.
                }
            }
        }

        private void echo(InboundEvent event) {
            List<JsonNode> arguments =
                    event.arguments().stream().map(Echo::node).toList();
            if (event.replyId() == InboundEvent.NO_REPLY) {
                socket.emit("echoed", arguments);
            } else {
                socket.acknowledge(event.replyId(), arguments);
            }
        }

        private void ask(Duration timeout) {
            socket.request("question", List.of("how much?"), timeout, outcome -> {
                if (outcome instanceof AckOutcome.Answered answered) {
                    JsonNode length = node(answered.arguments().get(0));
                    socket.emit(
                            "answered",
                            List.of(
                                    "answered",
                                    length,
                                    node(answered.arguments().get(1))));
                } else {
                    socket.emit("answered", List.of("timed out"));
                }
                socket.flush();
            });
        }

        private static JsonNode node(Payload payload) {
            return payload.isNull() ? NullNode.instance : payload.as(JsonNode.class);
        }

        @Override
        public void onReadComplete() {
            socket.flush();
        }

        @Override
        public void onDisconnected(DisconnectReason reason) {}
    }

    /** Tells everybody what somebody says. */
    private static final class SayRoom implements RoomHandler {

        private final Room room;

        SayRoom(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session session, Event event) {
            if (event.size() == 0) {
                throw RoutingException.invalid("There is nothing to say");
            }
            Object first = event.argument(0).as(String.class);
            if (event.size() == 1) {
                room.broadcast("said", session.user().value(), first);
            } else {
                room.broadcast(
                        "said", session.user().value(), first, event.argument(1).as(byte[].class));
            }
            event.reply(Map.of("ok", true));
        }
    }
}
