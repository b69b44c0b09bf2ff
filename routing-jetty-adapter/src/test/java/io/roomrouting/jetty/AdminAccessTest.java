package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomrouting.Authenticator;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without access nothing is told and nothing happens, on any path; with it, the same request does what it is for. */
class AdminAccessTest {

    private static final String OLD_KEY = "the-key-of-last-year";
    private static final String FRIEND = "https://ops.example.com";

    /** Every path with every method, and what goes wrong besides. */
    enum Call {
        ABOUT("GET", "", "", 200, ""),
        LOAD("GET", "load", "", 200, ""),
        ROOMS("GET", "rooms", "", 200, ""),
        ROOM("GET", "room/lobby", "", 200, ""),
        CLOSE("DELETE", "room/lobby/shutdown", "", 202, "close lobby"),
        MESSAGE("POST", "message", "{\"text\":\"hi\"}", 200, "announce announcement"),
        ROOM_MESSAGE("POST", "room/lobby/message", "{\"text\":\"hi\"}", 200, "announce to lobby"),
        DRAIN("POST", "drain", "{\"spreadSeconds\":3}", 202, "drain PT3S PT11S"),
        UNDRAIN("DELETE", "drain", "", 202, "undrain"),
        SHUTDOWN("DELETE", "shutdown", "", 202, "shutdown"),
        HOSTS("GET", "hosts", "", 200, ""),
        ALLOWED_METHODS("OPTIONS", "shutdown", "", 204, ""),
        UNKNOWN_PATH("GET", "nothing/here", "", 404, ""),
        UNKNOWN_ROOM("GET", "room/nowhere", "", 404, ""),
        BAD_NAME("DELETE", "room/%F0%9F%98%80/shutdown", "", 400, ""),
        WRONG_METHOD("PUT", "rooms", "", 405, ""),
        BAD_BODY("POST", "message", "{nonsense", 400, "");

        final String method;
        final String path;
        final String body;
        final int status;
        final String effect;

        Call(String method, String path, String body, int status, String effect) {
            this.method = method;
            this.path = "/api/v1/" + path;
            this.body = body;
            this.status = status;
            this.effect = effect;
        }

        HttpResponse<String> send(AdminFixture admin, List<String> headers) {
            return admin.http.call(method, path, body, headers.toArray(String[]::new));
        }
    }

    private static AdminFixture keyed;
    private static List<AdminFixture> roled;

    @BeforeAll
    static void start() {
        keyed = AdminFixture.with(AdminAccess.key(OLD_KEY, AdminFixture.KEY), AllowedOrigins.of(FRIEND));
        roled = Stream.of(true, false)
                .map(mayBlock -> AdminFixture.with(role(mayBlock)))
                .toList();
    }

