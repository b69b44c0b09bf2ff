package io.roomrouting.examples.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Settings;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a server has a listener for operators, and what it needs. */
class AdminListenerTest {

    private static final String KEY = "0123456789abcdef";

    private final AtomicInteger closed = new AtomicInteger();
    private final Command.Running server = closed::incrementAndGet;

    @Test
    void withoutAPortThereIsNone() {
        AdminListener none = AdminListener.in(Settings.of(Map.of("ADMIN_KEY", KEY)), "server");
        Handler api = new Handler.Sequence();

        assertThat(none.measured(api, List.of("/api"))).isSameAs(api);
        assertThat(none.startBeside(server)).isSameAs(server);
    }

    @Test
    void aPortNeedsAKey() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AdminListener.in(Settings.of(Map.of("ADMIN_PORT", "8090")), "server"))
                .withMessageStartingWith("ADMIN_KEY is not set; expected: 1 to 1024 printable characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "gr\u00fcn", " "})
    void aKeyThatNoHeaderCanHoldIsRefusedAndNotShown(String key) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> AdminListener.in(Settings.of(Map.of("ADMIN_PORT", "8090", "ADMIN_KEY", key)), "server"))
                .withMessageStartingWith("ADMIN_KEY = <redacted> is not accepted");
    }

    @Test
    void whereItCannotListenTheServerIsClosedAgain() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AdminListener listener = AdminListener.in(settingsWithPort(taken.getLocalPort()), "server");

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> listener.startBeside(server))
                    .withMessageStartingWith("Cannot listen on localhost:");
            assertThat(closed).hasValue(1);
        }
    }

    private static Settings settingsWithPort(int port) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ADMIN_PORT", Integer.toString(port));
        settings.put("ADMIN_KEY", KEY);
        settings.put("ADMIN_BIND_ADDRESS", "localhost");
        return Settings.of(settings);
    }
}
