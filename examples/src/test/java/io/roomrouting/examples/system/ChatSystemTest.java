package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.examples.system.BackendClient.Answer;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pattern, end to end: log in, create a room, meet on its host, chat, come back. */
class ChatSystemTest {

    private static LocalSystem system;
    private static BackendClient backend;

    @BeforeAll
    static void start() {
        system = LocalSystem.start(2, Map.of());
        backend = system.backend();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void everybodyInARoomMeetsOnOneHostAndChats() {
        String alice = backend.login("alice");
        String room = backend.createRoom(alice);
        RouteAnswer aliceRoute = backend.resolve(alice, room);
        RouteAnswer bobRoute = backend.resolveAs("bob", room);
        assertThat(bobRoute.host()).isEqualTo(aliceRoute.host()).isIn(system.hosts());
        assertThat(bobRoute.url()).isEqualTo("ws://" + bobRoute.host());

        try (ChatClient a = ChatClient.join(aliceRoute);
                ChatClient b = ChatClient.join(bobRoute)) {
            assertThat(a.awaitEvent("user_joined").path("username").asText()).isEqualTo("bob");
            assertThat(b.awaitEvent("online_users").toString()).isEqualTo("[\"alice\",\"bob\"]");

            JsonNode receipt = a.say("hello").path("data");

            JsonNode message = b.awaitMessage("hello");
            assertThat(message.path("username").asText()).isEqualTo("alice");
            assertThat(message.path("id")).isEqualTo(receipt.path("id"));
            assertThat(a.awaitMessage("hello")).isEqualTo(message);

            b.close();
            assertThat(a.awaitEvent("user_left").path("username").asText()).isEqualTo("bob");
        }
    }

    @Test
    void aClientThatLostItsConnectionComesBackThroughAFreshLookUp() {
        String alice = backend.login("alice");
        String room = backend.createRoom(alice);
        try (ChatClient bob = ChatClient.join(backend.resolveAs("bob", room))) {
            ChatClient first = ChatClient.join(backend.resolve(alice, room));
            first.say("before");
            first.abort();
            bob.awaitEvent("user_left");
            bob.say("meanwhile");

            try (ChatClient second = ChatClient.join(backend.resolve(alice, room))) {
                assertThat(second.awaitEvent("message_history").path("messages").findValuesAsText("text"))
                        .containsExactly("before", "meanwhile");
            }
        }
    }

    @Test
    void aRoomIsStartedUnderAKnownNameByWhoeverComesFirst() {
        Answer first = backend.post("/api/rooms/stand-up", backend.login("alice"), "");
        Answer second = backend.post("/api/rooms/stand-up", backend.login("bob"), "");

        assertThat(first.status()).isEqualTo(200);
        assertThat(BackendClient.routeOf(second).host())
                .isEqualTo(BackendClient.routeOf(first).host());
        try (ChatClient alice = ChatClient.join(BackendClient.routeOf(first));
                ChatClient bob = ChatClient.join(BackendClient.routeOf(second))) {
            alice.say("morning");
            bob.awaitMessage("morning");
        }
    }

    @Test
    void theWebClientIsServed() {
        Answer page = backend.get("/", "");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Type")).startsWith("text/html");
        assertThat(backend.get("/r/some-room", "").body()).isEqualTo(page.body());
    }

    @Test
    void whatIsNotThereIsToldWithItsCode() {
        String alice = backend.login("alice");

        Answer unknown = backend.get("/api/rooms/no-such-room", alice);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("ROOM_NOT_FOUND");
        assertThat(backend.get("/api/nothing", alice).status()).isEqualTo(404);
        assertThat(backend.get("/api/login", alice).status()).isEqualTo(405);
        assertThat(backend.get("/api/rooms/no-such-room", "").headers()).containsKey("WWW-Authenticate");
    }
}
