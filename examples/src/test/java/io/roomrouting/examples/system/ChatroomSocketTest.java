package io.roomrouting.examples.system;

import static io.roomrouting.examples.system.ChatroomSocket.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.examples.system.BackendClient.Answer;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The ways into the rooms of the chat room: the official Socket.IO client, and the WebSocket of the web client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatroomSocketTest {

    private ChatroomInstance chatroom;

    @BeforeAll
    void start(@TempDir Path directory) {
        chatroom = ChatroomInstance.start(directory, Map.of());
    }

    @AfterAll
    void stop() {
        chatroom.close();
    }

    @Test
    void usersMeetInTheLobbyAndWhatTheySayIsInTheHistory() throws Exception {
        String token = chatroom.tokenOf("ann");
        try (ChatroomSocket ann = enter(token);
                ChatroomSocket ben = enter(chatroom.tokenOf("ben"))) {
            assertThat(ann.array("message_history").length()).isZero();
            ben.next("message_history");

            JSONObject answer = ann.ask("send_message", Map.of("text", "hello"));

            JSONObject heard = ben.object("new_message");
            assertThat(answer.getBoolean("ok")).isTrue();
            assertThat(text(heard, "username")).isEqualTo("ann");
            assertThat(text(heard, "text")).isEqualTo("hello");
            assertThat(text(heard, "id")).isEqualTo(text(answer, "id"));
            assertThat(text(ann.object("new_message"), "id")).isEqualTo(text(heard, "id"));

            JSONObject refused = ann.ask("send_message", Map.of("text", " "));
            assertThat(refused.getBoolean("ok")).isFalse();
            assertThat(text(refused, "code")).isEqualTo("INVALID_REQUEST");

            ben.ask("send_message", Map.of("text", "and hello to you"));
            assertPages(token, text(heard, "id"));
        }
    }

    private void assertPages(String token, String firstId) {
        JsonNode newest = page(token, "limit=1");
        assertThat(newest.at("/messages/0/text").asText()).isEqualTo("and hello to you");
        assertThat(newest.at("/messages/0/username").asText()).isEqualTo("ben");

        JsonNode older = page(token, "before=" + newest.path("cursor").asText());
        assertThat(older.path("messages")).hasSize(1);
        assertThat(older.at("/messages/0/id").asText()).isEqualTo(firstId);
        assertThat(older.path("cursor").isNull()).isTrue();

        String id = newest.at("/messages/0/id").asText();
        assertThat(page(token, "before=" + id)).isEqualTo(older);
        assertThat(page(token, "room=elsewhere").path("messages")).isEmpty();
    }

    @Test
    void aBadTokenIsRefusedWithTheReason() {
        for (Map<String, String> auth : List.of(Map.<String, String>of(), Map.of("token", "x"))) {
            try (ChatroomSocket nobody = new ChatroomSocket(chatroom.url(), auth)) {
                JSONObject refusal = nobody.object("connect_error");

                assertThat(text(refusal, "message")).isNotEmpty();
                assertThat(text(refusal.optJSONObject("data"), "code")).isEqualTo("UNAUTHENTICATED");
            }
        }
    }

    @Test
    void aRoomThatCannotBeIsRefused() {
        try (ChatroomSocket carl =
                new ChatroomSocket(chatroom.url(), Map.of("token", chatroom.tokenOf("carl"), "room", "a/b"))) {
            assertThat(text(carl.object("connect_error").optJSONObject("data"), "code"))
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void theWebClientAndSocketIoClientsAreInTheSameRoom() throws Exception {
        String token = chatroom.tokenOf("dora");
        Answer found = chatroom.http().post("/api/rooms/club", token, "{}");
        RouteAnswer route = BackendClient.routeOf(found);
        try (ChatroomSocket erik =
                        new ChatroomSocket(chatroom.url(), Map.of("token", chatroom.tokenOf("erik"), "room", "club"));
                ChatClient dora = ChatClient.join(route)) {
            erik.next("message_history");

            erik.ask("send_message", Map.of("text", "over here"));

            assertThat(dora.awaitEvent("new_message").path("text").asText()).isEqualTo("over here");
        }
    }

    @Test
    void aRefusedWebSocketIsToldWhy() {
        RouteAnswer route =
                BackendClient.routeOf(chatroom.http().post("/api/rooms/club", chatroom.tokenOf("finn"), "{}"));

        assertThat(ChatClient.connect(route.withToken("x")).awaitClose().reason())
                .startsWith("UNAUTHENTICATED");
    }

    @Test
    void oneCanCallAnother() throws Exception {
        try (ChatroomSocket gina = enter(chatroom.tokenOf("gina"));
                ChatroomSocket hugo = enter(chatroom.tokenOf("hugo"))) {
            gina.next("message_history");
            hugo.next("message_history");

            gina.ask("call_user", Map.of("to", "hugo", "offer", Map.of("sdp", "x")));

            JSONObject call = hugo.object("incoming_call");
            assertThat(text(call, "from")).isEqualTo("gina");
            assertThat(text(call.getJSONObject("offer"), "sdp")).isEqualTo("x");
            assertThat(hugo.ask("end_call", Map.of("to", "gina")).getBoolean("ok"))
                    .isTrue();
            assertThat(text(gina.object("call_ended"), "from")).isEqualTo("hugo");
        }
    }

    private ChatroomSocket enter(String token) {
        return new ChatroomSocket(chatroom.url(), Map.of("token", token));
    }

    private JsonNode page(String token, String query) {
        Answer answer = chatroom.http().get("/api/messages?" + query, token);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }
}
