package io.roomrouting.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.testkit.hms.FakeHmsAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What 100ms says that is no success is never taken for one. */
class HmsTroubleTest {

    private static final RoomId ROOM = RoomId.of("r1");
    private static final String GOOD_ROOM = """
            {"id":"r1","name":"a","description":"","enabled":true,"template_id":"t","region":"auto"}""";

    private final FakeApp app = new FakeApp();
    private final HmsClient once = app.builder().attempts(1).build();

    /** All that a client can ask for; the last one is answered without a room. */
    private static final List<Consumer<HmsClient>> REQUESTS = List.of(
            client -> client.createRoom(HmsRoomSpec.named("a")),
            client -> client.room(ROOM),
            client -> client.setEnabled(ROOM, true),
            client -> client.peers(ROOM),
            client -> client.endSession(ROOM, "", false));

    @BeforeEach
    void theGoodAnswerIsGood() {
        app.hms.next(FakeHmsAnswer.of(200, GOOD_ROOM));
        assertThat(once.room(ROOM).id()).isEqualTo(ROOM);
    }

    @AfterEach
    void close() {
        once.close();
        app.close();
    }

    /** Those of 100 to 199 are no answers; the body of 204 and 205 is empty. */
    static IntStream statusesThatAreNoSuccess() {
        return IntStream.concat(IntStream.rangeClosed(202, 599), IntStream.of(600, 999));
    }

    @Test
    void noStatusButSuccessIsSuccessWhateverTheBodySays() {
        statusesThatAreNoSuccess().forEach(status -> {
            for (Consumer<HmsClient> request : REQUESTS) {
                app.hms.next(FakeHmsAnswer.of(status, status == 204 || status == 205 ? "" : GOOD_ROOM));

                HmsException e = catchThrowableOfType(HmsException.class, () -> request.accept(once));

                assertThat(e).as("an exception for the status %d", status).isNotNull();
                if (status != 407) { // OkHttp takes that for a proxy's, and breaks off.
                    assertThat(e.status()).as("the status of %s", e).hasValue(status);
                    assertThat(e).isInstanceOf(kindOf(status));
                }
            }
        });
    }

    private static Class<? extends HmsException> kindOf(int status) {
        if (status == 408 || status == 429 || (status >= 500 && status <= 599)) {
            return HmsException.Unavailable.class;
        }
        return status >= 400 && status <= 499 ? HmsException.Refused.class : HmsException.BadAnswer.class;
    }

    @Test
    void anErrorKeepsItsStatusItsCodeAndItsWords() {
        app.hms.next(FakeHmsAnswer.of(
                403, "{\"code\":4031,\"message\":\"no\\nsuch \\u2028 right\",\"details\":[\"not found\"]}"));

        assertThatThrownBy(() -> once.room(ROOM)).isInstanceOfSatisfying(HmsException.Refused.class, e -> {
            assertThat(e.status()).hasValue(403);
            assertThat(e.code()).hasValue(4031);
            assertThat(e).hasMessage("no such   right");
        });
    }

    @Test
    void anErrorWithoutAReadableBodyIsAnErrorStill() {
        for (String body : List.of("", "<html>", "[]", "{\"code\":\"x\",\"message\":7}", "{\"message\":\"\\n\"}")) {
            app.hms.next(FakeHmsAnswer.of(418, body));

            assertThatThrownBy(() -> once.room(ROOM)).isInstanceOfSatisfying(HmsException.Refused.class, e -> {
                assertThat(e.status()).hasValue(418);
                assertThat(e.code()).isEmpty();
                assertThat(e).hasMessage("100ms refuses the request");
            });
        }
    }

