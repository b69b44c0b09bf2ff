package io.roomrouting.benchmarks.load;

import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.Event;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.socketio.RoomAdmissions;
import java.io.IOException;

/**
 * A session server as anybody would build it, whose rooms send everything that is said to everybody, over {@code room.v1}
 * and Socket.IO.
 */
public final class RoomServer {

    private RoomServer() {}

    /** Serves until the standard input ends. */
    public static void main(String[] args) throws IOException {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        InMemoryRegistry registry = InMemoryRegistry.create();
        try (SessionHost host = SessionHost.builder()
                        .address(new HostAddress("localhost", 8000, false))
                        .registry(registry)
                        .rooms(Everybody::new)
                        .limits(SessionLimits.defaults()
                                .withEvents(1_000_000, 1_000_000)
                                .withConnectionsPerUser(1_000_000)
                                .withConnectionsPerAddress(1_000_000)
                                .withAdmissions(1_000_000, 1_000_000))
                        .start();
                SessionServer server = SessionServer.builder(
                                host,
                                RoomWebSocketHandler.builder(
                                                host, JwtVerifier.of(keys).tickets())
                                        .build())
                        .with(SocketIoHandler.builder()
                                .rooms(
                                        host,
                                        RoomAdmissions.byTicket(
                                                JwtVerifier.of(keys).tickets()))
                                .build())
                        .listen(ListenSettings.onPort(0).withBindAddress("127.0.0.1"))
                        .start()) {
            RoomRouter router = RoomRouter.builder()
                    .authenticator(Identity::of)
                    .registry(registry)
                    .scheduler(new LocalScheduler(registry))
                    .ticketIssuer(JwtIssuer.of(keys).tickets())
                    .build();
            Requests.answer(
                    server.port(),
                    (room, user) -> router.findOrStart(RoomId.of(room), RoomSpec.defaults(), Identity.of(user))
                            .ticket());
        }
    }

    private static final class Everybody implements RoomHandler {

        private final Room room;

        Everybody(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session sender, Event event) {
            room.broadcast(event.name(), event.data(String.class));
        }
    }
}
