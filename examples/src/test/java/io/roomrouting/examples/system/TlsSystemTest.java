package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.demo.DemoCommand;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole system with a key store: every address that is told is one that can be used. */
class TlsSystemTest {

    @TempDir
    private Path folder;

    @Test
    void aClientLogsInByHttpsAndIsLedToARoomByWss() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        String port = FreePorts.next();
        Settings settings = Settings.of(Map.of(
                "PORT",
                port,
                "SESSION_PORT_1",
                FreePorts.next(),
                "SESSION_PORT_2",
                FreePorts.next(),
                "BIND_ADDRESS",
                "localhost",
                "TLS_KEY_STORE",
                certificate.file().toString(),
                "TLS_KEY_STORE_PASSWORD",
                TestCertificate.PASSWORD));
        HttpClient http =
                HttpClient.newBuilder().sslContext(certificate.trust()).build();
        Command.Running demo = new DemoCommand().start(settings);
        try {
            String backend = "https://localhost:" + port;
            String login = ask(http, backend + "/api/login", "", "{\"userId\":\"alice\"}")
                    .path("token")
                    .asText();
            String room = ask(http, backend + "/api/rooms", login, "{}")
                    .path("roomId")
                    .asText();
            JsonNode route = ask(http, backend + "/api/rooms/" + room, login, "{}");

            assertThat(route.path("url").asText()).startsWith("wss://localhost:");
            var socket = http.newWebSocketBuilder()
                    .header("Origin", backend)
                    .subprotocols("room.v1", "ticket." + route.path("token").asText());
            try (ChatClient client =
                    ChatClient.connect(socket, URI.create(route.path("url").asText()))) {
                client.awaitEvent("online_users");
            }
        } finally {
            demo.close();
        }
    }

    private static JsonNode ask(HttpClient http, String url, String login, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Waiting.PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!login.isEmpty()) {
            request.header("Authorization", "Bearer " + login);
        }
        return BackendClient.JSON.readTree(
                http.send(request.build(), BodyHandlers.ofString()).body());
    }
}
