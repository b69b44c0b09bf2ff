package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official JavaScript client against our server. Needs Node on the path and the folder in which the npm package
 * {@code socket.io-client} is installed, in the environment variable {@code SOCKETIO_CLIENT_HOME}; skipped without it.
 */
class OfficialJavaScriptClientTest {

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyCheckPasses() throws Exception {
        return checks("official-client.mjs", 45);
    }

    @TestFactory
    Stream<DynamicTest> whatTheAdminUiSaysIsUnderstood() throws Exception {
        return checks("admin-ui.mjs", 4);
    }

    private Stream<DynamicTest> checks(String script, int atLeast) throws Exception {
        String home = System.getenv("SOCKETIO_CLIENT_HOME");
        assumeTrue(
                home != null,
                "SKIPPED: the official JavaScript client; SOCKETIO_CLIENT_HOME does not say where it is installed");
        List<String> lines = run(home, script);
        assertThat(lines).as("the script came to its end").endsWith("done");
        assertThat(lines).hasSizeGreaterThan(atLeast);
        return lines.stream()
                .filter(line -> !line.equals("done"))
                .map(line -> DynamicTest.dynamicTest(line.replaceFirst("^(not )?ok ", ""), () -> {
                    if (!line.startsWith("ok ")) {
                        fail(line);
                    }
                }));
    }

    private List<String> run(String home, String name) throws Exception {
        Path script = folder.resolve(name);
        try (InputStream source = getClass().getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(source), script);
        }
        try (OfficialClientServer server = new OfficialClientServer()) {
            Process node = new ProcessBuilder("node", script.toString(), home, server.url())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader out = node.inputReader()) {
                List<String> lines = new ArrayList<>(out.lines().toList());
                assertThat(node.waitFor()).as("exit code; output: " + lines).isZero();
                return lines;
            } finally {
                node.destroyForcibly();
            }
        }
    }
}
