package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runnable jar says when it cannot start. */
class ConfigurationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    backend | X=1                            | JWT_SECRET is not set; expected: any text
                    backend | PORT=eighty                    | PORT = "eighty" is not accepted; expected: a whole number from 1 to 65535
                    backend | SESSION_SERVER_HOST=a:1,b      | SESSION_SERVER_HOST = "a:1,b" is not accepted; expected: comma-separated host:port
                    backend | HATHORA_APP_ID=app-1           | HATHORA_TOKEN is not set; expected: printable characters without blanks; together with HATHORA_APP_ID
                    backend | HATHORA_REGION=Atlantis        | HATHORA_REGION = "Atlantis" is not accepted; expected: one of Seattle, Los_Angeles
                    backend | HATHORA_BASE_URL=ftp://a       | HATHORA_BASE_URL = "ftp://a" is not accepted; expected: an http or https URL without a query
                    backend | REGISTRY_URL=redis://u:pw@h:/x | REGISTRY_URL = "redis://<redacted>@h:/x" is not accepted; expected: memory:, jdbc:postgresql:
                    backend | REGISTRY_URL=jdbc:h2:mem:x     | REGISTRY_URL = "jdbc:h2:mem:x" is not accepted; expected: memory:, jdbc:postgresql:
                    session | ALLOWED_ORIGINS=*              | ALLOWED_ORIGINS = "*" is not accepted; expected: comma-separated origins
                    session | PUBLIC_ADDRESS=nowhere         | PUBLIC_ADDRESS = "nowhere" is not accepted; expected: host:port
                    session | STATE_URL=file:states          | STATE_URL = "file:states" is not accepted; expected: none, memory:
                    session | RESUME_GRACE=-1                | RESUME_GRACE = "-1" is not accepted; expected: a whole number from 0 to 3600
                    session | OUTAGE_POLICY=maybe            | OUTAGE_POLICY = "maybe" is not accepted; expected: STRICT
                    session | DRAIN_DEADLINE=soon            | DRAIN_DEADLINE = "soon" is not accepted; expected: a whole number from 0 to 3600
                    demo    | TLS_KEY_STORE=/none.p12        | TLS_KEY_STORE_PASSWORD is not set; expected: the password of TLS_KEY_STORE
                    session | LOG_LEVEL=loud                 | LOG_LEVEL = "loud" is not accepted; expected: error, warn, info or debug
                    hms     | LOG_FORMAT=xml                 | LOG_FORMAT = "xml" is not accepted; expected: text, or json
                    demo    | STATE_URL=file:/dev/null       | STATE_URL = "file:/dev/null" is not accepted; expected: a directory
                    chatroom | X=1                           | JWT_SECRET is not set; expected: any text
                    hms     | X=1                            | HMS_APP_ACCESS_KEY is not set; expected: the access key
                    hms     | TRIAL_LOGIN=yes                | TRIAL_LOGIN = "yes" is not accepted; expected: on or off
                    nothing | X=1                            | There is no command "nothing"; there are: demo, backend, session
                    """)
    void badConfigurationIsOneLineAndExitCodeTwo(String command, String setting, String line) throws Exception {
        String[] pair = setting.split("=", 2);
        Program program = Program.start(directory, Map.of(pair[0], pair[1]), command);

        assertThat(program.awaitExit(PATIENCE)).isEqualTo(2);
        assertThat(program.output()).hasSize(1).first().asString().startsWith(line);
    }

    @Test
    void aPortThatIsTakenIsOneLineAndExitCodeOne() throws Exception {
        Map<String, String> settings =
                Map.of("PORT", FreePorts.next(), "BIND_ADDRESS", "localhost", "JWT_SECRET", LocalSystem.SECRET);
        try (Program first = Program.start(directory, settings, "session")) {
            first.awaitListening();
            Program second = Program.start(directory, settings, "session");

            assertThat(second.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(second.output()).hasSize(1).first().asString().startsWith("Cannot listen on localhost:");
        }
    }

    @Test
    void aFileOfSettingsIsReadAndAShortSecretIsWarnedOf() throws Exception {
        String port = FreePorts.next();
        Files.writeString(directory.resolve(".env"), "JWT_SECRET=short\nPORT=1\n");
        Map<String, String> environment = Map.of("PORT", port, "BIND_ADDRESS", "localhost");
        try (Program session = Program.start(directory, environment, "session")) {
            session.awaitListening();

            assertThat(session.output())
                    .filteredOn(line -> line.contains("WARN"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("JWT_SECRET has only 5 bytes", "openssl rand -base64 32");
            assertThat(session.output()).noneMatch(line -> line.contains("short"));
        }
    }

    @Test
    void helpListsEverySettingOfACommand() throws Exception {
        assertThat(help("backend"))
                .contains("  JWT_SECRET", "  REGISTRY_URL", "      default: memory:", "  SESSION_SERVER_HOST");
        assertThat(help("session"))
                .contains("  PUBLIC_ADDRESS", "  HOST_ID", "      default: 8000", "  STATE_URL", "  DATABASE_URL");
        assertThat(help("demo"))
                .contains("  SESSION_PORT_1", "      default: 8001", "  STATE_URL", "      default: memory:")
                .contains("  LOG_FORMAT", "      default: text", "  LOG_LEVEL", "      default: info");
    }

    private List<String> help(String command) throws IOException, InterruptedException {
        Program program = Program.start(directory, Map.of(), command, "--help");
        assertThat(program.awaitExit(PATIENCE)).isZero();
        return program.output();
    }
}
