package io.roomrouting.examples.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.HostAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Setting<Integer> PORT = Setting.port("PORT", "where clients connect", 8080);
    private static final Setting<String> KEY =
            Setting.<String>of("KEY", "signs tokens", "any text", text -> text).secret();
    private static final Setting<Integer> PIN =
            Setting.number("PIN", "opens the door", 1, 9).secret();
    private static final Setting<Optional<HostAddress>> ADDRESS = Setting.of(
                    "ADDRESS", "where clients reach it", "host:port", HostAddress::parse)
            .orElseNone("localhost and the port");

    @Test
    void whatIsSetIsRead() {
        Settings settings = Settings.of(Map.of("PORT", " 9000 ", "ADDRESS", "eu.example.com:443"));

        assertThat(settings.get(PORT)).isEqualTo(9000);
        assertThat(settings.get(ADDRESS)).contains(HostAddress.parse("eu.example.com:443"));
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        Settings settings = Settings.of(Map.of("PORT", ""));

        assertThat(settings.get(PORT)).isEqualTo(8080);
        assertThat(settings.get(ADDRESS)).isEmpty();
    }

    @Test
    void anotherVariableFillsIn() {
        Setting<Integer> port = PORT.orElseFrom("HATHORA_DEFAULT_PORT");

        assertThat(Settings.of(Map.of("HATHORA_DEFAULT_PORT", "7000")).get(port))
                .isEqualTo(7000);
        assertThat(Settings.of(Map.of("HATHORA_DEFAULT_PORT", "7000", "PORT", "1"))
                        .get(port))
                .isEqualTo(1);
        assertThatThrownBy(() ->
                        Settings.of(Map.of("HATHORA_DEFAULT_PORT", "seven")).get(port))
                .hasMessageStartingWith("HATHORA_DEFAULT_PORT = \"seven\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighty", "0", "65536", "80.5", "99999999999"})
    void aValueThatDoesNotFitIsToldInOneLineWithWhatIsAccepted(String value) {
        assertThatThrownBy(() -> Settings.of(Map.of("PORT", value)).get(PORT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("PORT = \"" + value + "\" is not accepted; expected: a whole number from 1 to 65535");
    }

    @Test
    void aSettingWithoutDefaultMustBeThere() {
        assertThatThrownBy(() -> Settings.of(Map.of("KEY", "")).get(KEY))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("KEY is not set; expected: any text");
    }

    @Test
    void aSecretIsReadAsItStandsAndNeverShown() {
        assertThat(Settings.of(Map.of("KEY", "  ")).get(KEY)).isEqualTo("  ");
        assertThatThrownBy(() -> Settings.of(Map.of("PIN", "4711")).get(PIN))
                .hasMessage("PIN = <redacted> is not accepted; expected: a whole number from 1 to 9")
                .hasMessageNotContaining("4711");
    }

    @Test
    void credentialsInsideAValueAreNotShown() {
        Setting<String> url = Setting.of("URL", "which store", "memory:", text -> {
            throw new IllegalArgumentException(text);
        });

        assertThatThrownBy(
                        () -> Settings.of(Map.of("URL", "redis://u:geheim@h:1")).get(url))
                .hasMessage("URL = \"redis://<redacted>@h:1\" is not accepted; expected: memory:");
        assertThatThrownBy(() -> Settings.of(Map.of("URL", "jdbc:x://h?password=geheim&a=b\nc"))
                        .get(url))
                .hasMessage("URL = \"jdbc:x://h?password=<redacted>&a=b c\" is not accepted; expected: memory:");
    }

    @Test
    void aFileIsReadAndTheEnvironmentWins(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve(".env"), "# ports\nPORT=9000\nKEY=\"from the file\"\n");

        Settings settings = Settings.load(Map.of("PORT", "9001"), directory);

        assertThat(settings.get(PORT)).isEqualTo(9001);
        assertThat(settings.get(KEY)).isEqualTo("from the file");
        assertThat(Settings.load(Map.of("PORT", ""), directory).get(PORT)).isEqualTo(8080);
    }

    @Test
    void aLineOfTheFileThatIsNoneIsRefusedWithoutQuotingIt(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve(".env"), "geheim\n");

        assertThatThrownBy(() -> Settings.load(Map.of(), directory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(".env")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void theHelpTellsPurposeFormAndDefault() {
        Setting<Integer> port = PORT.orElseFrom("HATHORA_DEFAULT_PORT");

        assertThat(SettingsHelp.of(List.of(port, KEY, ADDRESS))).isEqualTo("""

                          PORT
                              where clients connect
                              a whole number from 1 to 65535
                              taken from HATHORA_DEFAULT_PORT if not set
                              default: 8080

                          KEY
                              signs tokens
                              any text
                              required

                          ADDRESS
                              where clients reach it
                              host:port
                              not set: localhost and the port
                        """);
    }
}
