package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.hms.HmsCommand;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.testkit.hms.FakeHms;
import java.util.HashMap;
import java.util.Map;

/** The 100ms backend in the test's process, before a 100ms that is there as well. */
final class HmsRig implements AutoCloseable {

    static final String ACCESS_KEY = "an-access-key";
    static final String APP_SECRET = "the secret of the app, which stays on the server";

    private final FakeHms hms = FakeHms.builder(ACCESS_KEY, APP_SECRET).start();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "BIND_ADDRESS",
            "localhost",
            "JWT_SECRET",
            LocalSystem.SECRET,
            "TRIAL_LOGIN",
            "on",
            "ALLOWED_ORIGINS",
            "https://calls.example.com",
            "HMS_APP_ACCESS_KEY",
            ACCESS_KEY,
            "HMS_APP_SECRET",
            APP_SECRET,
            "HMS_TEMPLATE_ID",
            "a-template",
            "HMS_BASE_URL",
            hms.baseUrl().toString()));
    private Command.Running running;
    private BackendClient client;

    HmsRig() {
        String port = FreePorts.next();
        running = start(port);
        client = new BackendClient(Integer.parseInt(port));
    }

    FakeHms hms() {
        return hms;
    }

    BackendClient client() {
        return client;
    }

    void restart() {
        running.close();
        String port = FreePorts.next();
        running = start(port);
        client = new BackendClient(Integer.parseInt(port));
    }

    /** Creates a room and returns its id. */
    String createRoom(String login, String name) {
        BackendClient.Answer answer = client.post("/api/rooms", login, "{\"name\":\"" + name + "\"}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().path("room").path("id").asText();
    }

    BackendClient.Answer token(String login, String room, String role) {
        return client.post("/api/rooms/" + room + "/token", login, "{\"role\":\"" + role + "\"}");
    }

    private Command.Running start(String port) {
        settings.put("PORT", port);
        return new HmsCommand().start(Settings.of(settings));
    }

    @Override
    public void close() {
        running.close();
        hms.close();
    }
}
