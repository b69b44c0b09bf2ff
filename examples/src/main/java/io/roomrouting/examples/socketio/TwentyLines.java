package io.roomrouting.examples.socketio;

import static io.roomrouting.jetty.ListenSettings.onPort;

import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
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
import io.roomrouting.socketio.RoomAdmissions;
import java.util.List;

/** A whole Socket.IO server: everybody with a login token is in one room. The documentation quotes it. */
public final class TwentyLines {

    private static final int PORT = 3000;

    private TwentyLines() {}

    /**
     * Runs it, and prints a login token to try it with.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        serve(keys, PORT);
        System.out.println("A token for ann: " + JwtIssuer.of(keys).issueLogin(Identity.of("ann")));
    }

    /**
     * Starts a server.
     *
     * @param keys seal the tokens
     * @param port where it listens
     * @return what has to be closed, in this order
     */
    public static List<AutoCloseable> serve(JwtKeys keys, int port) {
        // tag::serve[]
        var tokens = JwtVerifier.of(keys);
        var registry = InMemoryRegistry.create();

        var host = SessionHost.builder()
                .address(new HostAddress("localhost", port, false))
                .registry(registry)
                .rooms(Chat::new)
                .start();
        var router = RoomRouter.builder()
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .authenticator(tokens.logins())
                .ticketIssuer(JwtIssuer.of(keys).tickets())
                .build();

        var lobby = RoomAdmissions.fixedRoom(router, tokens.tickets(), RoomId.of("lobby"), RoomSpec.defaults());
        var socketIo = SocketIoHandler.builder().rooms(host, lobby).build();
        var server = SessionServer.builder(host, socketIo).listen(onPort(port)).start();
        // end::serve[]
        return List.of(host, server);
    }

    // tag::room[]
    /** Says everything to everyone. */
    static final class Chat implements RoomHandler {

        private final Room room;
        private int said;

        Chat(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session session, Event event) {
            room.broadcast("said", session.user().value(), event.data(String.class));
            event.reply(++said);
        }
    }
    // end::room[]
}
