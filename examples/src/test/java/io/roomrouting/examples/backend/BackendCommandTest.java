package io.roomrouting.examples.backend;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendCommandTest {

    @Test
    void hostsAreListedOrJoinARegistryButNotBoth() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new BackendCommand()
                        .start(Settings.of(Map.of(
                                "JWT_SECRET", "a secret of the tests that is long enough",
                                "REGISTRY_URL", "redis://localhost:9",
                                "SESSION_SERVER_HOST", "localhost:8000"))))
                .withMessage("REGISTRY_URL and SESSION_SERVER_HOST are both set; expected: only one of them,"
                        + " since the hosts of a registry join it by themselves");
    }
}
