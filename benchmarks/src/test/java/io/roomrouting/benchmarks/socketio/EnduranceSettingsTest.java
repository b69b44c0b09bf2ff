package io.roomrouting.benchmarks.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnduranceSettingsTest {

    @Test
    void withoutArgumentsEverythingIsShown() {
        EnduranceSettings settings = EnduranceSettings.read();

        assertThat(settings.parts()).containsExactly(EnduranceSettings.Kind.values());
        assertThat(settings.idle()).isEqualTo(2_000);
        assertThat(settings.heartbeats()).isEqualTo(3);
        assertThat(settings.upgrades()).isEqualTo(200);
        assertThat(settings.stopped()).isEqualTo(500);
        assertThat(settings.hostility()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void everyArgumentIsHeeded() {
        EnduranceSettings settings = EnduranceSettings.read(
                "--parts=stop,idle",
                "--idle=20",
                "--heartbeats=1",
                "--upgrades=7",
                "--stopped=30",
                "--minutes=10",
                "--seed=5");

        assertThat(settings)
                .isEqualTo(new EnduranceSettings(
                        List.of(EnduranceSettings.Kind.STOP, EnduranceSettings.Kind.IDLE),
                        20,
                        1,
                        7,
                        30,
                        Duration.ofMinutes(10),
                        5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--idle=9", "--minutes=0", "--minutes=121", "--heartbeats=x", "--parts=sleep", "--fast"})
    void whatMakesNoSenseIsRefused(String argument) {
        assertThatThrownBy(() -> EnduranceSettings.read(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(argument.split("=", 2)[0]);
    }
}
