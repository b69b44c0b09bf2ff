package io.roomrouting.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HmsTokensTest {

    private static final String SECRET = "the app's secret, which nobody else knows";
    private static final HmsCredentials CREDENTIALS = new HmsCredentials("an-access-key", SECRET);
    private static final RoomId ROOM = RoomId.of("627cda81ab4f3b56a077dc33");
    private static final UserId ALICE = UserId.of("alice");

    private final ManualTime time = ManualTime.create();
    private final HmsTokens tokens = HmsTokens.builder(CREDENTIALS).time(time).build();

    @Test
    void anAppTokenHasExactlyItsClaims() {
        time.advance(Duration.ofMillis(987));

        Decoded token = Decoded.of(tokens.appToken(ROOM, ALICE, HmsRole.GUEST), SECRET);

        assertThat(token.sealedWith()).isTrue();
        assertThat(token.header().path("alg").textValue()).isEqualTo("HS256");
        assertThat(token.names())
                .containsExactly(
                        "access_key", "exp", "iat", "jti", "nbf", "role", "room_id", "type", "user_id", "version");
        assertThat(token.text("access_key")).isEqualTo("an-access-key");
        assertThat(token.text("type")).isEqualTo("app");
        assertThat(token.claims().path("version").isInt()).isTrue();
        assertThat(token.number("version")).isEqualTo(2);
        assertThat(token.text("room_id")).isEqualTo(ROOM.value());
        assertThat(token.text("user_id")).isEqualTo("alice");
        assertThat(token.text("role")).isEqualTo("guest");
        assertThat(token.text("jti")).isNotEmpty();
        assertLife(token, Duration.ofHours(24));
    }

    @Test
    void aManagementTokenHasExactlyItsClaims() {
        Decoded token = Decoded.of(tokens.managementToken(), SECRET);

        assertThat(token.sealedWith()).isTrue();
        assertThat(token.header().path("alg").textValue()).isEqualTo("HS256");
        assertThat(token.names()).containsExactly("access_key", "exp", "iat", "jti", "nbf", "type", "version");
        assertThat(token.text("access_key")).isEqualTo("an-access-key");
        assertThat(token.text("type")).isEqualTo("management");
        assertThat(token.claims().path("version").isInt()).isTrue();
        assertThat(token.number("version")).isEqualTo(2);
        assertThat(token.text("jti")).isNotEmpty();
        assertLife(token, Duration.ofHours(24));
    }

    @Test
    void theLifeOfAnAppTokenCanBeSet() {
        HmsTokens brief = HmsTokens.builder(CREDENTIALS)
                .appTokenLife(Duration.ofMinutes(10))
                .time(time)
                .build();

        assertLife(Decoded.of(brief.appToken(ROOM, ALICE, HmsRole.HOST), SECRET), Duration.ofMinutes(10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmsTokens.builder(CREDENTIALS).appTokenLife(Duration.ofSeconds(59)))
                .withMessageContaining("appTokenLife = PT59S");
    }

    @Test
    void noTwoTokensHaveOneId() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(Decoded.of(tokens.appToken(ROOM, ALICE, HmsRole.GUEST), SECRET)
                    .text("jti"));
        }

        assertThat(ids).hasSize(1_000);
    }

    @Test
    void aManagementTokenIsUsedUntilFiveMinutesBeforeItsEnd() {
        String first = tokens.managementToken();

        time.advance(Duration.ofHours(23).plusMinutes(54).plusSeconds(59));
        assertThat(tokens.managementToken()).isSameAs(first);

        time.advance(Duration.ofSeconds(1));
        String second = tokens.managementToken();
        assertThat(second).isNotEqualTo(first);
        assertLife(Decoded.of(second, SECRET), Duration.ofHours(24));
        assertThat(Decoded.of(second, SECRET).text("jti"))
                .isNotEqualTo(Decoded.of(first, SECRET).text("jti"));
    }

    @Test
    void aClockThatIsSetBackMakesNoTokenOfTheFuture() {
        tokens.managementToken();
        time.shiftWallClock(Duration.ofHours(-2));

        assertThat(Decoded.of(tokens.managementToken(), SECRET).number("nbf"))
                .isEqualTo(time.now().getEpochSecond());
    }

    @Test
    void manyThreadsGetOneManagementToken() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> asking = tokens::managementToken;
            List<Future<String>> got = threads.invokeAll(
                    IntStream.range(0, 200).mapToObj(i -> asking).toList());
            Set<String> different = new HashSet<>();
            for (Future<String> token : got) {
                different.add(token.get());
            }

            assertThat(different).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aUserWhoseIdCannotBeWrittenGetsNoToken() {
        // In UTF-8 the half of a pair would be written as "?", which is another user.
        assertThatThrownBy(() -> tokens.appToken(ROOM, UserId.of("\ud83d"), HmsRole.GUEST))
                .isInstanceOf(RoutingException.InvalidRequest.class);
    }

    @Test
    void secretsAreNotShown() {
        tokens.managementToken();

        assertThat(CREDENTIALS.toString()).contains("an-access-key").doesNotContain(SECRET);
        assertThat(tokens.toString()).doesNotContain(SECRET).doesNotContain("eyJ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HmsCredentials(" ", SECRET))
                .withMessage("accessKey is blank");
    }

    private void assertLife(Decoded token, Duration life) {
        long now = time.now().getEpochSecond();
        assertThat(token.number("iat")).isEqualTo(now);
        assertThat(token.number("nbf")).isEqualTo(now);
        assertThat(token.number("exp")).isEqualTo(now + life.toSeconds());
    }
}
