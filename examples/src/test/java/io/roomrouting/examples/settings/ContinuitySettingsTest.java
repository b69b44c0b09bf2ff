package io.roomrouting.examples.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.examples.settings.ContinuitySettings.Location;
import io.roomrouting.session.DirectoryStateStore;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.RoomStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuitySettingsTest {

    @TempDir
    Path directory;

    @Test
    void oneHostKeepsNothingUnlessItIsToldWhere() {
        assertThat(storeOfOneHost(Map.of())).isEmpty();
        assertThat(storeOfOneHost(Map.of("STATE_URL", "none"))).isEmpty();
        assertThat(storeOfOneHost(Map.of("STATE_URL", "memory:"))).containsInstanceOf(InMemoryStateStore.class);
    }

    @Test
    void hostsInOneProcessShareItsMemoryUnlessTheyAreToldOtherwise() {
        assertThat(storeOfAllHosts(Map.of())).containsInstanceOf(InMemoryStateStore.class);
        assertThat(storeOfAllHosts(Map.of("STATE_URL", "none"))).isEmpty();
    }

    @Test
    void oneHostOfSeveralMayUseTheirEngine() {
        Setting<Optional<Location>> setting = ContinuitySettings.stateOfOneHost();

        assertThat(Settings.of(Map.of("STATE_URL", "registry")).get(setting)).contains(new Location.Registry());
        assertThat(Settings.of(Map.of("STATE_URL", "database")).get(setting)).contains(new Location.Database());
        assertThatThrownBy(() -> storeOfAllHosts(Map.of("STATE_URL", "registry")))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aDirectoryIsMadeIfItIsNotThere() {
        Path states = directory.resolve("states");

        assertThat(storeOfOneHost(Map.of("STATE_URL", "file:" + states))).containsInstanceOf(DirectoryStateStore.class);
        assertThat(states).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", "file:states", "/var/states", "memory", "NONE", "redis://h:1", "file:/a\0b"})
    void whatNamesNoPlaceIsRefused(String url) {
        assertThatThrownBy(() -> storeOfOneHost(Map.of("STATE_URL", url)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("STATE_URL = ")
                .hasMessageContaining("expected: none, memory: (this process) or file:/path");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("taken"));

        assertThatThrownBy(() -> storeOfOneHost(Map.of("STATE_URL", "file:" + file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("STATE_URL = \"file:" + file
                        + "\" is not accepted; expected: a directory that can be made and written");
    }

    @Test
    void seatsAreKeptForTwentySecondsUnlessToldOtherwise() {
        assertThat(grace(Map.of())).isEqualTo(Duration.ofSeconds(20));
        assertThat(grace(Map.of("RESUME_GRACE", "0"))).isZero();
        assertThat(grace(Map.of("RESUME_GRACE", "3600"))).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> grace(Map.of("RESUME_GRACE", "3601")))
                .hasMessage("RESUME_GRACE = \"3601\" is not accepted; expected: a whole number from 0 to 3600");
    }

    private static Optional<RoomStateStore> storeOfOneHost(Map<String, String> values) {
        return Settings.of(values)
                .get(ContinuitySettings.stateOfOneHost())
                .flatMap(location -> ContinuitySettings.openStore((Location.Local) location));
    }

    private static Optional<RoomStateStore> storeOfAllHosts(Map<String, String> values) {
        return ContinuitySettings.openStore(Settings.of(values).get(ContinuitySettings.stateOfAllHosts()));
    }

    private static Duration grace(Map<String, String> values) {
        return ContinuitySettings.withGrace(RoomSettings.defaults(), Settings.of(values))
                .resumeGrace();
    }
}
