package io.roomrouting.socketio.admin;

import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.ConnectRequest;
import io.roomrouting.socketio.DisconnectReason;
import io.roomrouting.socketio.SocketListener;
import io.roomrouting.socketio.SocketServer;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.FakeLink;
import io.roomrouting.socketio.engine.FakeServer;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server on virtual time with an admin namespace, whose clients in {@code /} hear what they say. */
final class AdminServer implements EngineAcceptor {

    private static final Pattern ID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    final FakeServer fake;
    int logins;
    private final @Nullable SocketServer sockets;

    AdminServer(UnaryOperator<SocketAdminBuilder> how) {
        // The engine makes its own time before there is a server to tell it to.
        fake = new FakeServer(this);
        var builder = SocketServer.builder().namespace("/", AdminServer::echo).time(fake.time);
        SocketAdminBuilder admin = SocketAdmin.builder(this::accepts)
                .serverId("here")
                .executor(Runnable::run)
                .time(fake.time);
        how.apply(admin).build().addTo(builder);
        sockets = builder.build();
        sockets.serving(fake.engine);
    }

    private boolean accepts(String username, String password) {
        logins++;
        return username.equals("ann") && password.equals("changeit");
    }

    @Override
    public EngineListener opened(EngineConnection connection, EngineRequest handshake) {
        if (sockets == null) {
            throw new AssertionError("nobody can have come");
        }
        return sockets.opened(connection, handshake);
    }

    /** Makes time pass in which all clients stay alive. */
    void pass(Duration time, FakeLink... links) {
        for (long passed = 0; passed < time.toMillis(); passed += 100) {
            fake.pass(100);
            for (FakeLink link : links) {
                link.text("3");
            }
        }
    }

    /** Connects somebody who is let in, and reads nothing of what is said. */
    FakeLink admin() {
        FakeLink link = fake.webSocket();
        link.text("40/admin,{\"username\":\"ann\",\"password\":\"changeit\"}");
        return link;
    }

    /** Connects a client to the main namespace. */
    FakeLink client() {
        FakeLink link = fake.webSocket();
        link.text("40");
        return link;
    }

    static String id(FakeLink link) {
        Matcher id = ID.matcher(String.join("", link.received()));
        if (!id.find()) {
            throw new AssertionError("was not let in");
        }
        return id.group(1);
    }

    private static SocketListener echo(ClientSocket socket, ConnectRequest request) {
        socket.accept();
        return new SocketListener() {
            @Override
            public void onEvent(InboundEvent event) {
                socket.emit("echo", List.of(event.name()));
                if (event.replyId() != InboundEvent.NO_REPLY) {
                    socket.acknowledge(event.replyId(), List.of());
                }
            }

            @Override
            public void onReadComplete() {
                socket.flush();
            }

            @Override
            public void onDisconnected(DisconnectReason reason) {}
        };
    }
}
