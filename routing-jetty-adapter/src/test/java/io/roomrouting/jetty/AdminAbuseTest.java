package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Even somebody with the key gets only what is meant, and the server goes on. */
class AdminAbuseTest {

    private static AdminFixture admin;

    @BeforeAll
    static void start() {
        admin = AdminFixture.start();
    }

    @AfterAll
    static void stop() {
        assertThat(admin.get("rooms").statusCode()).isEqualTo(200);
        assertThat(admin.host.effects).isEmpty();
        admin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/room//shutdown",
                "/api/v1/room/./shutdown",
                "/api/v1/room/../shutdown",
                "/api/v1/room/lobby/../../shutdown",
                "/api/v1/rooms/../shutdown",
                "/api/v1/./shutdown",
                "/api/v1/room/%2e%2e/shutdown",
                "/api/v1/room/%2E./shutdown",
                "/api/v1/room/..;/shutdown",
                "/api/v1/room/..;x=1/shutdown",
                "/api/v1/room/..%2fshutdown",
                "/api/v1/room/a%2fb/shutdown",
                "/api/v1/room/a%5cb/shutdown",
                "/api/v1/room/a\\b/shutdown",
                "/api/v1/room/%00/shutdown",
                "/api/v1/room/lobby%00/shutdown",
                "/api/v1/room/lobby%0d%0a/shutdown",
                "/api/v1/room/lobby%20/shutdown",
                "/api/v1/room/%F0%9F%98%80/shutdown",
                "/api/v1/room/\u00f0\u009f\u0098\u0080/shutdown",
                "/api/v1/room/%ff%fe/shutdown",
                "/api/v1/room/%zz/shutdown",
                "/api/v1/room/%u002e%u002e/shutdown",
                "/api/v1/room/%252e%252e/shutdown",
                "/api/v1/room/lobby/shutdown/",
                "/api/v1/room/lobby//shutdown",
                "/api/v1/room/lobby/x/shutdown",
                "/api/v1/room/lobby",
                "/api/v1/Room/lobby/shutdown",
                "/api/v1/room",
                "/api/v1/room/",
                "/api/v1//shutdown",
                "/api/v1/shutdown/",
                "/api/v1/:name/shutdown",
                "/api/v1/room/:name/shutdown",
            })
    void aPathThatIsNoneDoesNothing(String path) {
        assertRefused(path);
    }

    @Test
    void aNameWithoutMeasureDoesNothing() {
        for (int length : List.of(101, 10_000, 20_000)) {
            assertRefused("/api/v1/room/" + "n".repeat(length) + "/shutdown");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "\"hello\"",
                "{\"text\"",
                "{\"text\":\"a\"}{}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{\"text\":null}",
                "{\"text\":42}",
                "{\"text\":[\"a\"]}",
                "{\"text\":\"\"}",
                "{\"text\":\" \\n \"}",
                "{\"text\":\"\\ud800\"}",
            })
    void aMessageThatIsNoneGoesToNobody(String body) {
        assertProblem(admin.post("message", body), 400, "INVALID_REQUEST");
        assertProblem(admin.post("room/lobby/message", body), 400, "INVALID_REQUEST");
    }

    @Test
    void aMessageWithoutMeasureGoesToNobody() {
        assertProblem(admin.post("message", "{\"text\":\"" + "x".repeat(1_001) + "\"}"), 400, "INVALID_REQUEST");
        assertProblem(admin.post("message", "{\"text\":\"" + "x".repeat(70_000) + "\"}"), 413, "INVALID_REQUEST");
        assertProblem(
                admin.http.post(
                        "/api/v1/message",
                        "{\"text\":\"x\"}",
                        "X-API-Key",
                        AdminFixture.KEY,
                        "Content-Type",
                        "text/plain"),
                415,
                "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"spreadSeconds\":-1}",
                "{\"spreadSeconds\":3601}",
                "{\"spreadSeconds\":1.5}",
                "{\"spreadSeconds\":\"1\"}",
                "{\"spreadSeconds\":99999999999}",
                "{\"deadlineSeconds\":-1}",
                "{\"deadlineSeconds\":86401}",
                "{\"deadlineSeconds\":{}}",
                "{\"spreadSeconds\":1,\"spreadSeconds\":2}",
            })
    void aDrainThatMakesNoSenseIsNotBegun(String body) {
        assertProblem(admin.post("drain", body), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=-1",
                "limit=many",
                "limit=",
                "limit=1&limit=1",
                "after=",
                "after=not%20an%20id",
                "after=a&after=b",
                "after=%ff",
            })
    void aQueryThatMakesNoSenseIsRefused(String query) {
        assertProblem(admin.get("rooms?" + query), 400, "INVALID_REQUEST");
    }

    private static void assertRefused(String path) {
        String answer = admin.http.raw("DELETE " + path + " HTTP/1.1\r\nHost: a\r\nX-API-Key: " + AdminFixture.KEY
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer).as(path).startsWith("HTTP/1.1 4").contains("application/problem+json");
        assertThat(admin.host.effects).as(path).isEmpty();
    }
}
