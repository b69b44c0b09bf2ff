package io.roomrouting.examples.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.examples.system.BackendClient.Answer;
import io.roomrouting.hms.HmsCredentials;
import io.roomrouting.hms.HmsRole;
import io.roomrouting.hms.HmsTokens;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.hms.FakeHmsAnswer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the 100ms backend answers to bad requests, and what it makes of 100ms's troubles. */
class HmsRefusalsTest {

    private static final HmsRig RIG = new HmsRig();
    private static final BackendClient CLIENT = RIG.client();
    private static String alice = "";
    private static String room = "";

    @BeforeAll
    static void createARoom() {
        alice = CLIENT.login("alice");
        room = RIG.createRoom(alice, "team");
    }

    @AfterAll
    static void close() {
        RIG.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/rooms            | [                                  | 400 | INVALID_REQUEST
                    /api/rooms            | []                                 | 400 | INVALID_REQUEST
                    /api/rooms            | null                               | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":"a"}{}                     | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":"a","name":"b"}            | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":7}                         | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":["a"]}                     | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":""}                        | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":"a b"}                     | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":"../b"}                    | 400 | INVALID_REQUEST
                    /api/rooms            | {"name":"a","description":1}       | 400 | INVALID_REQUEST
                    /api/rooms            | {"description":"\\ud83d"}          | 400 | INVALID_REQUEST
                    /api/rooms/ROOM/token | {"role":1}                         | 400 | INVALID_REQUEST
                    /api/rooms/ROOM/token | {"role":""}                        | 400 | INVALID_REQUEST
                    /api/rooms/ROOM/token | {"role":"a b"}                     | 400 | INVALID_REQUEST
                    /api/rooms/ROOM/token | {"role":"admin"}                   | 403 | FORBIDDEN
                    /api/rooms/ROOM/token | {"role":"Host"}                    | 403 | FORBIDDEN
                    /api/rooms/ROOM       | {}                                 | 400 | INVALID_REQUEST
                    /api/rooms/ROOM       | {"enabled":"false"}                | 400 | INVALID_REQUEST
                    /api/rooms/ROOM       | {"enabled":null}                   | 400 | INVALID_REQUEST
                    /api/rooms/ROOM/end   | {"lock":"yes"}                     | 400 | INVALID_REQUEST
                    /api/rooms/ROOM/end   | {"reason":5}                       | 400 | INVALID_REQUEST
                    /api/rooms/a.b/token  | {}                                 | 400 | INVALID_REQUEST
                    /api/rooms//token     | {}                                 | 400 | INVALID_REQUEST
                    /api/rooms/a%20b/token | {}                                | 400 | INVALID_REQUEST
                    /api/rooms/%2e%2e/token | {}                               | 400 | INVALID_REQUEST
                    /api/rooms/a%2Fpeers/token | {}                            | 400 | INVALID_REQUEST
                    /api/rooms/ROOM/x     | {}                                 | 404 | INVALID_REQUEST
                    /api/rooms/ROOM/token/x | {}                               | 404 | INVALID_REQUEST
                    /api/x                | {}                                 | 404 | INVALID_REQUEST
                    /api/rooms/unknown/token | {}                              | 404 | 404
                    /api/rooms/unknown/end | {}                                | 404 | 404
                    /api/rooms/ROOM/peers | {}                                 | 405 | INVALID_REQUEST
                    """)
    void aBadRequestHasAClearAnswer(String path, String body, int status, String code) {
        Answer answer = CLIENT.post(path.replace("ROOM", room), alice, body);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("success").asBoolean(false)).isFalse();
    }

    @Test
    void textsThatAreTooLongAreRefused() {
        String name = "{\"name\":\"" + "x".repeat(65) + "\"}";
        String role = "{\"role\":\"" + "x".repeat(65) + "\"}";
        String huge = "{\"name\":\"" + "x".repeat(70_000) + "\"}";
        byte[] notUtf8 = "{\"name\":\"\u00e9\"}".getBytes(ISO_8859_1);

        assertThat(CLIENT.post("/api/rooms", alice, name).status()).isEqualTo(400);
        assertThat(CLIENT.post("/api/rooms/" + room + "/token", alice, role).status())
                .isEqualTo(400);
        assertThat(CLIENT.post("/api/rooms/" + "x".repeat(101) + "/token", alice, "{}")
                        .status())
                .isEqualTo(400);
        assertThat(CLIENT.post("/api/rooms", alice, "{\"a\":".repeat(5_000)).status())
                .isEqualTo(400);
        assertThat(CLIENT.send(CLIENT.request("/api/rooms", alice).POST(BodyPublishers.ofByteArray(notUtf8)))
                        .status())
                .isEqualTo(400);
        assertThat(CLIENT.post("/api/rooms", alice, huge).status()).isEqualTo(413);
        Answer chunked = CLIENT.send(CLIENT.request("/api/rooms", alice)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge.getBytes(ISO_8859_1)))));
        assertThat(chunked.status()).isEqualTo(413);
    }

    @Test
    void anotherMediaTypeOrMethodIsRefused() {
        Answer form = CLIENT.send(CLIENT.request("/api/rooms", alice)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(form.status()).isEqualTo(415);

        Answer delete = CLIENT.send(CLIENT.request("/api/rooms", alice).DELETE());
        assertThat(delete.status()).isEqualTo(405);
        assertThat(delete.headers()).containsEntry("Allow", "POST, OPTIONS");
    }

    static Stream<String> credentialsThatAreNone() {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(LocalSystem.SECRET));
        JwtIssuer longAgo = JwtIssuer.builder(keys)
                .time(ManualTime.startingAt(Instant.now().minus(Duration.ofDays(8))))
                .build();
        JwtIssuer stranger =
                JwtIssuer.of(JwtKeys.of(JwtKey.hs256("another secret that is just as long as it must be")));
        HmsTokens hms = HmsTokens.of(new HmsCredentials(HmsRig.ACCESS_KEY, LocalSystem.SECRET));
        return Stream.of(
                "",
                "nonsense",
                longAgo.issueLogin(Identity.of("alice")),
                stranger.issueLogin(Identity.of("alice")),
                JwtIssuer.of(keys).issueControl(),
                hms.appToken(RoomId.of("r1"), Identity.of("alice").user(), HmsRole.HOST));
    }

    @ParameterizedTest
    @MethodSource("credentialsThatAreNone")
    void badCredentialsAre401AndNothingIsAskedOf100ms(String credentials) {
        int asked = RIG.hms().requests().size();

        for (String path : List.of("/api/rooms", "/api/rooms/" + room + "/token", "/api/rooms/" + room + "/end")) {
            Answer answer = CLIENT.post(path, credentials, "{\"name\":\"x\"}");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(answer.body().path("success").booleanValue()).isFalse();
        }
        assertThat(RIG.hms().requests()).hasSize(asked);
    }

    @Test
    void everyRefusalOf100msKeepsItsStatusAndCode() {
        for (int status = 400; status < 500; status++) {
            if (status == 407 || status == 408 || status == 429) {
                continue; // 407 is a proxy's; for the others attempts are made again.
            }
            RIG.hms()
                    .next(FakeHmsAnswer.of(status, "{\"code\":" + (status + 1_000) + ",\"message\":\"no such luck\"}"));

            Answer answer = CLIENT.post("/api/rooms", alice, "{\"name\":\"a\"}");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body().path("success").isBoolean()).isTrue();
            assertThat(answer.body().path("success").booleanValue()).isFalse();
            assertThat(answer.body().path("error").asText()).isEqualTo("no such luck");
            assertThat(answer.body().path("code").asInt()).isEqualTo(status + 1_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, 503, 429", "503, 503, 503", "408, 503, 408", "500, 502, 500", "504, 502, 504", "599, 502, 599"})
    void whatAttemptsDoNotHelpAgainstIs502Or503(int theirs, int ours, int code) {
        // So long a wait that no further attempt is made.
        RIG.hms().next(FakeHmsAnswer.of(theirs, "").withHeader("Retry-After", "60"));

        Answer answer = CLIENT.post("/api/rooms", alice, "{\"name\":\"a\"}");

        assertThat(answer.status()).isEqualTo(ours);
        assertThat(answer.headers()).containsEntry("Retry-After", "60");
        assertThat(answer.body().path("success").booleanValue()).isFalse();
        assertThat(answer.body().path("code").asInt()).isEqualTo(code);
    }

    @Test
    void attemptsAreMadeAgainAndBounded() {
        FakeHmsAnswer failure = FakeHmsAnswer.error(500, "broken");
        int asked = RIG.hms().requests().size();
        RIG.hms().next(failure, failure, FakeHmsAnswer.hangUp());

        assertThat(RIG.token(alice, room, "host").status()).isEqualTo(200);
        assertThat(RIG.hms().requests()).hasSize(asked + 4);

        RIG.hms().next(failure, failure, failure, failure);
        Answer answer = RIG.token(alice, room, "host");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body().path("error").asText()).isEqualTo("broken");
        assertThat(RIG.hms().requests()).hasSize(asked + 8);
    }

    @Test
    void anAnswerThatMakesNoSenseIsNoSuccess() {
        for (String body : List.of("", "{}", "<html>", "{\"success\":true}", "{\"code\":404,\"message\":\"x\"}")) {
            for (String path : List.of("/api/rooms", "/api/rooms/" + room + "/token", "/api/rooms/" + room + "/end")) {
                RIG.hms().next(FakeHmsAnswer.of(200, body));

                Answer answer = CLIENT.post(path, alice, "{\"name\":\"a\"}");

                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.code()).isEqualTo("HMS_BAD_ANSWER");
                assertThat(answer.body().path("success").booleanValue()).isFalse();
            }
        }
    }

    @Test
    void theManagementTokenNeverReachesAClient() {
        List<String> tokens = RIG.hms().requests().stream()
                .map(request -> request.authorization().substring("Bearer ".length()))
                .distinct()
                .toList();
        assertThat(tokens).hasSize(1);
        RIG.hms().next(FakeHmsAnswer.error(400, "bad token " + tokens.get(0) + " or " + HmsRig.APP_SECRET));

        Answer answer = CLIENT.post("/api/rooms", alice, "{\"name\":\"a\"}");

        assertThat(answer.body().path("error").asText()).isEqualTo("bad token <redacted> or <redacted>");
        assertThat(answer.body().toString()).doesNotContain("eyJ");
    }
}
