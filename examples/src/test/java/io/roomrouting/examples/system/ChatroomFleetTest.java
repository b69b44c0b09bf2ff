package io.roomrouting.examples.system;

import static io.roomrouting.examples.system.ChatroomSocket.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the chat room that share a registry and a database. */
class ChatroomFleetTest {

    @TempDir
    Path directory;

    @Test
    void aRoomIsAtOneInstanceAndTheOtherSaysWhich() throws Exception {
        Map<String, String> shared = Map.of(
                "REGISTRY_URL", "jdbc:h2:file:" + directory.toAbsolutePath().resolve("rooms"));
        try (ChatroomInstance one = ChatroomInstance.start(directory, shared);
                ChatroomInstance two = ChatroomInstance.start(directory, shared)) {
            JsonNode login = one.register("ann");
            String token = login.path("token").asText();
            String owner = ownerOf("lobby", token, one);
            ChatroomInstance home = owner.equals(one.url()) ? one : two;
            ChatroomInstance other = home == one ? two : one;

            assertThat(ownerOf("lobby", token, two)).isEqualTo(owner);
            assertIsSentTo(owner, other, token);
            sayHello(home, token);

            assertThat(helloIn(other, token)).isEqualTo("hello");
            assertThat(other.post(
                                    "refresh",
                                    Map.of(
                                            "refreshToken",
                                            login.path("refreshToken").asText()))
                            .status())
                    .isEqualTo(200);
            assertThat(other.post("register", Map.of("username", "ANN", "password", ChatroomInstance.PASSWORD))
                            .status())
                    .isEqualTo(409);

            home.close();
            assertThatTheRoomGoesOnAt(other, token);
        }
    }

    private static void assertIsSentTo(String owner, ChatroomInstance other, String token) {
        try (ChatroomSocket stray = new ChatroomSocket(other.url(), Map.of("token", token))) {
            JSONObject data = stray.object("connect_error").optJSONObject("data");

            assertThat(text(data, "code")).isEqualTo("NOT_OWNER");
            assertThat(text(data, "url")).isEqualTo(owner);
        }
    }

    private static void sayHello(ChatroomInstance home, String token) throws Exception {
        try (ChatroomSocket ann = new ChatroomSocket(home.url(), Map.of("token", token))) {
            ann.next("message_history");
            assertThat(ann.ask("send_message", Map.of("text", "hello")).getBoolean("ok"))
                    .isTrue();
        }
    }

    private static String helloIn(ChatroomInstance instance, String token) {
        return instance.http()
                .get("/api/messages", token)
                .body()
                .at("/messages/0/text")
                .asText();
    }

    private static void assertThatTheRoomGoesOnAt(ChatroomInstance other, String token) throws Exception {
        try (ChatroomSocket ann = new ChatroomSocket(other.url(), Map.of("token", token))) {
            assertThat(text(ann.array("message_history").getJSONObject(0), "text"))
                    .isEqualTo("hello");
        }
    }

    private static String ownerOf(String room, String token, ChatroomInstance asked) {
        String host = asked.http()
                .post("/api/rooms/" + room, token, "")
                .body()
                .path("host")
                .asText();
        assertThat(host).matches("localhost:\\d+");
        return "http://" + host;
    }
}
