package io.roomrouting.hathora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.SessionHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HathoraEnvironmentTest {

    private static final Map<String, String> INSIDE = Map.of(
            "HATHORA_PROCESS_ID", "process-1",
            "HATHORA_HOSTNAME", "1.proxy.example.com",
            "HATHORA_DEFAULT_PORT", "34567",
            "HATHORA_REGION", "Frankfurt",
            "HATHORA_TOKEN", HathoraRig.TOKEN);

    @Test
    void aProcessFindsItsNameItsAddressAndItsRegion() {
        HathoraEnvironment found = HathoraEnvironment.read(INSIDE).orElseThrow();

        assertThat(found)
                .isEqualTo(new HathoraEnvironment(
                        HostId.of("process-1"),
                        new HostAddress("1.proxy.example.com", 34567, false),
                        Optional.of("Frankfurt")));
        assertThat(found.toString()).doesNotContain(HathoraRig.TOKEN);
    }

    @Test
    void aHostTakesItOver() {
        InMemoryRegistry registry = InMemoryRegistry.create();
        HathoraEnvironment found = HathoraEnvironment.read(INSIDE).orElseThrow();

        try (SessionHost host = found.applyTo(
                        SessionHost.builder().registry(registry).rooms(room -> new RoomHandler() {}))
                .start()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> host.status().ready());

            assertThat(registry.list()).singleElement().satisfies(listed -> {
                assertThat(listed.host().host()).isEqualTo(found.process());
                assertThat(listed.address()).isEqualTo(found.address());
                assertThat(listed.region()).contains("Frankfurt");
            });
        }
    }

    @Test
    void outsideAProcessThereIsNothing() {
        assertThat(HathoraEnvironment.read(Map.of("PATH", "/bin"))).isEmpty();
        assertThat(HathoraEnvironment.read(Map.of("HATHORA_PROCESS_ID", " "))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HATHORA_DEFAULT_PORT, 0",
        "HATHORA_DEFAULT_PORT, http",
        "HATHORA_DEFAULT_PORT, ''",
        "HATHORA_HOSTNAME, ''",
        "HATHORA_HOSTNAME, a b",
        "HATHORA_PROCESS_ID, a b"
    })
    void whatMakesNoSenseIsNamed(String variable, String value) {
        Map<String, String> environment = new HashMap<>(INSIDE);
        environment.put(variable, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HathoraEnvironment.read(environment))
                .withMessageContaining(variable + " = " + value);
    }
}
