package io.roomrouting.examples;

import static io.roomrouting.jetty.ListenSettings.onPort;

import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.RoutingApiHandler;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.jetty.SessionServer;
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
import java.util.List;

/** What it takes to embed the whole: a backend on port 8080 and a session host on port 8000. The README quotes it. */
public final class TenLines {

    private TenLines() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        embed(8080, 8000);
    }

    /**
     * Starts a backend and a session host that share a registry.
     *
     * @param apiPort where the backend listens
     * @param roomPort where the session host listens
     * @return what has to be closed, in this order
     */
    public static List<AutoCloseable> embed(int apiPort, int roomPort) {
        // tag::embed[]
        var keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        var issuer = JwtIssuer.of(keys);
        var tokens = JwtVerifier.of(keys);
        var registry = InMemoryRegistry.create();

        var host = SessionHost.builder()
                .address(new HostAddress("localhost", roomPort, false))
                .registry(registry)
                .rooms(Echo::new)
                .start();
        var clients = RoomWebSocketHandler.builder(host, tokens.tickets()).build();
        var rooms =
                SessionServer.builder(host, clients).listen(onPort(roomPort)).start();

        var router = RoomRouter.builder()
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .authenticator(tokens.logins())
                .ticketIssuer(issuer.tickets())
                .build();
        var api = RoutingApiHandler.builder(router).login(issuer::issueLogin).build();
        var backend = RoutingServer.builder(api).listen(onPort(apiPort)).start();
        // end::embed[]
        return List.of(backend, host, rooms);
    }

    // tag::room[]
    /** Says everything again, to everyone, and counts. */
    static final class Echo implements RoomHandler {

        private final Room room;
        private int count;

        Echo(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session session, Event event) {
            count++;
            room.broadcast("said", count + ". " + session.user() + ": " + event.data(String.class));
        }
    }
    // end::room[]
}
