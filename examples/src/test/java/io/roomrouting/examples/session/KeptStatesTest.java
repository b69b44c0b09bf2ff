package io.roomrouting.examples.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jdbc.JdbcRoomStateStore;
import io.roomrouting.session.InMemoryStateStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptStatesTest {

    private static final Engines NO_ENGINES = new Engines(Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @Test
    void theStatesOfAFleetAreKeptInItsRegistryUnlessToldOtherwise() {
        Settings registry = Settings.of(Map.of("REGISTRY_URL", "jdbc:h2:file:" + directory.resolve("rooms")));
        Settings memory = Settings.of(Map.of("STATE_URL", "memory:"));
        try (Engines engines = new Engines(EngineSettings.openRegistry(registry, 2), Optional.empty())) {
            assertThat(KeptStates.open(registry, engines)).containsInstanceOf(JdbcRoomStateStore.class);
            assertThat(KeptStates.open(memory, engines)).containsInstanceOf(InMemoryStateStore.class);
        }
        assertThat(KeptStates.open(Settings.of(Map.of()), NO_ENGINES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    registry | this only with a REGISTRY_URL that is not memory:
                    database | this only with a DATABASE_URL
                    """)
    void anEngineThatIsNotThereIsRefused(String word, String expected) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> KeptStates.open(Settings.of(Map.of("STATE_URL", word)), NO_ENGINES))
                .withMessage("STATE_URL = \"" + word + "\" is not accepted; expected: " + expected);
    }
}
