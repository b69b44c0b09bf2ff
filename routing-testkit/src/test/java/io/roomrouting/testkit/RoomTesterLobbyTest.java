package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a room says to a lobby, tested without one. */
class RoomTesterLobbyTest {

    /** Shows itself, and begins with two. */
    private record Game(Room room) implements RoomHandler {

        @Override
        public void onOpen() {
            room.visibility(RoomVisibility.PUBLIC);
            room.metadata(Map.of("phase", "waiting"));
        }

        @Override
        public void onJoin(Session session) {
            if (room.users().size() == 2) {
                room.lock();
            }
        }
    }

    @Test
    void a_test_sees_what_a_lobby_shows_of_the_room() {
        try (RoomTester room = RoomTester.open(Game::new)) {
            assertThat(room.listing()).isEmpty();
            room.join("alice");
            room.join("bob");

            room.advance(Duration.ofSeconds(1));

            assertThat(room.joinRefused("carol")).isEqualTo(ErrorCode.ROOM_LOCKED);
            assertThat(room.listing().orElseThrow().clients()).isEqualTo(2);
            assertThat(room.listing().orElseThrow().locked()).isTrue();
            assertThat(room.listing().orElseThrow().metadata()).isEqualTo(Map.of("phase", "waiting"));
        }
    }

    @Test
    void a_private_room_is_not_shown() {
        try (RoomTester room = RoomTester.builder(self -> new RoomHandler() {})
                .spec(RoomSpec.defaults().withMaxClients(1))
                .open()) {
            room.join("alice");
            room.advance(Duration.ofSeconds(1));

            assertThat(room.listing()).isEmpty();
            assertThat(room.joinRefused("bob")).isEqualTo(ErrorCode.ROOM_FULL);
        }
    }
}