    @AfterAll
    static void stop() {
        keyed.close();
        roled.forEach(AdminFixture::close);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsToldToStrangersAndNothingHappens(Call call) {
        List<List<String>> strangers = List.of(
                List.of(),
                List.of("X-API-Key", "wrong"),
                List.of("X-API-Key", ""),
                List.of("X-API-Key", AdminFixture.KEY.substring(1)),
                List.of("X-API-Key", AdminFixture.KEY + "x"),
                List.of("X-API-Key", "wrong", "Authorization", "Bearer " + AdminFixture.KEY),
                List.of("Authorization", "Bearer wrong"),
                List.of("Authorization", "Bearer "),
                List.of("Authorization", "Basic " + AdminFixture.KEY),
                List.of("Authorization", AdminFixture.KEY),
                List.of("Cookie", "X-API-Key=" + AdminFixture.KEY));
        for (List<String> headers : strangers) {
            assertUnauthenticated(call.send(keyed, headers));
        }
        assertUnauthenticated(keyed.http.call(call.method, call.path + "?X-API-Key=" + AdminFixture.KEY, call.body));

        assertThat(keyed.host.effects).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void foreignPagesAreRefusedWhateverTheyHave(Call call) {
        List<List<String>> pages = List.of(
                List.of("Origin", "https://evil.example"),
                List.of("Origin", "null"),
                List.of("Origin", "http://127.0.0.1"),
                List.of("Sec-Fetch-Site", "cross-site"),
                List.of("Sec-Fetch-Site", "same-site"),
                List.of("Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "cross-site"),
                List.of("Origin", FRIEND, "Origin", "https://evil.example"));
        for (List<String> page : pages) {
            List<String> headers = new ArrayList<>(List.of("X-API-Key", AdminFixture.KEY));
            headers.addAll(page);

            HttpResponse<String> answer = call.send(keyed, headers);

            assertForbidden(answer);
            assertThat(header(answer, "access-control-allow-origin")).isEmpty();
        }
        assertThat(keyed.host.effects).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoLacksTheRoleIsToldNothing(Call call) {
        for (AdminFixture admin : roled) {
            assertUnauthenticated(call.send(admin, List.of()));
            assertUnauthenticated(call.send(admin, List.of("Authorization", "Bearer forged")));
            assertUnauthenticated(call.send(admin, List.of("X-API-Key", "operator")));
            assertForbidden(call.send(admin, List.of("Authorization", "Bearer visitor")));
            assertForbidden(call.send(admin, List.of("Authorization", "Bearer nobody")));

            assertThat(admin.host.effects).isEmpty();
        }
    }

    static List<List<String>> holdersOfAKey() {
        return List.of(
                List.of("X-API-Key", AdminFixture.KEY),
                List.of("x-api-key", OLD_KEY),
                List.of("Authorization", "bearer " + AdminFixture.KEY),
                List.of("X-API-Key", AdminFixture.KEY, "Sec-Fetch-Site", "none"),
                List.of("X-API-Key", AdminFixture.KEY, "Origin", FRIEND, "Sec-Fetch-Site", "cross-site"));
    }

    @ParameterizedTest
    @MethodSource("holdersOfAKey")
    void whoHasAKeyMay(List<String> headers) {
        assertServed(headers, AdminAccess.key(OLD_KEY, AdminFixture.KEY));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasTheRoleMay(boolean mayBlock) {
        assertServed(List.of("Authorization", "Bearer operator"), role(mayBlock));
    }

    @Test
    void theOwnPageMay() {
        try (AdminFixture admin = AdminFixture.start()) {
            String own = "http://127.0.0.1:" + admin.http.port();

            assertThat(Call.MESSAGE
                            .send(
                                    admin,
                                    List.of(
                                            "X-API-Key",
                                            AdminFixture.KEY,
                                            "Origin",
                                            own,
                                            "Sec-Fetch-Site",
                                            "same-origin"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPageThatIsAllowedNeedsTheHandlerForCors() {
        AllowedOrigins friends = AllowedOrigins.of(FRIEND);
        AdminHandler handler = AdminHandler.builder(AdminAccess.key(AdminFixture.KEY))
                .allowedOrigins(friends)
                .build();
        try (HttpFixture http = HttpFixture.serving(new CorsHandler(friends, handler))) {
            var preflight =
                    http.send("OPTIONS", "/api/v1/load", "Origin", FRIEND, "Access-Control-Request-Method", "GET");
            var load = http.get("/api/v1/load", "Origin", FRIEND, "Authorization", "Bearer " + AdminFixture.KEY);

            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(load.statusCode()).isEqualTo(200);
            assertThat(header(load, "access-control-allow-origin")).isEqualTo(FRIEND);
        }
    }

    @Test
    void anAccessThatBreaksAdmitsNobody() {
        AdminAccess broken = request -> {
            throw new IllegalStateException("secret detail");
        };
        try (AdminFixture admin = AdminFixture.with(broken)) {
            HttpResponse<String> answer = admin.delete("shutdown");

            assertProblem(answer, 500, "INTERNAL_ERROR");
            assertThat(answer.body()).doesNotContain("secret");
            assertThat(admin.host.effects).isEmpty();
        }
    }

    @Test
    void keysAreCheckedWhenTheyAreGivenAndNeverTold() {
        assertThatThrownBy(AdminAccess::key).isInstanceOf(IllegalArgumentException.class);
        for (String bad : List.of("", " ", "two words", "schlüssel-nummer-1", "line\nbreak", "tab\t")) {
            assertThatThrownBy(() -> AdminAccess.key(AdminFixture.KEY, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("printable ASCII")
                    .hasMessageNotContaining("schlüssel");
        }
        assertThat(AdminAccess.key(AdminFixture.KEY)).asString().doesNotContain(AdminFixture.KEY);
    }

    private static void assertServed(List<String> headers, AdminAccess access) {
        try (AdminFixture admin = AdminFixture.with(access, AllowedOrigins.of(FRIEND))) {
            for (Call call : Call.values()) {
                HttpResponse<String> answer = call.send(admin, headers);

                assertThat(answer.statusCode()).as(call + ": " + answer.body()).isEqualTo(call.status);
                await().atMost(Duration.ofSeconds(30))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .untilAsserted(() -> assertEffect(call, admin.host.effects));
                admin.host.effects.clear();
                admin.host.reopen();
            }
        }
    }

    private static void assertEffect(Call call, List<String> effects) {
        if (call.effect.isEmpty()) {
            assertThat(effects).as(call.name()).isEmpty();
        } else {
            assertThat(effects).as(call.name()).isNotEmpty().allMatch(effect -> effect.startsWith(call.effect));
        }
    }

    private static AdminAccess role(boolean mayBlock) {
        return AdminAccess.role(
                new Authenticator() {
                    @Override
                    public Identity authenticate(String token) {
                        return logIn(token);
                    }

                    @Override
                    public boolean mayBlock() {
                        return mayBlock;
                    }
                },
                "role",
                "operator");
    }

    private static void assertUnauthenticated(HttpResponse<String> answer) {
        assertProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(header(answer, "www-authenticate")).isEqualTo("Bearer");
        assertMessage(answer);
    }

    private static void assertForbidden(HttpResponse<String> answer) {
        assertProblem(answer, 403, "FORBIDDEN");
        assertMessage(answer);
    }

    private static void assertMessage(HttpResponse<String> answer) {
        assertThat(json(answer).path("data").path("message"))
                .isEqualTo(json(answer).path("detail"));
    }

    private static Identity logIn(String token) {
        return switch (token) {
            case "operator", "visitor" -> new Identity(UserId.of("olga"), Map.of("role", token));
            case "nobody" -> Identity.of("nils");
            default -> throw RoutingException.unauthenticated("This is no login");
        };
    }
}
