package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.session.RoomStateStore.Loaded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Epochs and versions are compared as numbers, all digits of them, although scripts know them as texts. */
class StateOrderTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final byte[] EARLY = {1};
    private static final byte[] LATE = {2};

    private final RedisDatabase database = Engine.OLDEST.emptyDatabase();
    private final RedisRoomStateStore states = RedisRoomStateStore.in(database);

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2",
        "9, 10",
        "99, 1000",
        "-1, 0",
        "-10, -9",
        "-9223372036854775808, 9223372036854775807",
        "9223372036854775806, 9223372036854775807"
    })
    void a_late_save_of_an_earlier_version_changes_nothing(long early, long late) {
        Epoch own = new Epoch(7);
        assertThat(states.save(ROOM, own, late, LATE)).isTrue();

        assertThat(states.save(ROOM, own, early, EARLY)).isTrue();

        assertThat(states.load(ROOM, own)).isEqualTo(new Loaded.Found(LATE, own, true));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "9, 10", "999, 1000", "9223372036854775806, 9223372036854775807"})
    void an_older_epoch_is_fenced(long older, long newer) {
        states.save(ROOM, new Epoch(newer), 1, LATE);

        assertThat(states.save(ROOM, new Epoch(older), 2, EARLY)).isFalse();
        assertThat(states.load(ROOM, new Epoch(older))).isEqualTo(new Loaded.Fenced());
        assertThat(states.delete(ROOM, new Epoch(older))).isFalse();
    }

    @Test
    void a_newer_epoch_is_not() {
        states.save(ROOM, new Epoch(999), 5, EARLY);

        assertThat(states.save(ROOM, new Epoch(1_000), 1, LATE)).isTrue();
        assertThat(states.load(ROOM, new Epoch(10_000))).isEqualTo(new Loaded.Found(LATE, new Epoch(1_000), true));
    }
}
