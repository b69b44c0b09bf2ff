package io.roomrouting.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.testkit.RoomTester;
import io.roomrouting.testkit.TestClient;
import io.roomrouting.testkit.TestReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A chat whose clients' connections break, and whose host stops. */
class ChatHandOverTest {

    private static final Duration GRACE = RoomSettings.defaults().resumeGrace();

    private final RoomTester room = RoomTester.builder(ChatRoom::new)
            .payloads(new JacksonPayloadCodec())
            .open();

    @AfterEach
    void nothingElseHappened() {
        room.close();
    }

    @Test
    void whoDropsAndComesBackGetsWhatItMissedAndNobodyNotices() {
        TestClient alice = seated("alice");
        TestClient bob = seated("bob");
        alice.skipAll();
        alice.loseConnection();
        say(bob, "Still there?", "b1").expect();
        bob.expect("new_message");
        TestClient carol = room.joinWithSeat("carol");

        assertThat(alice.comeBack()).isTrue();

        alice.expect("new_message");
        alice.expect("user_joined");
        bob.expect("user_joined");
        assertThat(texts(carol)).containsExactly("Still there?");
        assertThat(online(carol)).containsExactly("alice", "bob", "carol");
    }

    @Test
    void whoStaysAwayLeavesWhenItsSeatIsGivenUp() {
        TestClient alice = seated("alice");
        TestClient bob = seated("bob");
        alice.skipAll();
        alice.loseConnection();

        room.advance(GRACE.minusMillis(1));
        bob.expectNothing();
        room.advance(Duration.ofMillis(1));

        bob.expect("user_left");
        assertThat(alice.comeBack()).isFalse();
        alice.expect("message_history");
        alice.expect("online_users");
        bob.expect("user_joined");
    }

    @Test
    void whoComesAnewWhileItsOldSeatIsKeptIsOneUser() {
        TestClient alice = seated("alice");
        TestClient bob = seated("bob");
        alice.skipAll();
        alice.loseConnection();

        TestClient reloaded = room.joinWithSeat("alice");
        room.advance(GRACE);

        reloaded.expect("message_history");
        assertThat(online(reloaded)).containsExactly("alice", "bob");
        bob.expectNothing();
    }

    @Test
    void aRoomThatMovesTakesEverybodyAndEverythingAlong() {
        TestClient alice = seated("alice");
        TestClient bob = seated("bob");
        JsonNode receipt = say(alice, "Before.", "a1").data(JsonNode.class);
        alice.skipAll();
        bob.skipAll();

        room.handOver();
        alice.expectClosed(LeaveReason.MOVED);
        bob.expectClosed(LeaveReason.MOVED);
        assertThat(bob.comeBack()).isTrue();
        say(bob, "After.", "b1").expect();
        assertThat(alice.comeBack()).isTrue();

        alice.expect("new_message");
        bob.expect("new_message");
        assertThat(say(alice, "Before.", "a1").data(JsonNode.class))
                .as("sent again")
                .isEqualTo(receipt);
        TestClient carol = room.joinWithSeat("carol");
        assertThat(texts(carol)).containsExactly("Before.", "After.");
        assertThat(online(carol)).containsExactly("alice", "bob", "carol");
        alice.expect("user_joined");
        bob.expect("user_joined");
        room.advance(GRACE.multipliedBy(2));
    }

    @Test
    void whoDoesNotFollowTheRoomLeavesItThere() {
        TestClient alice = seated("alice");
        TestClient bob = seated("bob");
        alice.skipAll();

        room.handOver();
        alice.expectClosed(LeaveReason.MOVED);
        bob.expectClosed(LeaveReason.MOVED);
        assertThat(bob.comeBack()).isTrue();
        room.advance(GRACE.multipliedBy(2));

        bob.expect("user_left");
    }

    @Test
    void afterACrashTheRoomGoesOnWithTheHistoryThatWasSaved() {
        TestClient alice = seated("alice");
        say(alice, "Saved.", "a1").expect();
        room.advance(RoomSettings.defaults().saveInterval());
        say(alice, "Not saved.", "a2").expect();
        alice.skipAll();

        room.crash();

        assertThat(alice.comeBack()).isFalse();
        assertThat(texts(alice)).containsExactly("Saved.");
        assertThat(online(alice)).containsExactly("alice");
    }

    private TestClient seated(String user) {
        TestClient client = room.joinWithSeat(user);
        client.skipAll();
        return client;
    }

    private static TestReply say(TestClient from, String text, String clientId) {
        return from.sendForReply("send_message", Map.of("text", text, "clientId", clientId));
    }

    private static List<String> texts(TestClient newcomer) {
        return newcomer.expect("message_history").data(ChatPage.class).messages().stream()
                .map(ChatMessage::text)
                .toList();
    }

    private static List<String> online(TestClient newcomer) {
        return List.of(newcomer.expect("online_users").data(String[].class));
    }
}
