package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.socketio.engine.FakeLink;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Encoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room whose clients speak Socket.IO. */
class RoomNamespaceTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final HostAddress HERE = HostAddress.parse("localhost:8000");

    private final TestApplication application = new TestApplication(SocketSettings.defaults());
    private final SocketWireFormat format =
            new SocketWireFormat(new ObjectMapper(), SocketSettings.defaults(), "/room");
    private final List<String> log = new ArrayList<>();
    private InMemoryRegistry registry;
    private SessionHost host;
    private int tickets;

    @BeforeEach
    void start() {
        registry = InMemoryRegistry.builder()
                .time(application.server.time)
                .lease(Duration.ofHours(1))
                .build();
        registry.create(ROOM, RoomSpec.defaults());
        host = SessionHost.builder()
                .address(HERE)
                .registry(registry)
                .rooms(room -> new Lobby(room, log))
                .time(application.server.time)
                .roomExecutor(Runnable::run)
                .blockingExecutor(Runnable::run)
                .offloadExecutor(Runnable::run)
                .start();
        application.namespaces.put("/room", new RoomNamespace(host, format, this::admission));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private CompletionStage<Admission> admission(ConnectRequest request) {
        String user = request.auth().as(Wish.class).user();
        if (user == null) {
            throw RoutingException.unauthenticated("no user is given");
        }
        Placement placement = new Placement(host.status().host(), HERE, Optional.empty(), "the only host");
        ClaimResult.Granted claim = (ClaimResult.Granted) registry.claim(new Claim(ROOM, placement));
        Ticket ticket = new Ticket(
                "ticket-" + ++tickets,
                Identity.of(user),
                claim.assignment(),
                RoomSpec.defaults(),
                application.server.time.now().plusSeconds(30));
        return CompletableFuture.completedFuture(
                new Admission(ticket, request.handshake().remoteAddress()));
    }

    private FakeLink enter(String user) {
        FakeLink link = application.server.webSocket();
        link.text("40/room,{\"user\":\"" + user + "\"}");
        return link;
    }

    @Test
    void aClientEntersSpeaksAndIsAnswered() {
        FakeLink link = enter("ann");
        assertThat(link.received()).singleElement().asString().matches("40/room,\\{\"sid\":\"[^\"]+\"}");

        link.text("42/room,7[\"count\",\"a\",2]");
        link.text("42/room,8[\"refuse\"]");
        link.text("42/room,[\"refuse\"]");

        assertThat(link.received())
                .containsExactly(
                        "43/room,7[2,\"a\"]",
                        "43/room,8[{\"ok\":false,\"code\":\"NOT_NOW\",\"detail\":\"later\"}]",
                        "42/room,[\"error\",{\"code\":\"NOT_NOW\",\"detail\":\"later\"}]");
    }

    @Test
    void aBroadcastReachesAllBytesIncluded() {
        FakeLink ann = enter("ann");
        FakeLink bob = enter("bob");
        ann.received();
        bob.received();

        ann.text("451-/room,[\"shout\",{\"_placeholder\":true,\"num\":0}]");
        ann.binary((byte) 9);

        for (FakeLink link : List.of(ann, bob)) {
            assertThat(link.received())
                    .containsExactly("451-/room,[\"shouted\",{\"_placeholder\":true,\"num\":0}]", "[9]");
        }
    }

    @Test
    void aRefusalTellsItsCode() {
        FakeLink link = application.server.webSocket();

        link.text("40/room,");

        assertThat(link.received())
                .containsExactly("44/room,{\"message\":\"no user is given\",\"data\":{\"code\":\"UNAUTHENTICATED\"}}");
        assertThat(log).isEmpty();
    }

    @Test
    void theRoomHearsWhyAClientIsGone() {
        enter("ann").text("41/room,");
        enter("bob").listener().onClosed();
        FakeLink cal = enter("cal");
        cal.text("junk");
        enter("dee");
        application.server.pass(500);

        assertThat(log).containsExactly("ann: LEFT", "bob: CONNECTION_LOST", "cal: PROTOCOL_ERROR", "dee: TIMED_OUT");
    }

    @Test
    void aClientThatIsPutOutHearsWhy() {
        FakeLink link = enter("ann");
        link.received();

        link.text("42/room,[\"kick\"]");

        assertThat(link.received()).containsExactly("42/room,[\"session_ended\",{\"reason\":\"KICKED\"}]", "41/room,");
        assertThat(link.isClosed()).isFalse();
        assertThat(log).containsExactly("ann: KICKED");
    }

    @Test
    void whatIsSaidIsKeptAndReadAgain() {
        EncodedMessage message = (EncodedMessage) format.event("e", List.of("ü", new byte[] {1, 2}));

        Encoded restored = format.restore(format.store(message));

        assertThat(SocketPacketEncoderTest.wire((EncodedMessage) restored))
                .isEqualTo(SocketPacketEncoderTest.wire(message));
        assertThat(format.restore(format.store(format.acknowledgement(1)))).isEqualTo(format.acknowledgement(1));
    }

    @Test
    void whatWasNotKeptByUsIsRefused() {
        for (byte[] junk : List.of(
                new byte[] {0}, new byte[] {0, 0, 0, 0, 0}, new byte[] {1, 127, 0, 0, 0}, new byte[] {1, -1, 0, 0, 0
                })) {
            assertThatIllegalArgumentException().isThrownBy(() -> format.restore(junk));
        }
    }

    @Test
    void aFormatHasAStableName() {
        assertThat(format.name()).isEqualTo("socket.io.v5:/room");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SocketWireFormat(new ObjectMapper(), SocketSettings.defaults(), "room"));
    }

    record Wish(@org.jspecify.annotations.Nullable String user) {}

    private static final class Lobby implements RoomHandler {

        private final Room room;
        private final List<String> log;

        Lobby(Room room, List<String> log) {
            this.room = room;
            this.log = log;
        }

        @Override
        public void onEvent(Session session, Event event) {
            switch (event.name()) {
                case "count" -> event.reply(event.size(), event.argument(0).as(String.class));
                case "refuse" -> event.fail("NOT_NOW", "later");
                case "shout" ->
                    room.broadcast("shouted", (Object) event.argument(0).as(byte[].class));
                default -> session.disconnect(LeaveReason.KICKED);
            }
        }

        @Override
        public void onLeave(Session session, LeaveReason reason) {
            log.add(session.user() + ": " + reason);
        }
    }
}
