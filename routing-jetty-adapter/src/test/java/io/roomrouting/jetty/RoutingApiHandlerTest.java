package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stated answer of the API. */
class RoutingApiHandlerTest {

    private final ApiFixture api = ApiFixture.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void logsInByJson() {
        var answer = api.http.post("/api/login", "{\"userId\":\"alice\"}", "Content-Type", "application/json");

        assertAnswer(answer, "token");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(userOf(answer)).isEqualTo("alice");
    }

    @Test
    void logsInByQuery() {
        var answer = api.http.send("POST", "/api/login?userId=J%C3%BCrgen%20%2B1");

        assertAnswer(answer, "token");
        assertThat(userOf(answer)).isEqualTo("Jürgen +1");
    }

    @Test
    void theBodyCountsWhereBothAreGiven() {
        assertThat(userOf(api.http.post("/api/login?userId=bob", "{\"userId\":\"alice\"}")))
                .isEqualTo("alice");
        assertThat(userOf(api.http.post("/api/login?userId=bob", "{}"))).isEqualTo("bob");
    }

    @Test
    void createsARoomAndPlacesItBeforeItAnswers() {
        var answer = api.http.post("/api/rooms", "", "Authorization", api.bearer("alice"));

        assertAnswer(answer, "roomId");
        RoomId room = RoomId.of(json(answer).path("roomId").textValue());
        assertThat(room.value()).hasSize(22);
        assertThat(api.registry.find(room).orElseThrow().assignment()).isPresent();
    }

