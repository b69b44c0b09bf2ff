package io.roomrouting.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a command whose engine is not as it should be. */
class OpenDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void aRegistryIsThereForEverybodyWhoOpensItsFile() {
        Map<String, String> settings = Map.of("REGISTRY_URL", url("rooms"));
        try (FleetRegistry one = open(settings);
                FleetRegistry other = open(settings)) {
            RoomId room = RoomId.random();
            one.rooms().create(room, RoomSpec.defaults());

            assertThat(other.rooms().find(room)).isPresent();
            assertThat(other.hosts().list()).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsRefusedInOneLineThatDoesNotShowIt() {
        Map<String, String> settings =
                Map.of("REGISTRY_URL", url("owned"), "REGISTRY_USER", "sa", "REGISTRY_PASSWORD", "right");
        try (FleetRegistry owner = open(settings)) {
            assertThat(owner.hosts().list()).isEmpty();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> open(Map.of("REGISTRY_URL", url("owned") + ";USER=sa;PASSWORD=geheim")))
                    .withMessage("REGISTRY_URL = \"" + url("owned") + "\": Wrong user name or password [28000-252]")
                    .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("geheim"));
        }
    }

    @Test
    void aFileThatCannotBeMadeIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(Map.of("REGISTRY_URL", "jdbc:h2:file:/dev/null/rooms")))
                .withMessageStartingWith("REGISTRY_URL = \"jdbc:h2:file:/dev/null/rooms\": ");
    }

    @Test
    void anEngineThatIsNotThereYetIsWaitedFor() {
        try (FleetRegistry absent = open(Map.of("REGISTRY_URL", "postgres://bob:geheim@localhost:9/rooms"))) {
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> absent.rooms().find(RoomId.random()))
                    .withMessage("the database is out of reach");
        }
    }

    private String url(String file) {
        return "jdbc:h2:file:" + directory.resolve(file);
    }

    private static FleetRegistry open(Map<String, String> settings) {
        return EngineSettings.openRegistry(Settings.of(settings), 2).orElseThrow();
    }
}
