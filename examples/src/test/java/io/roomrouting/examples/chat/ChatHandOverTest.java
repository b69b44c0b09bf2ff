package io.roomrouting.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.examples.chat.MessageHistory.Page;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.spi.Welcome;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.RecordedMessage;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A chat whose clients' connections break, and whose host stops. */
class ChatHandOverTest {

    private static final RoomId ROOM = RoomId.of("talk");
    private static final Duration GRACE = RoomSettings.defaults().resumeGrace();

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry = InMemoryRegistry.builder()
            .time(time)
            .lease(Duration.ofHours(1))
            .roomRetention(Duration.ofDays(1))
            .build();
    private final RoomStateStore states = InMemoryStateStore.create();
    private final RecordingFormat format = RecordingFormat.through(new JacksonPayloadCodec());
    private final SessionHost one = host("localhost:8000");
    private final SessionHost two = host("localhost:8001");
    private int tickets;

    ChatHandOverTest() {
        registry.create(ROOM, RoomSpec.defaults());
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void whoDropsAndComesBackGetsWhatItMissedAndNobodyNotices() {
        RecordingConnection alice = sit(one, "alice");
        RecordingConnection bob = sit(one, "bob");
        alice.end(LeaveReason.CONNECTION_LOST);
        say(bob, "Still there?", "b1");

        RecordingConnection carol = sit(one, "carol");
        RecordingConnection aliceAgain = comeBack(one, "alice", alice);

        assertThat(heard(bob)).containsExactly("message_history", "online_users", "new_message", "user_joined");
        assertThat(online(carol)).containsExactly("alice", "bob", "carol");
        assertThat(seat(aliceAgain).resumed()).isTrue();
        assertThat(heard(aliceAgain)).containsExactly("new_message", "user_joined");
    }

    @Test
    void whoStaysAwayLeavesWhenItsSeatIsGivenUp() {
        RecordingConnection alice = sit(one, "alice");
        RecordingConnection bob = sit(one, "bob");
        alice.end(LeaveReason.CONNECTION_LOST);

        time.advance(GRACE.minusMillis(1));
        assertThat(heard(bob)).doesNotContain("user_left");
        time.advance(Duration.ofMillis(1));

        assertThat(heard(bob)).endsWith("user_left");
        RecordingConnection late = comeBack(one, "alice", alice);
        assertThat(seat(late).resumed()).isFalse();
        assertThat(heard(late)).containsExactly("message_history", "online_users");
        assertThat(heard(bob)).endsWith("user_left", "user_joined");
    }

    @Test
    void whoComesAnewWhileItsOldSeatIsKeptIsOneUser() {
        RecordingConnection alice = sit(one, "alice");
        RecordingConnection bob = sit(one, "bob");
        alice.end(LeaveReason.CONNECTION_LOST);

        RecordingConnection reloaded = sit(one, "alice");
        time.advance(GRACE);

        assertThat(online(reloaded)).containsExactly("alice", "bob");
        assertThat(heard(bob)).containsExactly("message_history", "online_users");
    }

    @Test
    void aRoomThatMovesTakesEverybodyAndEverythingAlong() {
        RecordingConnection alice = sit(one, "alice");
        RecordingConnection bob = sit(one, "bob");
        JsonNode receipt = say(alice, "Before.", "a1");

        one.drain(Duration.ZERO);
        RecordingConnection bobThere = comeBack(two, "bob", bob);
        say(bobThere, "After.", "b1");
        RecordingConnection aliceThere = comeBack(two, "alice", alice);

        assertThat(seat(bobThere).resumed()).isTrue();
        assertThat(seat(aliceThere).resumed()).isTrue();
        assertThat(heard(bobThere)).containsExactly("new_message");
        assertThat(heard(aliceThere)).containsExactly("new_message");
        assertThat(say(aliceThere, "Before.", "a1")).as("sent again").isEqualTo(receipt);
        RecordingConnection carol = sit(two, "carol");
        assertThat(texts(carol)).containsExactly("Before.", "After.");
        assertThat(online(carol)).containsExactly("alice", "bob", "carol");
        time.advance(GRACE.multipliedBy(2));
        assertThat(heard(aliceThere)).containsExactly("new_message", "user_joined");
    }

    @Test
    void whoDoesNotFollowTheRoomLeavesIt() {
        RecordingConnection alice = sit(one, "alice");
        RecordingConnection bob = sit(one, "bob");

        one.drain(Duration.ZERO);
        RecordingConnection bobThere = comeBack(two, "bob", bob);
        time.advance(GRACE);

        assertThat(heard(bobThere)).containsExactly("user_left");
        assertThat(seat(comeBack(two, "alice", alice)).resumed()).isFalse();
    }

    @Test
    void anEmptyRoomComesBackWithItsHistory() {
        RecordingConnection alice = sit(one, "alice");
        say(alice, "For later.", "a1");
        alice.end(LeaveReason.LEFT);
        time.advance(RoomSettings.defaults().idleTimeout());
        assertThat(one.status().load().rooms()).isZero();

        RecordingConnection bob = sit(two, "bob");

        assertThat(texts(bob)).containsExactly("For later.");
        assertThat(online(bob)).containsExactly("bob");
    }

    private SessionHost host(String address) {
        SessionHost host = SessionHost.builder()
                .address(HostAddress.parse(address))
                .registry(registry)
                .rooms(ChatRoom::new)
                .stateStore(states)
                .time(time)
                .roomExecutor(Runnable::run)
                .blockingExecutor(Runnable::run)
                .offloadExecutor(Runnable::run)
                .start();
        host.register(format);
        return host;
    }

    private RecordingConnection sit(SessionHost host, String user) {
        return knock(host, user, new SeatRequest.New());
    }

    private RecordingConnection comeBack(SessionHost host, String user, RecordingConnection earlier) {
        return knock(
                host,
                user,
                new SeatRequest.Back(
                        seat(earlier).token(),
                        earlier.received().stream()
                                .filter(ChatHandOverTest::counts)
                                .count()));
    }

    private static boolean counts(RecordedMessage message) {
        return message instanceof RecordedMessage.Event || message instanceof RecordedMessage.Reply;
    }

    private RecordingConnection knock(SessionHost host, String user, SeatRequest seat) {
        Placement there = new Placement(host.status().host(), address(host), Optional.empty(), "the test says so");
        ClaimResult claimed = registry.claim(new Claim(ROOM, there));
        assertThat(claimed).isInstanceOf(ClaimResult.Granted.class);
        Ticket ticket = new Ticket(
                "ticket-" + ++tickets,
                Identity.of(user),
                ((ClaimResult.Granted) claimed).assignment(),
                RoomSpec.defaults(),
                time.now().plusSeconds(Ticket.MAX_LIFE_SECONDS));
        RecordingConnection connection =
                RecordingConnection.open(host, new Admission(ticket, "127.0.0.1", Optional.of(seat)), format, time);
        assertThat(connection.isOpen()).as(connection.toString()).isTrue();
        return connection;
    }

    private HostAddress address(SessionHost host) {
        return HostAddress.parse(host == one ? "localhost:8000" : "localhost:8001");
    }

    private JsonNode say(RecordingConnection from, String text, String clientId) {
        List<RecordedMessage> before = from.received();
        from.send(new InboundEvent(
                "send_message", List.of(format.payload(Map.of("text", text, "clientId", clientId))), 7));
        return from.received().stream()
                .skip(before.size())
                .filter(RecordedMessage.Reply.class::isInstance)
                .map(reply -> ((RecordedMessage.Reply) reply).data(JsonNode.class))
                .findFirst()
                .orElseThrow();
    }

    private static Welcome.Seat seat(RecordingConnection connection) {
        return connection.seat().orElseThrow();
    }

    /** The names of the events, in order. */
    private static List<String> heard(RecordingConnection connection) {
        return events(connection).map(RecordedMessage.Event::name).toList();
    }

    private static Stream<RecordedMessage.Event> events(RecordingConnection connection) {
        return connection.received().stream()
                .filter(RecordedMessage.Event.class::isInstance)
                .map(RecordedMessage.Event.class::cast);
    }

    private static List<String> texts(RecordingConnection newcomer) {
        return first(newcomer, "message_history", Page.class).messages().stream()
                .map(ChatMessage::text)
                .toList();
    }

    private static List<String> online(RecordingConnection newcomer) {
        return List.of(first(newcomer, "online_users", String[].class));
    }

    private static <T> T first(RecordingConnection connection, String name, Class<T> type) {
        return events(connection)
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow()
                .data(type);
    }
}
