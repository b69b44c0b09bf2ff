package io.roomrouting.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jdbc:postgresql://db/rooms | jdbc:postgresql://db/rooms
                    jdbc:postgresql://a:1,b:2/rooms?sslmode=require | jdbc:postgresql://a:1,b:2/rooms?sslmode=require
                    postgres://db:6432/rooms | jdbc:postgresql://db:6432/rooms
                    postgresql://[::1]:5432/ | jdbc:postgresql://[::1]:5432/
                    """)
    void aDatabaseOfPostgresqlIsNamedAsTheDriverOrItsOwnToolsNameIt(String text, String url) {
        assertThat(DatabaseUrl.of(text)).isEqualTo(new DatabaseUrl(url, Login.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://bob:a%2Fb%40c@db/rooms?sslmode=require",
                "jdbc:postgresql://db/rooms?user=bob&password=a%2Fb@c&sslmode=require",
                "jdbc:postgresql://bob@db/rooms?sslmode=require&password=a/b%40c"
            })
    void userAndPasswordAreTakenOutOfTheUrl(String text) {
        DatabaseUrl url = DatabaseUrl.of(text);

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db/rooms?sslmode=require");
        assertThat(url.login()).isEqualTo(new Login(Optional.of("bob"), Optional.of("a/b@c")));
        assertThat(url).hasToString("jdbc:postgresql://db/rooms");
        assertThat(url.login()).hasToString("Login[user=bob, password=<redacted>]");
    }

    @Test
    void anH2FileGetsWhatARegistryNeeds() {
        DatabaseUrl url = DatabaseUrl.of("jdbc:h2:file:/var/rooms;user=sa;password=se=cret;CIPHER=AES");

        assertThat(url.jdbcUrl())
                .startsWith("jdbc:h2:file:/var/rooms;CIPHER=AES;")
                .contains(";AUTO_SERVER=TRUE", ";WRITE_DELAY=0");
        assertThat(url.login()).isEqualTo(new Login(Optional.of("sa"), Optional.of("se=cret")));
        assertThat(url).hasToString("jdbc:h2:file:/var/rooms");
        assertThat(DatabaseUrl.of(url.jdbcUrl()).jdbcUrl()).isEqualTo(url.jdbcUrl());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    redis://a                            | redis://a              | Login[user=]
                    rediss://a:1,b:2/3                   | rediss://a:1,b:2/3     | Login[user=]
                    redis://:p%40w@a:6380/0              | redis://a:6380/0       | Login[user=, password=<redacted>]
                    redis://bob:p%2Fw@[::1]:6379         | redis://[::1]:6379     | Login[user=bob, password=<redacted>]
                    """)
    void aRedisIsShownWithoutItsLogin(String text, String shown, String login) {
        RedisUrl url = (RedisUrl) EngineUrl.of(text);

        assertThat(url).hasToString(shown);
        assertThat(url.login()).hasToString(login);
        assertThat(url.withSecrets()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:rooms",
                "redis://bob:a/b@db",
                "jdbc:h2:mem:rooms",
                "jdbc:h2:rooms",
                "jdbc:h2:file:rooms",
                "jdbc:h2:tcp://db/rooms",
                "jdbc:h2:/rooms;AUTO_SERVER=FALSE",
                "jdbc:h2:/rooms;write_delay=500",
                "jdbc:h2:/rooms;AUTO_SERVER",
                "jdbc:mysql://db/rooms",
                "postgres://db:65536/rooms",
                "postgres://bob:a/b@db/rooms",
                "postgres://db",
                "jdbc:postgresql:rooms",
                "memory",
                ""
            })
    void whatCannotBeARegistryIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EngineUrl.of(text));
    }

    @Test
    void aRefusalDoesNotShowAPassword() {
        for (String url : new String[] {
            "postgres://bob:ge/he@im@db:99999/rooms", "postgres://bob:ge heim@db", "jdbc:h2:mem:x;PASSWORD=geheim"
        }) {
            assertThatThrownBy(() -> Settings.of(Map.of("REGISTRY_URL", url)).get(EngineSettings.REGISTRY_URL))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is not accepted; expected: memory:, jdbc:postgresql://host/database")
                    .message()
                    .doesNotContain("ge/", "heim", "he@im");
        }
    }

    @Test
    void thePasswordStandsInTheUrlOrInASettingOfItsOwn() {
        Login user = new Login(Optional.of("bob"), Optional.empty());
        Login password = new Login(Optional.empty(), Optional.of("x"));

        assertThat(user.and(password)).isEqualTo(new Login(Optional.of("bob"), Optional.of("x")));
        assertThatThrownBy(() -> EngineSettings.openRegistry(
                        Settings.of(Map.of(
                                "REGISTRY_URL", "postgres://bob:secret@db/rooms", "REGISTRY_PASSWORD", "secret")),
                        1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The user or the password stands in REGISTRY_URL and in a setting of its own;"
                        + " expected: only one of them");
    }
}
