package io.roomrouting.examples.system;

import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.examples.chat.ChatDialect;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.examples.chat.JdbcChatStore;
import io.roomrouting.jdbc.JdbcDatabase;
import io.roomrouting.jdbc.JdbcMessageHistory;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.socketio.SocketSettings;
import javax.sql.DataSource;

/** A chat room for Socket.IO clients whose messages are stored, without accounts. */
final class SocketIoChat implements AutoCloseable {

    private final JwtKeys keys;
    private final int port;
    private final SessionHost host;
    private final SessionServer server;

    private SocketIoChat(JwtKeys keys, int port, SessionHost host, SessionServer server) {
        this.keys = keys;
        this.port = port;
        this.host = host;
        this.server = server;
    }

    static SocketIoChat start(String secret, int port, DataSource database) {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(secret));
        JwtVerifier tokens = JwtVerifier.of(keys);
        InMemoryRegistry registry = InMemoryRegistry.create();
        JdbcChatStore store = new JdbcChatStore(JdbcMessageHistory.in(JdbcDatabase.of(database)));
        SessionHost host = SessionHost.builder()
                .address(new HostAddress("localhost", port, false))
                .registry(registry)
                .limits(SessionLimits.defaults().withEvents(10_000, 10_000))
                .rooms(ChatRoom.storing(store, ChatDialect.LISTS))
                .start();
        RoomRouter router = RoomRouter.builder()
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .authenticator(tokens.logins())
                .ticketIssuer(JwtIssuer.of(keys).tickets())
                .build();
        SocketIoHandler socketIo = SocketIoHandler.builder()
                .rooms(
                        host,
                        RoomAdmissions.fixedRoom(router, tokens.tickets(), RoomId.of("lobby"), RoomSpec.defaults()))
                .socketSettings(SocketSettings.defaults().withStateRecovery(true))
                .build();
        SessionServer server = SessionServer.builder(host, socketIo)
                .listen(ListenSettings.onPort(port).withBindAddress("localhost"))
                .start();
        return new SocketIoChat(keys, port, host, server);
    }

    String url() {
        return "http://localhost:" + port;
    }

    String tokenOf(String user) {
        return JwtIssuer.of(keys).issueLogin(Identity.of(user));
    }

    @Override
    public void close() {
        host.close();
        server.close();
    }
}
