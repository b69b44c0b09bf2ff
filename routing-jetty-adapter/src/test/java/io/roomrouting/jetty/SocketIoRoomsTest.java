package io.roomrouting.jetty;

import static io.roomrouting.jetty.SocketIoServer.soon;
import static io.roomrouting.jetty.internal.ClientFrames.close;
import static io.roomrouting.jetty.internal.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rooms whose clients speak Socket.IO, with others that do not. */
class SocketIoRoomsTest {

    private final JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
    private final JwtIssuer issuer = JwtIssuer.of(keys);
    private final JwtVerifier verifier = JwtVerifier.of(keys);
    private final InMemoryRegistry registry = InMemoryRegistry.create();
    private final RoomRouter router = RoomRouter.builder()
            .authenticator(verifier.logins())
            .scheduler(new LocalScheduler(registry))
            .registry(registry)
            .ticketIssuer(issuer.tickets())
            .build();

    @Test
    void oneRoomServesClientsOfBothProtocolsAndOfEveryTransport() throws Exception {
        try (SessionHost host = SessionHost.builder()
                .address(new HostAddress("127.0.0.1", 8000, false))
                .registry(registry)
                .rooms(Repeater::new)
                .start()) {
            RoomWebSocketHandler plain =
                    RoomWebSocketHandler.builder(host, verifier.tickets()).build();
            try (SocketIoServer server = SocketIoServer.serving(
                            options -> options.rooms(host, RoomAdmissions.byTicket(verifier.tickets())), plain);
                    RawClient roomV1 = server.raw();
                    RawClient webSocket = server.webSocket("")) {
                assertThat(roomV1.request(
                                "GET /?token=" + ticket("anna") + " HTTP/1.1", "Sec-WebSocket-Key: " + RawClient.KEY))
                        .startsWith("HTTP/1.1 101 ");
                webSocket.readText();
                webSocket.send(text("40{\"ticket\":\"" + ticket("bert") + "\"}"));
                assertThat(webSocket.readText()).startsWith("40{\"sid\":\"");
                String polling = server.get("transport=polling").body().substring(9, 29);
                server.post(polling, "40{\"ticket\":\"" + ticket("carl") + "\"}");
                assertThat(server.status(polling)).startsWith("200 40{\"sid\":\"");
                CompletableFuture<String> poll = server.poll(polling);

                webSocket.send(text("42[\"say\",\"hi\"]"));

                assertThat(webSocket.readText()).isEqualTo("42[\"said\",\"bert\",\"hi\"]");
                assertThat(roomV1.readText()).isEqualTo("{\"event\":\"said\",\"data\":[\"bert\",\"hi\"]}");
                assertThat(poll.get(60, TimeUnit.SECONDS)).isEqualTo("200 42[\"said\",\"bert\",\"hi\"]");

                webSocket.send(text("421[\"ask\",{\"deep\":[1,2]}]"));
                assertThat(webSocket.readText()).isEqualTo("431[{\"deep\":[1,2]}]");
            }
        }
    }

    @Test
    void whoShowsNoTicketIsToldSoInTheProtocol() throws Exception {
        RecordingHost host = new RecordingHost();
        try (SocketIoServer server = SocketIoServer.serving(
                        options -> options.rooms(host, RoomAdmissions.byTicket(verifier.tickets())));
                RawClient client = server.webSocket("")) {
            client.readText();
            client.send(text("40"));

            assertThat(client.readText()).startsWith("44{\"message\":").contains("\"code\":\"UNAUTHENTICATED\"");
        }
    }

    @Test
    void aClientTakesOnePlaceOfItsAddressWhateverItDoes() throws Exception {
        RecordingHost host = new RecordingHost();
        try (SocketIoServer server =
                SocketIoServer.serving(options -> options.rooms(host, RoomAdmissions.byTicket(verifier.tickets())))) {
            String sid = server.get("transport=polling").body().substring(9, 29);
            assertThat(host.permits).hasValue(1);
            try (RawClient client = server.webSocket("&sid=" + sid)) {
                client.send(text("2probe"), text("5"));
                assertThat(client.readText()).isEqualTo("3probe");
                assertThat(host.permits).hasValue(1);
                client.send(close(1000, ""));
                client.awaitEnd();
            }
            soon("the place is given back").until(() -> host.permits.get() == 0);
        }
    }

    private String ticket(String user) {
        return router.findOrStart(RoomId.of("room"), RoomSpec.defaults(), Identity.of(user))
                .ticket();
    }

    /** Says everything again, to everyone, and answers questions with themselves. */
    private static final class Repeater implements RoomHandler {

        private final Room room;

        Repeater(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session session, Event event) {
            if (event.name().equals("ask")) {
                event.reply(event.data(Object.class));
            } else {
                room.broadcast("said", session.user().value(), event.data(String.class));
            }
        }
    }
}