    static Stream<String> bodiesThatAreNoRoom() {
        return Stream.of(
                "",
                "null",
                "[]",
                "\"r1\"",
                "{}",
                "<html>OK</html>",
                GOOD_ROOM + "x",
                GOOD_ROOM + GOOD_ROOM,
                GOOD_ROOM.substring(0, GOOD_ROOM.length() - 1),
                GOOD_ROOM.replace("}", ",\"id\":\"r1\"}"),
                GOOD_ROOM.replace("\"r1\"", "null"),
                GOOD_ROOM.replace("\"r1\"", "1"),
                GOOD_ROOM.replace("\"r1\"", "\"\""),
                GOOD_ROOM.replace("\"r1\"", "\"../r1\""),
                GOOD_ROOM.replace("\"r1\"", "\"r2\""),
                GOOD_ROOM.replace("\"r1\"", "\"R1\""),
                GOOD_ROOM.replace("\"a\"", "null"),
                GOOD_ROOM.replace("\"a\"", "[\"a\"]"),
                GOOD_ROOM.replace("true", "\"true\""),
                GOOD_ROOM.replace("true", "null"),
                GOOD_ROOM.replace("\"t\"", "{}"),
                GOOD_ROOM.replace("}", ",\"code\":404}"),
                GOOD_ROOM.replace("}", ",\"code\":\"500\"}"),
                GOOD_ROOM.replace("}", ",\"error\":\"no\"}"),
                "{\"code\":404,\"message\":\"Error: Room not found\"}",
                "[".repeat(10_000),
                "{\"a\":".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNoRoom")
    void aSuccessWithoutTheRoomIsABadAnswer(String body) {
        for (int status : List.of(200, 201)) {
            app.hms.next(FakeHmsAnswer.of(status, body));

            assertThatThrownBy(() -> once.room(ROOM))
                    .isInstanceOf(HmsException.BadAnswer.class)
                    .hasMessageNotContaining("html");
        }
    }

    @Test
    void anIdThatIsNoTextIsNoId() {
        app.hms.next(FakeHmsAnswer.of(200, GOOD_ROOM.replace("\"r1\"", "1")));

        assertThatThrownBy(() -> once.createRoom(HmsRoomSpec.named("a"))).isInstanceOf(HmsException.BadAnswer.class);
    }

    static Stream<String> bodiesThatAreNoPeers() {
        return Stream.of(
                "{}",
                "{\"peers\":[]}",
                "{\"peers\":null}",
                "{\"peers\":{\"p\":null}}",
                "{\"peers\":{\"p\":{}}}",
                "{\"peers\":{\"p\":{\"id\":\"p\"}}}",
                "{\"peers\":{\"p\":{\"id\":\"p\",\"role\":7}}}",
                "{\"peers\":{},\"code\":500}");
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNoPeers")
    void aSuccessWithoutPeersIsABadAnswer(String body) {
        app.hms.next(FakeHmsAnswer.of(200, body));

        assertThatThrownBy(() -> once.peers(ROOM)).isInstanceOf(HmsException.BadAnswer.class);
    }

    @Test
    void anotherNameAnUnchangedRoomOrASilentEndIsABadAnswer() {
        app.hms.next(
                FakeHmsAnswer.of(200, GOOD_ROOM), FakeHmsAnswer.of(200, GOOD_ROOM), FakeHmsAnswer.of(200, GOOD_ROOM));

        assertThatThrownBy(() -> once.createRoom(HmsRoomSpec.named("b"))).isInstanceOf(HmsException.BadAnswer.class);
        assertThatThrownBy(() -> once.setEnabled(ROOM, false)).isInstanceOf(HmsException.BadAnswer.class);
        assertThatThrownBy(() -> once.endSession(ROOM, "", false)).isInstanceOf(HmsException.BadAnswer.class);
    }

    @Test
    void aRedirectIsNotFollowedSoThatTheTokenGoesNowhereElse() {
        try (FakeApp elsewhere = new FakeApp()) {
            app.hms.next(FakeHmsAnswer.of(302, "").withHeader("Location", elsewhere.hms.baseUrl() + "/v2/rooms/r1"));

            assertThatThrownBy(() -> once.room(ROOM)).isInstanceOf(HmsException.BadAnswer.class);
            assertThat(elsewhere.hms.requests()).isEmpty();
        }
    }

    @Test
    void moreThanFitsIsABadAnswer() {
        app.hms.next(FakeHmsAnswer.of(200, GOOD_ROOM + " ".repeat(HmsHttp.MAX_BODY)));

        assertThatThrownBy(() -> once.room(ROOM))
                .isInstanceOf(HmsException.BadAnswer.class)
                .hasMessageContaining("more than 2097152 bytes");
    }

    @Test
    void whateverHangsUpOrIsNotThereIsUnavailable() {
        app.hms.next(FakeHmsAnswer.hangUp());
        assertThatThrownBy(() -> once.room(ROOM)).isInstanceOfSatisfying(HmsException.Unavailable.class, e -> {
            assertThat(e.status()).isEmpty();
            assertThat(e).hasMessage("100ms cannot be reached").hasCauseInstanceOf(IOException.class);
        });

        app.hms.close();
        assertThatThrownBy(() -> once.room(ROOM)).isInstanceOf(HmsException.Unavailable.class);
    }

    @Test
    void anAttemptThatTakesTooLongIsGivenUp() {
        app.hms.next(FakeHmsAnswer.late(Duration.ofSeconds(30)));
        try (HmsClient impatient =
                app.builder().attempts(1).attemptTimeout(Duration.ofMillis(50)).build()) {
            assertThatThrownBy(() -> impatient.room(ROOM))
                    .isInstanceOf(HmsException.Unavailable.class)
                    .hasMessage("100ms does not answer in time");
        }
    }

    @Test
    void whatIsSentBackOfTheSecretsIsCutOut() {
        String token = app.tokens.managementToken();
        String echo = token + " and " + FakeApp.SECRET;
        app.hms.next(FakeHmsAnswer.error(400, "x".repeat(190) + echo));
        assertThatThrownBy(() -> once.room(ROOM))
                .hasMessageStartingWith("xxx")
                .hasMessageNotContaining("eyJ")
                .hasMessageNotContaining("secret");

        app.hms.next(FakeHmsAnswer.error(500, echo));
        assertThatThrownBy(() -> once.room(ROOM)).hasMessage("<redacted> and <redacted>");

        app.hms.next(FakeHmsAnswer.of(200, GOOD_ROOM.replace("\"\"", "\"" + echo + "\"")));
        assertThat(once.room(ROOM).description()).isEqualTo("<redacted> and <redacted>");
    }

    @Test
    void troubleOfAllKindsDoesNotShowWhereAttemptsHelp() {
        app.hms.next(FakeHmsAnswer.error(500, "x"));
        RoomId room = app.client.createRoom(HmsRoomSpec.named("a")).id();
        app.hms.join(app.tokens.appToken(room, UserId.of("alice"), HmsRole.GUEST));

        app.hms.next(FakeHmsAnswer.hangUp());
        assertThat(app.client.peers(room)).hasSize(1);
        app.hms.next(FakeHmsAnswer.error(429, "x"));
        assertThat(app.client.room(room).name()).isEqualTo("a");
    }
}
