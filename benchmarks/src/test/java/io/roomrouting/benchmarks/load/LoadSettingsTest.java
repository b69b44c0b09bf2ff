package io.roomrouting.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadSettingsTest {

    @Test
    void withoutArgumentsAllServersAreMeasuredWithAllWorkloads() {
        LoadSettings settings = LoadSettings.read();

        assertThat(settings.workloads()).containsExactly("w1", "w2", "w4", "w4b", "idle");
        assertThat(settings.contenders()).containsExactly(Contender.values());
    }

    @Test
    void everyArgumentIsHeeded() {
        LoadSettings settings =
                LoadSettings.read("w2", "--servers=plain,socketio", "--rounds=3", "--seconds=4", "--warmup=5");

        assertThat(settings)
                .isEqualTo(new LoadSettings(
                        List.of("w2"),
                        List.of(Contender.PLAIN_JETTY, Contender.SOCKET_IO),
                        3,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"w3", "--servers=node", "--rounds=0", "--seconds=121", "--warmup=x"})
    void whatMakesNoSenseIsRefusedByName(String argument) {
        assertThatThrownBy(() -> LoadSettings.read(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(argument.substring(argument.indexOf('=') + 1));
    }
}
