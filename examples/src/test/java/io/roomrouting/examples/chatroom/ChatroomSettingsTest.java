package io.roomrouting.examples.chatroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatroomSettingsTest {

    private final ChatroomCommand command = new ChatroomCommand();

    @Test
    void nothingIsNeededButTheSecret() {
        Settings settings = Settings.of(Map.of("JWT_SECRET", "a secret"));

        command.settings().forEach(settings::get);

        assertThat(settings.get(ChatroomSettings.PORT)).isEqualTo(3000);
        assertThat(settings.get(ChatroomSettings.BCRYPT_COST)).isEqualTo(12);
        assertThat(settings.get(ChatroomSettings.DATABASE_URL).toString()).startsWith("jdbc:h2:file:./");
        assertThat(CallSettings.iceIn(settings).turn()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TURN_SECRET=x                       | TURN_URLS is not set
                    TURN_URLS=turn:turn.example.com     | TURN_SECRET is not set
                    TURN_URLS=stun:turn.example.com     | TURN_URLS = "stun:turn.example.com" is not accepted
                    STUN_URLS=https://stun.example.com  | STUN_URLS = "https://stun.example.com" is not accepted
                    TURN_TTL=1                          | TURN_TTL = "1" is not accepted
                    BCRYPT_COST=3                       | BCRYPT_COST = "3" is not accepted
                    FRONTEND_URL=*                      | FRONTEND_URL = "*" is not accepted
                    FRONTEND_URL=http://a/path          | FRONTEND_URL = "http://a/path" is not accepted
                    DATABASE_URL=jdbc:mysql:x           | DATABASE_URL = "jdbc:mysql:x" is not accepted
                    LOGIN_DAYS=0                        | LOGIN_DAYS = "0" is not accepted
                    """)
    void whatIsNotAcceptedIsToldInOneLineBeforeAnythingStarts(String setting, String line) {
        Map<String, String> values = new HashMap<>(Map.of("JWT_SECRET", "a secret of the tests that is long enough"));
        String[] pair = setting.split("=", 2);
        values.put(pair[0], pair[1]);
        Settings settings = Settings.of(values);

        assertThatThrownBy(() -> {
                    command.settings().forEach(settings::get);
                    command.start(settings);
                })
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(line);
    }

    @Test
    void aRegistryMayBeNamedAsRedisUsuallyIs() {
        assertThat(EngineSettings.sharesRegistry(Settings.of(Map.of("REDIS_URL", "jdbc:h2:file:/tmp/rooms"))))
                .isTrue();
        assertThat(EngineSettings.sharesRegistry(Settings.of(Map.of()))).isFalse();
    }

    @Test
    void theFrontEndsAndTheServersOwnPagesAreAllowed() {
        Settings settings = Settings.of(Map.of(
                "FRONTEND_URL", "https://chat.example.com/, http://localhost:5173",
                "PUBLIC_ADDRESS", "wss://one.example.com:443"));

        var origins = ChatroomSettings.originsOf(settings);

        assertThat(origins.allow("https://chat.example.com")).isTrue();
        assertThat(origins.allow("http://localhost:5173")).isTrue();
        assertThat(origins.allow("https://one.example.com")).isTrue();
        assertThat(origins.allow("http://localhost:3000")).isFalse();
        assertThat(ChatroomSettings.originsOf(Settings.of(Map.of())).allow("http://127.0.0.1:3000"))
                .isTrue();
    }
}
