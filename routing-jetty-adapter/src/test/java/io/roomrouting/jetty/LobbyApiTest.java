package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.Ticket;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and matches over HTTP. */
class LobbyApiTest {

    // Set up before each test.
    @SuppressWarnings("NullAway.Init")
    private ApiFixture api;

    @BeforeEach
    void start() {
        api = ApiFixture.withDirectory();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void lists_public_rooms_page_by_page() {
        for (int i = 0; i < 3; i++) {
            create("{\"type\":\"chess\",\"maxClients\":4,\"visibility\":\"public\",\"metadata\":{\"level\":\"h&rd\"}}");
        }
        create("{\"type\":\"chess\",\"visibility\":\"private\"}");
        create("{\"type\":\"chess\"}");

        JsonNode first = json(get("/api/rooms?type=chess&limit=2&metadata.level=h%26rd"));
        JsonNode second = json(get("/api/rooms?type=chess&limit=2&metadata.level=h%26rd&cursor="
                + first.path("cursor").textValue()));

        assertThat(first.path("rooms")).hasSize(2);
        assertThat(second.path("rooms")).hasSize(1);
        assertThat(second.has("cursor")).isFalse();
        JsonNode room = first.path("rooms").get(0);
        assertThat(room.path("roomId").textValue()).hasSize(22);
        assertThat(room.path("type").textValue()).isEqualTo("chess");
        assertThat(room.path("maxClients").intValue()).isEqualTo(4);
        assertThat(room.path("metadata").path("level").textValue()).isEqualTo("h&rd");
        assertThat(room.path("clients").intValue()).isZero();
        assertThat(room.path("freeSeats").intValue()).isEqualTo(3);
        assertThat(room.path("locked").booleanValue()).isFalse();
        assertThat(json(get("/api/rooms?type=go")).path("rooms")).isEmpty();
        assertThat(json(get("/api/rooms?metadata.level=easy")).path("rooms")).isEmpty();
        assertThat(json(get("/api/rooms?freeSeats=4")).path("rooms")).isEmpty();
        assertThat(json(get("/api/rooms?maxClients=4&freeSeats=0&unknown=1")).path("rooms"))
                .hasSize(3);
    }

    @Test
    void refuses_a_query_that_makes_no_sense() {
        for (String query : List.of(
                "limit=0",
                "limit=101",
                "limit=many",
                "limit=1&limit=2",
                "cursor=not%20an%20id",
                "cursor=",
                "type=%2F",
                "freeSeats=-1",
                "maxClients=0",
                "metadata.=x",
                "metadata.k=1&metadata.k=2")) {
            Http.assertProblem(get("/api/rooms?" + query), 400, "INVALID_REQUEST");
        }
    }

    @Test
    void answers_only_who_is_logged_in() {
        Http.assertProblem(api.http.get("/api/rooms"), 401, "UNAUTHENTICATED");
        Http.assertProblem(api.http.post("/api/match", "{}"), 401, "UNAUTHENTICATED");
    }

    @Test
    void matches_users_and_groups_and_fills_rooms() {
        String wishes = "{\"type\":\"duel\",\"maxClients\":3,\"metadata\":{\"mode\":\"a\"}";

        JsonNode alice = json(match("alice", wishes + ",\"group\":[\"bob\"]}"));
        JsonNode carol = json(match("carol", wishes + "}"));
        JsonNode dave = json(match("dave", wishes + "}"));
        JsonNode bob = json(
                api.http.get("/api/rooms/" + alice.path("roomId").textValue(), "Authorization", api.bearer("bob")));

        assertThat(carol.path("roomId")).isEqualTo(alice.path("roomId"));
        assertThat(dave.path("roomId")).isNotEqualTo(alice.path("roomId"));
        assertThat(alice.path("url").textValue()).isEqualTo("ws://localhost:8000");
        Ticket ticket = api.verifier.tickets().verify(bob.path("token").textValue());
        assertThat(ticket.identity().user().value()).isEqualTo("bob");
        assertThat(ticket.seat()).isPresent();
        Http.assertProblem(
                api.http.get("/api/rooms/" + alice.path("roomId").textValue(), "Authorization", api.bearer("eve")),
                409,
                "ROOM_FULL");
        RoomSpec spec = api.registry
                .find(RoomId.of(alice.path("roomId").textValue()))
                .orElseThrow()
                .spec();
        assertThat(spec.visibility()).isEqualTo(RoomVisibility.PUBLIC);
    }

    @Test
    void refuses_a_match_that_makes_no_sense() {
        for (String body : List.of(
                "{\"group\":\"bob\"}",
                "{\"group\":[1]}",
                "{\"group\":[\"\"]}",
                "{\"group\":[\"bob\",[\"carol\"]]}",
                "{\"maxClients\":1,\"group\":[\"bob\"]}",
                "{\"visibility\":\"hidden\"}",
                "[]")) {
            Http.assertProblem(match("alice", body), 400, "INVALID_REQUEST");
        }
    }

    @Test
    void without_a_directory_there_is_neither_a_list_nor_a_match() {
        try (ApiFixture plain = ApiFixture.start()) {
            assertThat(plain.http
                            .get("/api/rooms", "Authorization", plain.bearer("alice"))
                            .statusCode())
                    .isEqualTo(405);
            Http.assertProblem(
                    plain.http.post("/api/match", "{}", "Authorization", plain.bearer("alice")),
                    404,
                    "INVALID_REQUEST");
        }
    }

    private void create(String body) {
        assertThat(api.http
                        .post("/api/rooms", body, "Authorization", api.bearer("alice"))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String path) {
        return api.http.get(path, "Authorization", api.bearer("alice"));
    }

    private HttpResponse<String> match(String user, String body) {
        return api.http.post("/api/match", body, "Authorization", api.bearer(user));
    }
}