    @Test
    void createsARoomWithWishes() {
        var answer = api.http.post(
                "/api/rooms",
                """
                {"type":"game","region":"Tokyo","maxClients":8,"metadata":{"map":"ice","mode":"a \\"b\\""},"else":[{}]}""",
                "Authorization",
                api.bearer("alice"),
                "Content-Type",
                "application/json; charset=UTF-8");

        RoomId room = RoomId.of(json(answer).path("roomId").textValue());
        assertThat(api.registry.find(room).orElseThrow().spec())
                .isEqualTo(new RoomSpec(
                        "game", Optional.of("Tokyo"), OptionalInt.of(8), Map.of("map", "ice", "mode", "a \"b\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " {} ", "{\"type\":null,\"region\":null,\"maxClients\":null,\"metadata\":null}"})
    void aBodyWithoutWishesIsTheDefault(String body) {
        var answer = api.http.post("/api/rooms", body, "Authorization", api.bearer("alice"));

        RoomId room = RoomId.of(json(answer).path("roomId").textValue());
        assertThat(api.registry.find(room).orElseThrow().spec()).isEqualTo(RoomSpec.defaults());
    }

    @Test
    void leadsToTheHostOfARoom() {
        String room = api.newRoom();

        var answer = api.http.get("/api/rooms/" + room, "Authorization", api.bearer("bob"));

        assertAnswer(answer, "roomId", "host", "url", "token", "expiresAt");
        JsonNode route = json(answer);
        assertThat(route.path("roomId").textValue()).isEqualTo(room);
        assertThat(route.path("host").textValue()).isEqualTo("localhost:8000");
        assertThat(route.path("url").textValue()).isEqualTo("ws://localhost:8000");
        assertThat(Instant.parse(route.path("expiresAt").textValue()))
                .isAfter(api.time.now())
                .isBeforeOrEqualTo(api.time.now().plusSeconds(Ticket.MAX_LIFE_SECONDS));
        Ticket ticket = api.verifier.tickets().verify(route.path("token").textValue());
        assertThat(ticket.identity().user().value()).isEqualTo("bob");
        assertThat(ticket.assignment().room().value()).isEqualTo(room);
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void leadsToTheNewHostWhenTheOldOneHasDied() {
        String room = api.newRoom();
        api.moveTo("2001:db8::1", 9000);

        JsonNode route = json(api.http.get("/api/rooms/" + room, "Authorization", api.bearer("bob")));

        assertThat(route.path("host").textValue()).isEqualTo("[2001:db8::1]:9000");
        assertThat(route.path("url").textValue()).isEqualTo("ws://[2001:db8::1]:9000");
    }

    @Test
    void doesNotFindARoomThatDoesNotExist() {
        assertProblem(api.http.get("/api/rooms/nowhere", "Authorization", api.bearer("bob")), 404, "ROOM_NOT_FOUND");
    }

    @Test
    void startsAnUnknownRoomWhenAskedTo() {
        var answer = api.http.post(
                "/api/rooms/lobby", "{\"type\":\"chat\",\"maxClients\":3}", "Authorization", api.bearer("bob"));
        var again = api.http.post("/api/rooms/lobby", "", "Authorization", api.bearer("eve"));

        assertAnswer(answer, "roomId", "host", "url", "token", "expiresAt");
        assertAnswer(again, "roomId", "host", "url", "token", "expiresAt");
        assertThat(api.registry.find(RoomId.of("lobby")).orElseThrow().spec())
                .isEqualTo(RoomSpec.ofType("chat").withMaxClients(3));
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        var answer = api.http.send("HEAD", "/api/rooms/" + api.newRoom(), "Authorization", api.bearer("bob"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(Integer.parseInt(header(answer, "content-length"))).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/login|POST, OPTIONS",
                "/api/rooms|POST, OPTIONS",
                "/api/rooms/abc|GET, HEAD, POST, OPTIONS",
            })
    void saysWhichMethodsAPathTakes(String path, String allowed) {
        var options = api.http.send("OPTIONS", path);
        var delete = api.http.send("DELETE", path);
        var unknown = api.http.send("BREW", path);

        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "allow")).isEqualTo(allowed);
        assertProblem(delete, 405, "INVALID_REQUEST");
        assertThat(header(delete, "allow")).isEqualTo(allowed);
        assertProblem(unknown, 405, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/",
                "/api/unknown",
                "/api/login/",
                "/api/login/x",
                "/api/rooms/",
                "/api/rooms/a/b",
                "/API/login",
                "/api/Login",
                "/",
                "/api",
            })
    void knowsNoOtherPath(String path) {
        assertProblem(api.http.post(path, "{}", "Authorization", api.bearer("bob")), 404, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "HEAD"})
    void asksForCredentials(String method) {
        var answer = api.http.send(method, "/api/rooms/abc");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "www-authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "bearer:token", "Bearer a.b.c", "Token x"})
    void refusesCredentialsThatAreNone(String authorization) {
        var answer = api.http.post("/api/rooms", "", "Authorization", authorization);

        assertProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(header(answer, "www-authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "bEaReR  "})
    void readsTheSchemeWithoutRegardToCase(String scheme) {
        String token = api.bearer("alice").substring("Bearer ".length());

        assertThat(api.http
                        .post("/api/rooms", "", "Authorization", scheme + token)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesNoTicketForALogin() {
        String room = api.newRoom();
        String ticket = json(api.http.get("/api/rooms/" + room, "Authorization", api.bearer("bob")))
                .path("token")
                .textValue();

        var answer = api.http.get("/api/rooms/" + room, "Authorization", "Bearer " + ticket);

        assertProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.body()).doesNotContain(ticket);
    }

    @Test
    void takesNoExpiredLogin() {
        String bearer = api.bearer("bob");
        api.time.advance(Duration.ofDays(8));

        assertProblem(api.http.get("/api/rooms/abc", "Authorization", bearer), 401, "UNAUTHENTICATED");
    }

    @Test
    void saysWhatIsNotAllowed() {
        try (ApiFixture closed = ApiFixture.withRouter(router -> router.authorizer((who, action, room) -> {
            throw RoutingException.forbidden("only friends");
        }))) {
            assertProblem(closed.http.post("/api/rooms", "", "Authorization", closed.bearer("eve")), 403, "FORBIDDEN");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "NO_CAPACITY",
                "OVERLOADED",
                "HOST_DRAINING",
                "REGISTRY_UNAVAILABLE",
                "SCHEDULER_UNAVAILABLE",
                "RATE_LIMITED"
            })
    void saysWhenToComeBack(ErrorCode code) {
        try (ApiFixture busy = ApiFixture.withRouter(router -> router.scheduler(request -> {
            throw RoutingException.unavailable(code, "not now", Duration.ofMillis(2_001));
        }))) {
            var answer = busy.http.post("/api/rooms", "", "Authorization", busy.bearer("eve"));

            assertProblem(answer, code == ErrorCode.RATE_LIMITED ? 429 : 503, code.name());
            assertThat(header(answer, "retry-after")).isEqualTo("3");
        }
    }

    @Test
    void tellsNothingOfItsOwnFaults() {
        try (ApiFixture broken = ApiFixture.withRouter(router -> router.scheduler(request -> {
            throw new IllegalStateException("secret");
        }))) {
            var answer = broken.http.post("/api/rooms", "", "Authorization", broken.bearer("eve"));

            assertProblem(answer, 500, "INTERNAL_ERROR");
            assertThat(answer.body()).doesNotContain("secret", "IllegalState");
        }
    }

    @Test
    void hasNoLoginWhereTheApplicationHasItsOwn() {
        try (ApiFixture other = ApiFixture.withoutLogin()) {
            assertProblem(other.http.post("/api/login", "{\"userId\":\"alice\"}"), 404, "INVALID_REQUEST");
            assertThat(other.http
                            .post("/api/rooms", "", "Authorization", other.bearer("alice"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private String userOf(HttpResponse<String> login) {
        String token = json(login).path("token").textValue();
        return api.verifier.logins().authenticate(token).user().value();
    }

    private static void assertAnswer(HttpResponse<String> answer, String... fields) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(json(answer).fieldNames()).toIterable().containsExactly(fields);
    }
}
