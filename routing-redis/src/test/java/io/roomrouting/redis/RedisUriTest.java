package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisUriTest {

    @Test
    void a_host_is_enough() {
        assertThat(RedisUri.parse("redis://localhost"))
                .isEqualTo(new RedisUri(
                        false, Optional.empty(), Optional.empty(), List.of(new HostAndPort("localhost", 6379)), 0));
    }

    @Test
    void everything_can_be_said() {
        assertThat(RedisUri.parse("rediss://user:pass%3Aword@a.example.com:1234,[::1]:2345,[::1],b/15"))
                .isEqualTo(new RedisUri(
                        true,
                        Optional.of("user"),
                        Optional.of("pass:word"),
                        List.of(
                                new HostAndPort("a.example.com", 1234),
                                new HostAndPort("::1", 2345),
                                new HostAndPort("::1", 6379),
                                new HostAndPort("b", 6379)),
                        15));
    }

    @Test
    void a_password_may_come_without_a_user() {
        for (String text : List.of("redis://:secret@localhost/", "redis://secret@localhost")) {
            RedisUri uri = RedisUri.parse(text);
            assertThat(uri.user()).isEmpty();
            assertThat(uri.password()).contains("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "http://:hunter2@localhost",
                "redis://",
                "redis://:hunter2@",
                "redis://:hunter2@localhost:0",
                "redis://:hunter2@localhost:65536",
                "redis://:hunter2@localhost:port",
                "redis://:hunter2@localhost,",
                "redis://:hunter2@localhost/one",
                "redis://:hunter2%@localhost",
                "redis://:hunter2@a@localhost",
                "redis://:hunter2@localhost?a=b"
            })
    void what_is_malformed_is_refused_without_being_repeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisDatabase.at(text))
                .withMessageContaining("a Redis URI has the form")
                .withMessageNotContaining("hunter2")
                .withNoCause();
    }

    @Test
    void secrets_are_not_printed() {
        RedisUri uri = RedisUri.parse("redis://admin:hunter2@localhost");

        assertThat(uri.toString()).doesNotContain("hunter2").doesNotContain("admin");
        assertThat(new Access(uri.user(), uri.password(), 0, Optional.empty()).toString())
                .doesNotContain("hunter2")
                .doesNotContain("admin");
    }

    @Test
    void settings_out_of_bounds_are_refused_by_name() {
        RedisDatabaseBuilder builder = RedisDatabase.builder("redis://localhost");
        assertRefused("prefix", builder.prefix("a}b")::build);
        assertRefused("prefix", builder.prefix("")::build);
        assertRefused("timeout", builder.prefix("a").timeout(Duration.ofMillis(99))::build);
        assertRefused("connections", builder.timeout(Duration.ofSeconds(1)).connections(0)::build);
        assertRefused("TLS", builder.connections(1).tls((SSLSocketFactory) SSLSocketFactory.getDefault())::build);
        RedisDatabase database = RedisDatabase.at("redis://localhost");
        assertRefused("lease", RedisRegistry.builder(database).lease(Duration.ofMillis(9))::build);
        assertRefused("settleTime", RedisRegistry.builder(database).settleTime(Duration.ofSeconds(14))::build);
        assertRefused("maxRooms", RedisRegistry.builder(database).maxRooms(0)::build);
        assertRefused("roomRetention", RedisRegistry.builder(database).roomRetention(Duration.ofDays(366))::build);
        assertRefused(
                "unconfirmedClaimLife",
                RedisRegistry.builder(database).unconfirmedClaimLife(Duration.ofDays(2))::build);
        assertRefused("keepFor", () -> RedisRoomStateStore.in(database).keepFor(Duration.ofMinutes(9)));
    }

    private static void assertRefused(String setting, Runnable build) {
        assertThatIllegalArgumentException().isThrownBy(build::run).withMessageStartingWith(setting);
    }
}
