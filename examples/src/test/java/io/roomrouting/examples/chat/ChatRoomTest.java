package io.roomrouting.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.jetty.WebSocketSettings;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.testkit.RoomTester;
import io.roomrouting.testkit.TestClient;
import io.roomrouting.testkit.TestReply;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRoomTest {

    /** Values go through JSON, as over the wire. */
    private final RoomTester room = RoomTester.builder(ChatRoom::new)
            .payloads(new JacksonPayloadCodec())
            .limits(SessionLimits.defaults().withEvents(1_000_000, 1_000_000))
            .open();

    @AfterEach
    void nothingElseHappened() {
        room.close();
    }

    @Test
    void aNewcomerGetsHistoryAndPresenceAndTheOthersAreTold() {
        TestClient alice = room.join("alice");
        assertThat(alice.expect("message_history").data(ChatPage.class)).isEqualTo(new ChatPage(List.of(), null));
        assertThat(alice.expect("online_users").data(String[].class)).containsExactly("alice");

        TestClient bob = room.join("bob");
        bob.expect("message_history");
        assertThat(bob.expect("online_users").data(String[].class)).containsExactly("alice", "bob");
        assertThat(username(alice.expect("user_joined").data(JsonNode.class))).isEqualTo("bob");
    }

    @Test
    void aMessageReachesEveryoneAndItsReplyConfirmsIt() {
        TestClient alice = joined("alice");
        TestClient bob = joined("bob");
        alice.skipAll();

        TestReply reply = bob.sendForReply("send_message", Map.of("text", " hello\n"));

        JsonNode message = alice.expect("new_message").data(JsonNode.class);
        assertThat(bob.expect("new_message").data(JsonNode.class)).isEqualTo(message);
        assertThat(username(message)).isEqualTo("bob");
        assertThat(message.path("text").asText()).isEqualTo("hello");
        assertThat(message.path("timestamp").asText())
                .isEqualTo(room.time().now().toString());
        JsonNode receipt = reply.data(JsonNode.class);
        assertThat(receipt.path("ok").asBoolean()).isTrue();
        assertThat(receipt.path("id")).isEqualTo(message.path("id"));
        assertThat(receipt.path("timestamp")).isEqualTo(message.path("timestamp"));
    }

    @Test
    void aMessageSentAgainUnderTheSameNameIsConfirmedAndNotRepeated() {
        TestClient alice = joined("alice");
        TestClient bob = joined("bob");
        alice.skipAll();
        Map<String, String> named = Map.of("text", "hello", "clientId", "1");

        JsonNode first = alice.sendForReply("send_message", named).data(JsonNode.class);
        JsonNode second = alice.sendForReply("send_message", named).data(JsonNode.class);
        JsonNode others = bob.sendForReply("send_message", named).data(JsonNode.class);

        assertThat(second).isEqualTo(first);
        assertThat(others).isNotEqualTo(first);
        bob.expect("new_message");
        bob.expect("new_message");
        alice.expect("new_message");
        alice.expect("new_message");
    }

    @Test
    void aUserWithTwoWindowsJoinsOnceAndLeavesOnce() {
        TestClient alice = joined("alice");
        TestClient first = joined("bob");
        TestClient second = joined("bob");
        alice.expect("user_joined");

        first.leave();
        alice.expectNothing();

        second.loseConnection();
        assertThat(username(alice.expect("user_left").data(JsonNode.class))).isEqualTo("bob");
    }

    @Test
    void historyIsReadPageByPage() {
        TestClient alice = joined("alice");
        IntStream.rangeClosed(1, 250).forEach(n -> alice.send("send_message", Map.of("text", "message " + n)));
        alice.skipAll();

        TestClient bob = room.join("bob");
        alice.skipAll();
        ChatPage newest = bob.expect("message_history").data(ChatPage.class);
        bob.expect("online_users");
        ChatPage older = bob.sendForReply("load_history", before(newest)).data(ChatPage.class);
        ChatPage oldest = bob.sendForReply("load_history", before(older)).data(ChatPage.class);

        assertThat(texts(newest)).hasSize(100).startsWith("message 151").endsWith("message 250");
        assertThat(texts(older)).hasSize(100).startsWith("message 51").endsWith("message 150");
        assertThat(texts(oldest)).hasSize(50).startsWith("message 1").endsWith("message 50");
        assertThat(oldest.cursor()).isNull();
    }

    @Test
    void historyKeepsTheNewestThousand() {
        TestClient alice = joined("alice");
        IntStream.rangeClosed(1, 1_100).forEach(n -> alice.send("send_message", Map.of("text", "message " + n)));
        alice.skipAll();

        TestClient bob = room.join("bob");
        alice.skipAll();
        ChatPage page = bob.expect("message_history").data(ChatPage.class);
        bob.skipAll();
        for (int older = 1; older < 10; older++) {
            page = bob.sendForReply("load_history", before(page)).data(ChatPage.class);
        }

        assertThat(texts(page)).startsWith("message 101").endsWith("message 200");
        assertThat(page.cursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "😀", "\ud83d", "\"", "語"})
    void theHistoryThatANewcomerGetsFitsIntoItsQueue(String character) {
        TestClient alice = joined("alice");
        for (int i = 0; i < 100; i++) {
            alice.send("send_message", Map.of("text", character.repeat(1_000)));
        }
        alice.skipAll();

        TestClient bob = room.join("bob");
        alice.skipAll();
        ChatPage page = bob.expect("message_history").data(ChatPage.class);
        bob.skipAll();

        assertThat(page.messages()).hasSize(100);
        assertThat(new JacksonPayloadCodec().encode(page).length)
                .isLessThan(WebSocketSettings.defaults().maxOutboundBytes());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t\n", "\u2003"})
    void aTextThatSaysNothingIsRefused(String text) {
        TestClient alice = joined("alice");

        TestReply reply = alice.sendForReply("send_message", text == null ? Map.of() : Map.of("text", text));

        assertThat(reply.expectError("INVALID_REQUEST")).isEqualTo("text is 1 to 1000 characters, not blank");
    }

    @Test
    void aTextIsAtMostAThousandCharactersLong() {
        TestClient alice = joined("alice");

        alice.sendForReply("send_message", Map.of("text", "😀".repeat(1_000))).expect();
        alice.sendForReply("send_message", Map.of("text", "x".repeat(1_001))).expectError("INVALID_REQUEST");
        alice.expect("new_message");
    }

    @Test
    void halfACharacterHarmsNobody() {
        TestClient alice = joined("alice");

        alice.send("send_message", Map.of("text", "\ud83d"));

        alice.expect("new_message");
        joined("bob");
        alice.skipAll();
    }

    @Test
    void whatTheRoomDoesNotKnowIsRefused() {
        TestClient alice = joined("alice");

        alice.send("dance", Map.of());
        assertThat(alice.expectError("INVALID_REQUEST")).contains("send_message", "load_history");
        alice.sendForReply("send_message", "hello").expectError("INVALID_REQUEST");
        alice.sendForReply("send_message").expectError("INVALID_REQUEST");
        alice.sendForReply("load_history", Map.of()).expectError("INVALID_REQUEST");
        for (String clientId : List.of("", "x".repeat(65), "two words", "\u0000", "ä")) {
            alice.sendForReply("send_message", Map.of("text", "x", "clientId", clientId))
                    .expectError("INVALID_REQUEST");
        }
        assertThat(alice.sendForReply("load_history", Map.of("before", "nonsense"))
                        .data(ChatPage.class))
                .isEqualTo(new ChatPage(List.of(), null));
    }

    @Test
    void inTheOtherDialectTheHistoryIsAnArrayAndAllNamesAreToldOnEveryChange() {
        try (RoomTester lists = RoomTester.builder(ChatRoom.remembering(ChatDialect.LISTS))
                .payloads(new JacksonPayloadCodec())
                .open()) {
            TestClient alice = lists.join("alice");
            assertThat(alice.expect("message_history").data(ChatMessage[].class))
                    .isEmpty();
            assertThat(names(alice)).containsExactly("alice");
            alice.send("send_message", Map.of("text", "hello"));
            alice.expect("new_message");

            TestClient bob = lists.join("bob");
            assertThat(bob.expect("message_history").data(ChatMessage[].class))
                    .extracting(ChatMessage::text)
                    .containsExactly("hello");
            assertThat(names(bob)).containsExactly("alice", "bob");
            assertThat(names(alice)).containsExactly("alice", "bob");

            TestClient bobsPhone = lists.join("bob");
            bobsPhone.expect("message_history");
            assertThat(names(bobsPhone)).containsExactly("alice", "bob");
            bob.leave();
            alice.expectNothing();
            bobsPhone.loseConnection();
            assertThat(names(alice)).containsExactly("alice");
        }
    }

    private static List<String> names(TestClient client) {
        return List.of(client.expect("online_users").data(String[].class));
    }

    private TestClient joined(String user) {
        TestClient client = room.join(user);
        client.skipAll();
        return client;
    }

    private static Map<String, String> before(ChatPage page) {
        String cursor = page.cursor();
        assertThat(cursor).isNotNull();
        return Map.of("before", String.valueOf(cursor));
    }

    private static List<String> texts(ChatPage page) {
        return page.messages().stream().map(ChatMessage::text).toList();
    }

    private static String username(JsonNode data) {
        return data.path("username").asText();
    }
}
