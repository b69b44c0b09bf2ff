package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.demo.DemoCommand;
import io.roomrouting.examples.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoSystemTest {

    @Test
    void theDemoServesThePageAndPlacesRoomsOnBothHosts() {
        String port = FreePorts.next();
        String one = FreePorts.next();
        String two = FreePorts.next();
        Settings settings = Settings.of(
                Map.of("PORT", port, "SESSION_PORT_1", one, "SESSION_PORT_2", two, "BIND_ADDRESS", "localhost"));
        Command.Running demo = new DemoCommand().start(settings);
        BackendClient backend = new BackendClient(Integer.parseInt(port));
        String login = backend.login("alice");

        assertThat(IntStream.range(0, 10)
                        .mapToObj(i -> backend.resolve(login, backend.createRoom(login))
                                .host()))
                .contains("localhost:" + one, "localhost:" + two);
        assertThat(backend.get("/", "").body().path("text").asText()).contains("<div id=\"app\">");
        String room = backend.createRoom(login);
        try (ChatClient client =
                ChatClient.connect(backend.resolve(login, room), Optional.of("http://localhost:" + port))) {
            client.awaitEvent("online_users");
        } finally {
            demo.close();
        }
    }
}
