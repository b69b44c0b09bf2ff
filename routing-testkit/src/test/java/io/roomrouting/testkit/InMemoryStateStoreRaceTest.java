package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.RoomStateStore.Loaded;
import org.junit.jupiter.api.Test;

/** Races that are long enough for gaps of a few nanoseconds. */
class InMemoryStateStoreRaceTest {

    private static final int THREADS = 2;
    private static final int ROUNDS = 20_000;

    @Test
    void ofTwoThatLoadALastStateAtOnceOneFindsItUntouched() {
        InMemoryStateStore store = InMemoryStateStore.create();
        for (int round = 0; round < ROUNDS; round++) {
            store.save(room(round), new Epoch(1), 1, new byte[1]);
        }

        var found = Together.race(THREADS, ROUNDS, (thread, round) -> store.load(room(round), new Epoch(2)));

        assertThat(found)
                .allSatisfy(round -> assertThat(round)
                        .filteredOn(loaded -> loaded instanceof Loaded.Found state && state.untouched())
                        .hasSize(1));
    }

    private static RoomId room(int round) {
        return RoomId.of("room-" + round);
    }
}
