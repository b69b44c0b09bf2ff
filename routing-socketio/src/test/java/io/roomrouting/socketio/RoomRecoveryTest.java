package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.session.Event;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.socketio.engine.EngineServer;
import io.roomrouting.socketio.engine.EngineSettings;
import io.roomrouting.socketio.engine.FakeLink;
import io.roomrouting.socketio.engine.FakeServer;
import io.roomrouting.spi.Admission;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Clients of a room that lose their connection and come back, as the official clients do. */
class RoomRecoveryTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Pattern WELCOME = Pattern.compile("40/room,\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern OFFSET = Pattern.compile("42/room,\\[\"said\",(\\d+),\"([^\"]+)\"]");

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).lease(Duration.ofHours(1)).build();
    private final InMemoryStateStore store = InMemoryStateStore.create();
    private final List<String> log = new ArrayList<>();
    private final Server one = new Server("localhost:8001", true);
    private int tickets;

    RoomRecoveryTest() {
        registry.create(ROOM, RoomSpec.defaults());
    }

    /** A process with a host and a Socket.IO server. */
    private final class Server {

        private final HostAddress address;
        private final SessionHost host;
        private final FakeServer network;

        Server(String at, boolean recovery) {
            address = HostAddress.parse(at);
            host = SessionHost.builder()
                    .address(address)
                    .registry(registry)
                    .rooms(room -> new Talk(room, log), RoomSettings.defaults().withResume(GRACE, 10))
                    .stateStore(store)
                    .time(time)
                    .roomExecutor(Runnable::run)
                    .blockingExecutor(Runnable::run)
                    .offloadExecutor(Runnable::run)
                    .start();
            SocketServer sockets = SocketServer.builder()
                    .settings(SocketSettings.defaults().withStateRecovery(recovery))
                    .time(time)
                    .rooms("/room", host, this::admission)
                    .build();
            network = new FakeServer(EngineServer.builder(sockets)
                    .executor(Runnable::run)
                    .settings(EngineSettings.defaults()
                            .withHeartbeat(FakeServer.PING_INTERVAL, FakeServer.PING_TIMEOUT)));
        }

        private CompletionStage<Admission> admission(ConnectRequest request) {
            Placement placement = new Placement(host.status().host(), address, Optional.empty(), "chosen by the test");
            ClaimResult.Granted claim = (ClaimResult.Granted) registry.claim(new Claim(ROOM, placement));
            String user = request.auth().as(JsonNode.class).path("user").asText();
            Ticket ticket = new Ticket(
                    "ticket-" + ++tickets,
                    Identity.of(user),
                    claim.assignment(),
                    RoomSpec.defaults(),
                    time.now().plusSeconds(30));
            return CompletableFuture.completedFuture(
                    new Admission(ticket, request.handshake().remoteAddress()));
        }

        Client enter(String user) {
            return new Client(network.webSocket(), "{\"user\":\"" + user + "\"}");
        }
    }

    /** What the official client keeps. */
    private static final class Client {

        private final FakeLink link;
        private final List<String> heard;
        private final String sid;
        private final String pid;

        Client(FakeLink link, String auth) {
            this.link = link;
            link.text("40/room," + auth);
            heard = link.received();
            Matcher welcome = WELCOME.matcher(heard.get(heard.size() - 1));
            assertThat(welcome.matches()).as("%s", heard).isTrue();
            sid = welcome.group(1);
            pid = welcome.group(2);
        }

        void say(int number) {
            link.text("42/room,[\"say\"," + number + "]");
        }

        /** The offset of the last event that has come. */
        String offset() {
            List<String> events = link.received();
            Matcher last = OFFSET.matcher(events.get(events.size() - 1));
            assertThat(last.matches()).as("%s", events).isTrue();
            return last.group(2);
        }

        Client comeBack(Server server, String user, String offset) {
            String auth = "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\",\"user\":\"" + user + "\"}";
            return new Client(server.network.webSocket(), auth);
        }

        /** What was said to it before it heard that it is connected. */
        List<Integer> missed() {
            List<Integer> numbers = new ArrayList<>();
            for (String event : heard.subList(0, heard.size() - 1)) {
                Matcher said = OFFSET.matcher(event);
                assertThat(said.matches()).as(event).isTrue();
                numbers.add(Integer.valueOf(said.group(1)));
            }
            return numbers;
        }
    }

    @Test
    void aClientComesBackAndHearsWhatItMissedBeforeItIsConnected() {
        Client ann = one.enter("ann");
        Client bob = one.enter("bob");
        bob.say(1);
        String offset = ann.offset();
        ann.link.listener().onFailed();
        bob.say(2);
        bob.say(3);

        Client again = ann.comeBack(one, "ann", offset);

        assertThat(again.missed()).containsExactly(2, 3);
        assertThat(again.sid).isEqualTo(ann.sid);
        assertThat(again.pid).isEqualTo(ann.pid);
        bob.say(4);
        assertThat(again.offset()).isEqualTo(bob.offset());
        assertThat(log).containsExactly("join ann", "join bob", "drop ann", "resume ann");
    }

    @Test
    void whoMissedNothingIsConnectedAtOnce() {
        Client ann = one.enter("ann");
        ann.say(1);
        String offset = ann.offset();
        ann.link.listener().onClosed();

        Client again = ann.comeBack(one, "ann", offset);

        assertThat(again.missed()).isEmpty();
        assertThat(again.sid).isEqualTo(ann.sid);
    }

    @Test
    void whoHeardNothingHearsAll() {
        Client ann = one.enter("ann");
        ann.link.listener().onFailed();
        one.enter("bob").say(1);

        Client again = new Client(one.network.webSocket(), "{\"pid\":\"" + ann.pid + "\",\"user\":\"ann\"}");

        assertThat(again.missed()).containsExactly(1);
        assertThat(again.sid).isEqualTo(ann.sid);
    }

    @Test
    void aClientThatDidNotAnswerAPingComesBack() {
        Client ann = one.enter("ann");
        ann.say(1);
        String offset = ann.offset();
        one.network.pass(500);
        assertThat(ann.link.isClosed()).isTrue();

        assertThat(ann.comeBack(one, "ann", offset).sid).isEqualTo(ann.sid);
    }

    @Test
    void aReplyThatMayHaveBeenHeardComesAgain() {
        Client ann = one.enter("ann");
        ann.link.text("42/room,7[\"say\",1]");
        List<String> heard = ann.link.received();
        assertThat(heard.get(1)).isEqualTo("43/room,7[\"ok\"]");
        Matcher said = OFFSET.matcher(heard.get(0));
        assertThat(said.matches()).isTrue();
        ann.link.listener().onFailed();

        assertThat(ann.comeBack(one, "ann", said.group(2)).heard)
                .containsExactly(
                        "43/room,7[\"ok\"]", "40/room,{\"sid\":\"" + ann.sid + "\",\"pid\":\"" + ann.pid + "\"}");
    }

    @Test
    void whatCannotBeTakenUpBeginsAnew() {
        Client ann = one.enter("ann");
        ann.say(1);
        String offset = ann.offset();
        ann.link.listener().onFailed();

        Client unknownOffset = ann.comeBack(one, "ann", "nothing-like-it");
        assertThat(unknownOffset.sid).isNotEqualTo(ann.sid);
        assertThat(unknownOffset.pid).isNotEqualTo(ann.pid);
        assertThat(unknownOffset.missed()).isEmpty();

        for (String pid : List.of("forged", "x".repeat(1_000))) {
            Client stranger = new Client(
                    one.network.webSocket(),
                    "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\",\"user\":\"eve\"}");
            assertThat(stranger.sid).isNotEqualTo(ann.sid);
        }
        Client numbers = new Client(one.network.webSocket(), "{\"pid\":1,\"offset\":2,\"user\":\"eve\"}");
        assertThat(numbers.missed()).isEmpty();
    }

    @Test
    void aSeatIsNotForAnotherUser() {
        Client ann = one.enter("ann");
        ann.say(1);
        String offset = ann.offset();
        ann.link.listener().onFailed();

        Client eve = ann.comeBack(one, "eve", offset);

        assertThat(eve.sid).isNotEqualTo(ann.sid);
        assertThat(ann.comeBack(one, "ann", offset).sid).isEqualTo(ann.sid);
    }

    @Test
    void whoLeavesOrBreaksTheProtocolLosesItsSeat() {
        for (String last : List.of("41/room,", "junk", "42/elsewhere,[\"e\"]")) {
            Client ann = one.enter("ann");
            ann.say(1);
            String offset = ann.offset();
            ann.link.text(last);

            assertThat(ann.comeBack(one, "ann", offset).sid).as(last).isNotEqualTo(ann.sid);
        }
    }

    @Test
    void whoIsPutOutLosesItsSeat() {
        Client ann = one.enter("ann");
        ann.say(1);
        String offset = ann.offset();
        ann.link.text("42/room,[\"kick\"]");

        assertThat(ann.comeBack(one, "ann", offset).sid).isNotEqualTo(ann.sid);
    }

    @Test
    void aSeatIsKeptForAWhileOnly() {
        Client ann = one.enter("ann");
        ann.say(1);
        String offset = ann.offset();
        ann.link.listener().onFailed();
        time.advance(GRACE);

        assertThat(ann.comeBack(one, "ann", offset).sid).isNotEqualTo(ann.sid);
        assertThat(log).contains("leave ann CONNECTION_LOST");
    }

    @Test
    void aClientFollowsItsRoomToAnotherHost() {
        Client ann = one.enter("ann");
        Client bob = one.enter("bob");
        bob.say(1);
        String offset = ann.offset();
        ann.link.listener().onFailed();
        bob.say(2);
        String bobsOffset = bob.offset();

        one.network.engine.close();
        one.host.close();
        Server two = new Server("localhost:8002", true);
        Client annAgain = ann.comeBack(two, "ann", offset);
        Client bobAgain = bob.comeBack(two, "bob", bobsOffset);

        assertThat(annAgain.missed()).containsExactly(2);
        assertThat(annAgain.sid).isEqualTo(ann.sid);
        assertThat(bobAgain.missed()).isEmpty();
        assertThat(bobAgain.sid).isEqualTo(bob.sid);
        assertThat(log).endsWith("drop bob", "resume ann", "resume bob").noneMatch(line -> line.startsWith("leave"));
    }

    @Test
    void withoutTheOptionNothingIsAdded() {
        Server plain = new Server("localhost:8003", false);
        FakeLink link = plain.network.webSocket();
        link.text("40/room,{\"user\":\"ann\",\"pid\":\"x\",\"offset\":\"y\"}");
        link.text("42/room,[\"say\",1]");

        assertThat(link.received()).hasSize(2).last().isEqualTo("42/room,[\"said\",1]");
        link.listener().onFailed();
        assertThat(log).containsExactly("join ann", "leave ann CONNECTION_LOST");
    }

    @Test
    void twoHostsNeverGiveTheSameOffset() {
        SocketSettings settings = SocketSettings.defaults().withStateRecovery(true);
        SocketWireFormat here = new SocketWireFormat(new ObjectMapper(), settings, "/room");
        SocketWireFormat there = new SocketWireFormat(new ObjectMapper(), settings, "/room");

        List<String> offsets = new ArrayList<>();
        for (SocketWireFormat format : List.of(here, there)) {
            for (int i = 0; i < 100; i++) {
                EncodedMessage message = (EncodedMessage) format.event("e", List.of());
                EncodedMessage restored = (EncodedMessage) there.restore(format.store(message));
                assertThat(restored.offset()).isEqualTo(message.offset());
                offsets.add(message.offset().orElseThrow());
            }
        }

        assertThat(offsets).doesNotHaveDuplicates();
    }

    private static final class Talk implements RestorableRoom {

        private final Room room;
        private final List<String> log;

        Talk(Room room, List<String> log) {
            this.room = room;
            this.log = log;
        }

        @Override
        public byte[] snapshot() {
            return new byte[0];
        }

        @Override
        public void restore(byte[] state) {}

        @Override
        public void onJoin(Session session) {
            log.add("join " + session.user());
        }

        @Override
        public void onEvent(Session session, Event event) {
            if (event.name().equals("kick")) {
                session.disconnect(LeaveReason.KICKED);
                return;
            }
            room.broadcast("said", event.data(Integer.class));
            event.reply("ok");
        }

        @Override
        public void onDrop(Session session) {
            log.add("drop " + session.user());
        }

        @Override
        public void onResume(Session session) {
            log.add("resume " + session.user());
        }

        @Override
        public void onLeave(Session session, LeaveReason reason) {
            log.add("leave " + session.user() + " " + reason);
        }
    }
}
