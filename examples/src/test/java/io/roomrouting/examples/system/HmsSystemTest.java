package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.examples.system.BackendClient.Answer;
import io.roomrouting.testkit.hms.FakeHmsRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call from its creation to its end, over HTTP. */
class HmsSystemTest {

    private final HmsRig rig = new HmsRig();
    private final String alice = rig.client().login("alice");
    private final String bob = rig.client().login("bob");

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aRoomIsCreatedAt100msUnderANameOfItsOwner() throws Exception {
        Answer answer = rig.client().post("/api/rooms", alice, "{\"name\":\"Team\",\"description\":\"every morning\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        JsonNode room = answer.body().path("room");
        assertThat(room.path("name").asText()).isEqualTo("Team");
        assertThat(room.path("description").asText()).isEqualTo("every morning");
        assertThat(room.path("enabled").booleanValue()).isTrue();
        assertThat(room.path("template_id").asText()).isEqualTo("a-template");

        FakeHmsRequest asked = rig.hms().requests().get(0);
        JsonNode sent = new ObjectMapper().readTree(asked.body());
        assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /v2/rooms");
        assertThat(sent.path("name").asText()).matches("u-[a-z2-7]{32}\\.Team");
        assertThat(sent.path("template_id").asText()).isEqualTo("a-template");
        assertThat(sent.path("region").asText()).isEqualTo("auto");
        assertThat(sent.path("size").asInt()).isEqualTo(100);
    }

    @Test
    void usersJoinWithTheirTokensAndTheCreatorEndsTheCall() {
        String room = rig.createRoom(alice, "team");
        rig.hms().join(tokenOf(rig.token(alice, room, "host")));
        rig.hms().join(tokenOf(rig.client().post("/api/rooms/" + room + "/token", bob, "")));

        Answer peers = rig.client().get("/api/rooms/" + room + "/peers", alice);
        assertThat(peers.body().path("success").booleanValue()).isTrue();
        assertThat(peers.body().path("peers").findValuesAsText("user_id")).containsExactlyInAnyOrder("alice", "bob");
        assertThat(peers.body().path("peers").findValuesAsText("role")).containsExactlyInAnyOrder("host", "guest");

        Answer ended = rig.client().post("/api/rooms/" + room + "/end", alice, "{\"reason\":\"enough\",\"lock\":true}");
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.body().path("success").booleanValue()).isTrue();

        Answer nobody = rig.client().get("/api/rooms/" + room + "/peers", alice);
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.body().path("success").booleanValue()).isFalse();
        assertThat(nobody.body().path("code").asInt()).isEqualTo(404);
        assertThat(nobody.body().path("error").asText()).isEqualTo("active session not found");

        Answer enabled = rig.client().post("/api/rooms/" + room, alice, "{\"enabled\":true}");
        assertThat(enabled.body().path("room").path("enabled").booleanValue()).isTrue();
        assertThat(enabled.body().path("room").path("name").asText()).isEqualTo("team");
    }

    @Test
    void onlyTheCreatorAdministers() {
        String room = rig.createRoom(alice, "team");
        int asked = rig.hms().requests().size();

        List<Answer> answers = List.of(
                rig.client().get("/api/rooms/" + room + "/peers", bob),
                rig.client().post("/api/rooms/" + room + "/end", bob, "{}"),
                rig.client().post("/api/rooms/" + room, bob, "{\"enabled\":false}"),
                rig.token(bob, room, "host"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("FORBIDDEN");
            assertThat(answer.body().path("success").booleanValue()).isFalse();
        });
        assertThat(rig.hms().requests().subList(asked, asked + 4))
                .allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void theCreatorIsKnownAfterARestart() {
        String room = rig.createRoom(alice, "team");

        rig.restart();

        assertThat(rig.token(alice, room, "host").status()).isEqualTo(200);
        assertThat(rig.token(bob, room, "host").status()).isEqualTo(403);
        assertThat(rig.createRoom(alice, "TEAM")).isEqualTo(room);
        assertThat(rig.createRoom(bob, "team")).isNotEqualTo(room);
    }

    /** Whatever stands in the request, the token is for whoever logged in. */
    @Test
    void noRequestChoosesAnIdentityATemplateOrARoleOfItsOwn() throws Exception {
        String room = rig.createRoom(alice, "team");
        String wishes = "{\"role\":\"guest\",\"user_id\":\"alice\",\"userId\":\"alice\",\"sub\":\"alice\",\"type\":"
                + "\"management\",\"room_id\":\"other\",\"access_key\":\"x\",\"exp\":99999999999,\"template_id\":\"x\"}";

        String token = tokenOf(rig.client().post("/api/rooms/" + room + "/token?user_id=alice&role=host", bob, wishes));
        rig.client().post("/api/rooms", bob, wishes.replace("guest", "host"));

        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        assertThat(claims.path("user_id").asText()).isEqualTo("bob");
        assertThat(claims.path("role").asText()).isEqualTo("guest");
        assertThat(claims.path("room_id").asText()).isEqualTo(room);
        assertThat(claims.path("type").asText()).isEqualTo("app");
        assertThat(claims.path("access_key").asText()).isEqualTo(HmsRig.ACCESS_KEY);
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(24 * 3_600);
        List<FakeHmsRequest> asked = rig.hms().requests();
        assertThat(new ObjectMapper()
                        .readTree(asked.get(asked.size() - 1).body())
                        .path("template_id")
                        .asText())
                .isEqualTo("a-template");
    }

    @Test
    void itIsAServerLikeTheOthers() {
        assertThat(rig.client().get("/health", "").body().path("status").asText())
                .isEqualTo("ok");
        assertThat(rig.client().get("/ready", "").status()).isEqualTo(200);
        assertThat(rig.client().get("/nowhere", "").status()).isEqualTo(404);

        Answer preflight = rig.client()
                .send(rig.client()
                        .request("/api/rooms", "")
                        .header("Origin", "https://calls.example.com")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers()).containsEntry("Access-Control-Allow-Origin", "https://calls.example.com");

        Answer options =
                rig.client().send(rig.client().request("/api/rooms", "").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers()).containsEntry("Allow", "POST, OPTIONS");
    }

    private static String tokenOf(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        return answer.body().path("token").asText();
    }
}
