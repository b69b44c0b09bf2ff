package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import io.roomrouting.examples.system.ChatClient.Close;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that send too much, too big or nonsense lose their own connection and disturb nobody else. */
class FloodTest {

    private static LocalSystem system;
    private static BackendClient backend;

    @BeforeAll
    static void start() {
        system = LocalSystem.start(
                1,
                Map.of(
                        "MESSAGES_PER_SECOND", "5",
                        "MESSAGE_BURST", "10",
                        "MAX_MESSAGE_BYTES", "4096",
                        "CONNECTIONS_PER_USER", "2"));
        backend = system.backend();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void whoSendsTooFastIsWarnedAndThenSentAway() {
        String room = backend.createRoom(backend.login("alice"));
        try (ChatClient alice = join("alice", room);
                ChatClient mallory = join("mallory", room)) {
            for (int i = 0; i < 2_000 && mallory.isOpen(); i++) {
                mallory.send("send_message", text("spam " + i));
            }

            Close close = mallory.awaitClose();
            assertThat(close.code()).isEqualTo(1008);
            assertThat(close.reason()).startsWith("FLOODING");
            assertThat(mallory.events("error").get(0).path("code").asText()).isEqualTo("RATE_LIMITED");
            alice.say("still here");
            assertThat(alice.events("new_message")).hasSizeLessThan(30);
        }
    }

    @Test
    void whoSendsNonsenseIsToldTwiceAndThenSentAway() {
        String room = backend.createRoom(backend.login("alice"));
        ChatClient mallory = join("mallory", room);

        mallory.sendText("{\"event\":");
        mallory.sendText("[1,2,3]");
        mallory.sendText("{\"event\":7}");

        assertThat(mallory.awaitClose().code()).isIn(1007, 1008);
        assertThat(mallory.events("error"))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.path("code").asText()).isEqualTo("INVALID_REQUEST"));
    }

    @Test
    void aMessageOverTheLimitEndsTheConnection() {
        String room = backend.createRoom(backend.login("alice"));
        ChatClient mallory = join("mallory", room);

        mallory.send("send_message", text("x".repeat(10_000)));

        assertThat(mallory.awaitClose().code()).isEqualTo(1009);
    }

    @Test
    void aUserHasOnlySoManyConnections() {
        String room = backend.createRoom(backend.login("carol"));
        try (ChatClient first = join("carol", room);
                ChatClient second = join("carol", room)) {
            ChatClient third = ChatClient.connect(backend.resolveAs("carol", room));

            assertThat(third.awaitClose().reason()).startsWith("RATE_LIMITED");
            first.say("one");
            second.awaitMessage("one");
        }
    }

    @Test
    void anAddressHasOnlySoManyConnections() {
        try (LocalSystem small = LocalSystem.start(1, Map.of("CONNECTIONS_PER_ADDRESS", "2"))) {
            String room = small.backend().createRoom(small.backend().login("a"));
            RouteAnswer third = small.backend().resolveAs("c", room);
            try (ChatClient a = ChatClient.join(small.backend().resolveAs("a", room));
                    ChatClient b = ChatClient.join(small.backend().resolveAs("b", room))) {

                assertThatThrownBy(() -> ChatClient.connect(third))
                        .cause()
                        .isInstanceOfSatisfying(
                                WebSocketHandshakeException.class,
                                refused -> assertThat(refused.getResponse().statusCode())
                                        .isEqualTo(429));
                a.say("we are two");
                b.awaitMessage("we are two");
            }
        }
    }

    private ChatClient join(String user, String room) {
        return ChatClient.join(backend.resolveAs(user, room));
    }

    private static ObjectNode text(String text) {
        return BackendClient.JSON.createObjectNode().put("text", text);
    }
}
