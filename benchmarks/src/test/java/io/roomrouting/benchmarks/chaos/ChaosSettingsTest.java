package io.roomrouting.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.benchmarks.chaos.check.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosSettingsTest {

    @Test
    void withoutArgumentsEverythingIsDoneToTwoHundredClients() {
        ChaosSettings settings = ChaosSettings.read();

        assertThat(settings.clients()).isEqualTo(200);
        assertThat(settings.rooms()).isEqualTo(50);
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.engine()).isEqualTo(EngineKind.LIST);
        assertThat(settings.faults()).containsExactly(Fault.Kind.KILL, Fault.Kind.STOP, Fault.Kind.DRAIN);
    }

    @Test
    void withAnEngineThereIsMoreThatCanFail() {
        assertThat(ChaosSettings.read("--engine=redis").faults()).containsExactly(Fault.Kind.values());
        assertThat(ChaosSettings.read("--faults=cut-host", "--engine=redis").faults())
                .containsExactly(Fault.Kind.CUT_HOST);
    }

    @Test
    void everyArgumentIsHeeded() {
        ChaosSettings settings = ChaosSettings.read(
                "--clients=4",
                "--rooms=2",
                "--lease=6",
                "--faults=drain,drain",
                "--seconds=3",
                "--rate=5",
                "--engine=postgresql",
                "--cut=9",
                "--admissions=7");

        assertThat(settings)
                .isEqualTo(new ChaosSettings(
                        4,
                        2,
                        Duration.ofSeconds(6),
                        List.of(Fault.Kind.DRAIN, Fault.Kind.DRAIN),
                        Duration.ofSeconds(3),
                        5,
                        EngineKind.POSTGRESQL,
                        Duration.ofSeconds(9),
                        7));
        assertThat(settings.limits().admissionsPerSecond()).isEqualTo(7);
        assertThat(settings.limits().admissionBurst()).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--clients=0",
                "--clients=many",
                "--lease=5",
                "--faults=",
                "--faults=flood",
                "--faults=cut-all",
                "--engine=abacus",
                "--cut=0",
                "--speed=1",
                "x"
            })
    void whatCannotBeDoneIsRefused(String argument) {
        assertThatThrownBy(() -> ChaosSettings.read(argument)).isInstanceOf(IllegalArgumentException.class);
    }
}
