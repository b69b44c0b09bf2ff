package io.roomrouting.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Command.Running> running = new ArrayList<>();
    private final List<Integer> startedOn = new ArrayList<>();

    @Test
    void startsACommandWithItsSettings() {
        assertThat(run(Map.of("PORT", "9000"), "serve")).isEqualTo(CommandLine.OK);

        assertThat(startedOn).containsExactly(9000);
        running.forEach(Command.Running::close);
        assertThat(startedOn).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void badConfigurationIsOneLineAndExitCodeTwo() {
        assertThat(run(Map.of("PORT", "x"), "serve")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("PORT = \"x\" is not accepted; expected: a whole number from 1 to 65535");
    }

    @Test
    void aPortThatIsTakenIsOneLineAndExitCodeOne() {
        assertThat(run(Map.of("PORT", "666"), "serve")).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("Cannot listen on *:666");
    }

    @Test
    void helpListsTheCommandsAndTheSettingsOfOne() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(run(Map.of(), "serve", "--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("serve        Serves nothing.", "  PORT\n", "default: 8080");
        assertThat(startedOn).isEmpty();
    }

    @Test
    void aCommandThatDoesNotExistIsAnsweredWithThoseThatDo() {
        assertThat(run(Map.of(), "sevre")).isEqualTo(2);
        assertThat(run(Map.of(), "serve", "--port", "1")).isEqualTo(2);
        assertThat(run(Map.of())).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "There is no command \"sevre\"; there are: serve",
                        "serve takes no arguments but --help; settings come from the environment");
    }

    private int run(Map<String, String> settings, String... arguments) {
        return new CommandLine(
                        List.of(new Serve()), () -> Settings.of(settings), running::add, printer(out), printer(err))
                .run(List.of(arguments));
    }

    private static PrintStream printer(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    private final class Serve implements Command {

        private static final Setting<Integer> PORT = Setting.port("PORT", "where clients connect", 8080);

        @Override
        public String name() {
            return "serve";
        }

        @Override
        public String summary() {
            return "Serves nothing.";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(PORT);
        }

        @Override
        public Running start(Settings settings) {
            int port = settings.get(PORT);
            if (port == 666) {
                throw new UncheckedIOException("Cannot listen on *:666", new IOException("taken"));
            }
            startedOn.add(port);
            return () -> startedOn.remove(Integer.valueOf(port));
        }
    }
}
