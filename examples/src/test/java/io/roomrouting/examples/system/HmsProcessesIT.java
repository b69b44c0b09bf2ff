package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as the 100ms backend, twice, and as the 100ms behind it. */
class HmsProcessesIT {

    private static final String APP_SECRET = "the secret of the app, which stays on the server";

    @TempDir
    Path directory;

    @Test
    void twoInstancesServeOneAppAndKeepItsSecret() throws Exception {
        String hmsPort = FreePorts.next();
        String onePort = FreePorts.next();
        String otherPort = FreePorts.next();
        try (Program hms = Program.start(directory, settings(hmsPort, hmsPort), "fake-hms");
                Program one = Program.start(directory, settings(onePort, hmsPort), "hms");
                Program other = Program.start(directory, settings(otherPort, hmsPort), "hms")) {
            hms.awaitListening();
            one.awaitListening();
            other.awaitListening();
            BackendClient first = new BackendClient(Integer.parseInt(onePort));
            BackendClient second = new BackendClient(Integer.parseInt(otherPort));
            String alice = first.login("alice");

            String room = first.post("/api/rooms", alice, "{\"name\":\"team\"}")
                    .body()
                    .path("room")
                    .path("id")
                    .asText();
            String tokens = "/api/rooms/" + room + "/token";
            assertThat(second.post(tokens, alice, "{\"role\":\"host\"}").status())
                    .isEqualTo(200);
            assertThat(second.post(tokens, first.login("bob"), "{\"role\":\"host\"}")
                            .status())
                    .isEqualTo(403);

            hms.kill();
            BackendClient.Answer answer = first.post(tokens, alice, "{}");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("HMS_UNAVAILABLE");
            assertThat(answer.headers()).containsKey("Retry-After");

            one.terminate();
            assertThat(one.awaitExit(Duration.ofSeconds(15))).isEqualTo(143);
            assertThat(one.output()).noneMatch(line -> line.contains(APP_SECRET) || line.contains("eyJ"));
        }
    }

    private static Map<String, String> settings(String port, String hmsPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("PORT", port);
        settings.put("BIND_ADDRESS", "localhost");
        settings.put("JWT_SECRET", LocalSystem.SECRET);
        settings.put("TRIAL_LOGIN", "on");
        settings.put("HMS_APP_ACCESS_KEY", "an-access-key");
        settings.put("HMS_APP_SECRET", APP_SECRET);
        settings.put("HMS_TEMPLATE_ID", "a-template");
        settings.put("HMS_BASE_URL", "http://localhost:" + hmsPort);
        return settings;
    }
}
