package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the chat server's page, as they stand there but for the ports. */
class ChatServerIT {

    private static final Path PAGE = Path.of("..", "docs", "chatserver.md");
    private static final Pattern BLOCK = Pattern.compile("<!-- run -->\n```\n(.*?)```", Pattern.DOTALL);
    private static final String PROMPT = "$ ";

    private final String port = FreePorts.next();
    private final String adminPort = FreePorts.next();
    private final String roomPorts = FreePorts.range(51).toString();

    /** A command and what it prints; three dots stand for anything. */
    private record Exchange(String command, String output) {}

    @Test
    void thePageTellsTheTruth(@TempDir Path directory) throws Exception {
        assumeThat(isInstalled("curl")).as("curl is here").isTrue();
        List<Exchange> exchanges = exchanges();
        assertThat(exchanges).hasSizeGreaterThanOrEqualTo(10);
        Map<String, String> settings = Map.of(
                "PORT", port,
                "ADMIN_PORT", adminPort,
                "ROOM_PORTS", roomPorts,
                "BIND_ADDRESS", "localhost",
                "KEY", "a-key-that-is-long-enough",
                "ADMIN_KEY", "another-key-that-is-long-enough",
                "LOADBALANCER_KEY", "a-third-key-that-is-long-enough");
        try (Program server = Program.start(directory, settings, "chatserver")) {
            server.awaitLine(Pattern.compile("Listening on localhost:" + adminPort + "$"));

            for (Exchange exchange : exchanges) {
                assertThat(run(exchange.command(), settings))
                        .as(exchange.command())
                        .matches(pattern(exchange.output()));
            }

            assertThat(server.awaitExit(Waiting.PATIENCE)).isZero();
        }
    }

    private List<Exchange> exchanges() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .flatMap(block -> Arrays.stream(("\n" + block.group(1)).split(Pattern.quote("\n" + PROMPT), -1))
                        .skip(1))
                .map(this::withPorts)
                .map(text -> text.split("\n", 2))
                .map(parts -> new Exchange(parts[0], parts[1].strip()))
                .toList();
    }

    private String withPorts(String text) {
        String first = roomPorts.substring(0, roomPorts.indexOf('-'));
        return text.replace(":8080/", ":" + port + "/")
                .replace(":8090/", ":" + adminPort + "/")
                .replace("34000", first);
    }

    private static Pattern pattern(String output) {
        return Pattern.compile(
                Arrays.stream(output.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    private static String run(String command, Map<String, String> settings) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        shell.environment().putAll(settings);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    private static boolean isInstalled(String program) throws IOException, InterruptedException {
        return !run("command -v " + program, Map.of()).isEmpty();
    }
}
