package io.roomrouting.examples.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.chatroom.ChatroomCommand;
import io.roomrouting.examples.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** An instance of the chat room in the test's process, with cheap passwords. */
final class ChatroomInstance implements AutoCloseable {

    static final String PASSWORD = "correct horse";

    private final Command.Running running;
    private final String port;
    private final BackendClient http;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private ChatroomInstance(Command.Running running, String port) {
        this.running = running;
        this.port = port;
        this.http = new BackendClient(Integer.parseInt(port));
    }

    /** Starts an instance whose database is a file in this directory, and waits until it is ready. */
    static ChatroomInstance start(Path directory, Map<String, String> more) {
        String port = FreePorts.next();
        Map<String, String> settings = new HashMap<>();
        settings.put("PORT", port);
        settings.put("BIND_ADDRESS", "localhost");
        settings.put("JWT_SECRET", LocalSystem.SECRET);
        settings.put(
                "DATABASE_URL", "jdbc:h2:file:" + directory.toAbsolutePath().resolve("chatroom"));
        settings.put("BCRYPT_COST", "4");
        settings.put("DRAIN_SECONDS", "0");
        settings.putAll(more);
        ChatroomInstance instance = new ChatroomInstance(new ChatroomCommand().start(Settings.of(settings)), port);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Waiting.PATIENCE)
                .until(() -> instance.http.get("/ready", "").status() == 200);
        return instance;
    }

    BackendClient http() {
        return http;
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** Makes an account; gives what a login consists of. */
    JsonNode register(String username) {
        BackendClient.Answer answer = post("register", Map.of("username", username, "password", PASSWORD));
        if (answer.status() != 200) {
            throw new AssertionError(answer.body().toString());
        }
        return answer.body();
    }

    String tokenOf(String newUser) {
        return register(newUser).path("token").asText();
    }

    BackendClient.Answer post(String what, Map<String, ?> body) {
        return http.post(
                "/api/auth/" + what, "", BackendClient.JSON.valueToTree(body).toString());
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            running.close();
        }
    }
}
