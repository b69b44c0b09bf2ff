package io.roomrouting.benchmarks.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSettingsTest {

    @Test
    void withoutArgumentsEveryEngineHasAThousandHostsAndAHundredThousandRooms() {
        EngineSettings settings = EngineSettings.read();

        assertThat(settings.engines()).containsExactly("memory", "h2", "postgresql", "redis");
        assertThat(settings.hosts()).isEqualTo(1_000);
        assertThat(settings.rooms()).isEqualTo(100_000);
    }

    @Test
    void everyArgumentIsHeeded() {
        assertThat(EngineSettings.read(
                        "--engines=redis,h2", "--hosts=2", "--rooms=3", "--threads=4", "--seconds=5", "--held=6"))
                .isEqualTo(new EngineSettings(List.of("redis", "h2"), 2, 3, 4, Duration.ofSeconds(5), 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--engines=", "--engines=abacus", "--hosts=0", "--rooms=many", "--speed=1", "x"})
    void whatCannotBeDoneIsRefused(String argument) {
        assertThatThrownBy(() -> EngineSettings.read(argument)).isInstanceOf(IllegalArgumentException.class);
    }
}
