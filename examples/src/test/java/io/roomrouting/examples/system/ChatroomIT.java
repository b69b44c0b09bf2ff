package io.roomrouting.examples.system;

import static io.roomrouting.examples.system.ChatroomSocket.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.examples.system.BackendClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat room as it is run: a process with one secret in an empty directory. */
class ChatroomIT {

    private static final String CREDENTIALS = "{\"username\":\"ann\",\"password\":\"correct horse\"}";

    private final String port = FreePorts.next();
    private final BackendClient http = new BackendClient(Integer.parseInt(port));

    @TempDir
    Path directory;

    @Test
    void nothingIsNeededButTheSecretAndNothingIsLostWhenItIsKilled() throws Exception {
        try (Program first = start()) {
            Answer registered = http.post("/api/auth/register", "", CREDENTIALS);
            assertThat(registered.status()).as("%s", registered.body()).isEqualTo(200);
            sayHello(registered.body().path("token").asText());
            first.kill();
        }
        try (Program second = start()) {
            Answer loggedIn = http.post("/api/auth/login", "", CREDENTIALS);
            assertThat(loggedIn.status()).as("%s", loggedIn.body()).isEqualTo(200);
            assertThat(http.get("/api/messages", loggedIn.body().path("token").asText())
                            .body()
                            .at("/messages/0/text")
                            .asText())
                    .isEqualTo("hello");

            second.terminate();

            assertThat(second.awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
            assertThat(String.join("\n", second.output())).doesNotContain("correct horse", "ERROR");
        }
        assertThat(Files.exists(directory.resolve("chatroom.mv.db"))).isTrue();
    }

    private Program start() throws Exception {
        Program program = Program.start(
                directory,
                Map.of("JWT_SECRET", LocalSystem.SECRET, "PORT", port, "BIND_ADDRESS", "localhost"),
                "chatroom");
        program.awaitListening();
        return program;
    }

    private void sayHello(String token) throws Exception {
        try (ChatroomSocket ann = new ChatroomSocket("http://localhost:" + port, Map.of("token", token))) {
            ann.next("message_history");
            assertThat(text(ann.ask("send_message", Map.of("text", "hello")), "id"))
                    .isNotEmpty();
        }
    }
}
