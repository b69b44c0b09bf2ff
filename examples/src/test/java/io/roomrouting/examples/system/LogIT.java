package io.roomrouting.examples.system;

import static io.roomrouting.examples.system.BackendClient.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.examples.system.BackendClient.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processes log: one id from the look-up to the room, objects for programs, and no more than is asked for. */
class LogIT {

    private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:\\d+");
    private static final String ID = "support-case.42";

    @TempDir
    Path directory;

    @Test
    void oneIdLeadsFromTheLookUpInOneProcessToTheRoomInAnother() throws Exception {
        // The file holds for both.
        Files.writeString(
                directory.resolve(".env"),
                "LOG_FORMAT=json\nLOG_LEVEL=debug\nBIND_ADDRESS=localhost\nJWT_SECRET=" + LocalSystem.SECRET + "\n");
        String backendPort = FreePorts.next();
        String sessionPort = FreePorts.next();
        Map<String, String> hosts = Map.of("PORT", backendPort, "SESSION_SERVER_HOST", "localhost:" + sessionPort);
        try (Program session = Program.start(directory, Map.of("PORT", sessionPort), "session");
                Program backend = Program.start(directory, hosts, "backend")) {
            session.awaitLine(LISTENING);
            backend.awaitLine(LISTENING);
            BackendClient client = new BackendClient(Integer.parseInt(backendPort));
            client.roomOn("localhost:" + sessionPort, client.login("starter"));

            Answer found = findOrStart(client, client.login("alice"));
            ChatClient.join(BackendClient.routeOf(found)).close();

            assertThat(found.headers()).containsEntry("x-request-id", ID);
            await().atMost(Waiting.PATIENCE).until(() -> messages(session).contains("alice left room quiet (LEFT)"));
            assertThat(messages(backend))
                    .singleElement()
                    .asString()
                    .startsWith("Room quiet was placed on localhost:" + sessionPort);
            assertThat(messages(session)).contains("Room quiet opened");
            assertThat(backend.output())
                    .allSatisfy(line -> assertThat(read(line).has("timestamp")).isTrue());
        }
    }

    private static Answer findOrStart(BackendClient client, String login) {
        return client.send(client.request("/api/rooms/quiet", login)
                .header("X-Request-Id", ID)
                .POST(BodyPublishers.noBody()));
    }

    /** What a process has logged under the id. */
    private static List<String> messages(Program program) {
        return program.output().stream()
                .map(LogIT::read)
                .filter(line -> line.path("mdc").path("correlationId").asText().equals(ID))
                .map(line -> line.path("message").asText())
                .toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }

    @Test
    void inProductionNothingIsLoggedButErrorsAndThatItListens() throws Exception {
        Map<String, String> settings = Map.of(
                "PORT", FreePorts.next(), "BIND_ADDRESS", "localhost", "JWT_SECRET", "short", "LOG_LEVEL", "error");
        try (Program session = Program.start(directory, settings, "session")) {
            session.awaitListening();
            session.terminate();
            session.awaitExit(Waiting.PATIENCE);

            assertThat(session.output()).singleElement().asString().contains("Listening on localhost:");
        }
    }
}
