package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.RoomStateStore.Loaded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RoomStateStore} does: it keeps the last state, and takes nothing from a former owner. Extend it for
 * yours and add no exception.
 */
public abstract class RoomStateStoreContract {

    private static final int THREADS = 8;
    private static final int ROUNDS = 40;
    private static final RoomId ROOM = RoomId.of("Room_1-a");
    private static final Epoch OLDER = new Epoch(1_000);
    private static final Epoch OWN = new Epoch(1_001);
    private static final Epoch NEWER = new Epoch(1_002);

    private final AtomicLong versions = new AtomicLong();

    // Set up before each test.
    @SuppressWarnings("NullAway.Init")
    private RoomStateStore store;

    /** For subclasses. */
    protected RoomStateStoreContract() {}

    /**
     * Makes an empty store that takes at least 100 rooms and 16 MiB.
     *
     * @return a new store
     */
    protected abstract RoomStateStore createStore();

    private boolean save(RoomId room, Epoch epoch, byte[] state) {
        return store.save(room, epoch, versions.incrementAndGet(), state);
    }

    @BeforeEach
    final void open() {
        store = createStore();
    }

    @Test
    final void a_room_that_was_never_saved_is_empty() {
        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Empty());
    }

    @Test
    final void what_was_saved_is_found_by_the_next_owner() {
        store.load(ROOM, OLDER);
        assertThat(save(ROOM, OLDER, bytes("first"))).isTrue();
        assertThat(save(ROOM, OLDER, bytes("second"))).isTrue();

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(bytes("second"), OLDER, true));
    }

    @Test
    final void rooms_are_kept_apart_even_if_only_the_case_of_a_letter_differs() {
        List<RoomId> rooms = List.of(RoomId.of("room"), RoomId.of("Room"), RoomId.of("ROOM"), RoomId.of("-_-"));
        rooms.forEach(room -> save(room, OWN, bytes(room.value())));

        assertThat(rooms)
                .allSatisfy(room -> assertThat(store.load(room, NEWER))
                        .isEqualTo(new Loaded.Found(bytes(room.value()), OWN, true)));
    }

    @Test
    final void the_longest_name_and_a_name_that_file_systems_reserve_are_rooms_too() {
        for (String name : List.of("A".repeat(100), "con", "-", "nul")) {
            save(RoomId.of(name), OWN, bytes(name));

            assertThat(store.load(RoomId.of(name), NEWER)).isEqualTo(new Loaded.Found(bytes(name), OWN, true));
        }
    }

    @Test
    final void a_state_of_no_bytes_is_a_state() {
        save(ROOM, OLDER, new byte[0]);

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(new byte[0], OLDER, true));
    }

    @Test
    final void the_largest_state_is_kept_and_a_larger_one_is_refused() {
        byte[] largest = new byte[RoomStateStore.MAX_STATE_BYTES];
        largest[largest.length - 1] = 7;
        assertThat(save(ROOM, OLDER, largest)).isTrue();

        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> save(ROOM, NEWER, new byte[largest.length + 1]));

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(largest, OLDER, true));
    }

    @Test
    final void arrays_that_are_changed_afterwards_change_nothing() {
        byte[] given = bytes("state");
        save(ROOM, OLDER, given);
        given[0] = 'X';
        byte[] got = ((Loaded.Found) store.load(ROOM, OWN)).state();
        got[1] = 'X';

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(bytes("state"), OLDER, false));
    }

    @Test
    final void a_load_fences_older_owners() {
        save(ROOM, OLDER, bytes("state"));
        store.load(ROOM, OWN);

        assertThat(store.load(ROOM, OLDER)).isEqualTo(new Loaded.Fenced());
        assertThat(save(ROOM, OLDER, bytes("late"))).isFalse();
        assertThat(store.delete(ROOM, OLDER)).isFalse();

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(bytes("state"), OLDER, false));
    }

    @Test
    final void a_load_that_finds_nothing_fences_as_well() {
        store.load(ROOM, OWN);

        assertThat(store.load(ROOM, OLDER)).isEqualTo(new Loaded.Fenced());
        assertThat(save(ROOM, OLDER, bytes("late"))).isFalse();
        assertThat(store.delete(ROOM, OLDER)).isFalse();
        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Empty());
    }

    @Test
    final void a_save_fences_older_owners() {
        save(ROOM, OWN, bytes("state"));

        assertThat(store.load(ROOM, OLDER)).isEqualTo(new Loaded.Fenced());
        assertThat(save(ROOM, OLDER, bytes("late"))).isFalse();
        assertThat(store.delete(ROOM, OLDER)).isFalse();
        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Found(bytes("state"), OWN, true));
    }

    @Test
    final void one_owner_saves_again_and_again() {
        store.load(ROOM, OWN);
        for (int i = 0; i < 5; i++) {
            assertThat(save(ROOM, OWN, bytes("state " + i))).isTrue();
        }

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(bytes("state 4"), OWN, true));
    }

    @Test
    final void a_late_call_of_one_owner_undoes_nothing() {
        store.load(ROOM, OWN);
        store.save(ROOM, OWN, 2, bytes("second"));

        assertThat(store.save(ROOM, OWN, 1, bytes("first"))).isTrue();

        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Found(bytes("second"), OWN, true));
    }

    @Test
    final void the_next_owner_counts_its_versions_anew() {
        store.save(ROOM, OLDER, 7, bytes("last"));
        store.load(ROOM, OWN);

        assertThat(store.save(ROOM, OWN, 1, bytes("first"))).isTrue();

        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Found(bytes("first"), OWN, true));
    }

    @Test
    final void a_late_call_brings_back_nothing_that_was_deleted() {
        store.load(ROOM, OWN);
        store.delete(ROOM, OWN);

        store.save(ROOM, OWN, 9, bytes("late"));
        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Empty());
        store.save(ROOM, OWN, 9, bytes("late"));

        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Empty());
    }

    @Test
    final void a_state_is_untouched_until_somebody_loads_it() {
        save(ROOM, OLDER, bytes("last"));

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(bytes("last"), OLDER, true));
        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Found(bytes("last"), OLDER, false));
        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Found(bytes("last"), OLDER, false));
    }

    @Test
    final void a_fenced_load_touches_nothing() {
        save(ROOM, OWN, bytes("last"));
        store.load(ROOM, OLDER);

        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Found(bytes("last"), OWN, true));
    }

    @Test
    final void the_next_save_is_untouched_again() {
        save(ROOM, OLDER, bytes("last"));
        store.load(ROOM, OWN);
        save(ROOM, OWN, bytes("next"));

        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Found(bytes("next"), OWN, true));
    }

    @Test
    final void a_room_that_was_deleted_begins_anew() {
        save(ROOM, OLDER, bytes("state"));

        assertThat(store.delete(ROOM, OLDER)).isTrue();

        assertThat(store.load(ROOM, OWN)).isEqualTo(new Loaded.Empty());
        assertThat(save(ROOM, OWN, bytes("new"))).isTrue();
        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Found(bytes("new"), OWN, true));
    }

    @Test
    final void a_room_that_was_deleted_still_fences_older_owners() {
        save(ROOM, OLDER, bytes("state"));
        store.delete(ROOM, OWN);

        assertThat(save(ROOM, OLDER, bytes("late"))).isFalse();
        assertThat(store.delete(ROOM, OLDER)).isFalse();
        assertThat(store.load(ROOM, OLDER)).isEqualTo(new Loaded.Fenced());
        assertThat(store.load(ROOM, NEWER)).isEqualTo(new Loaded.Empty());
    }

    @Test
    final void deleting_a_room_that_was_never_there_fences_as_well() {
        assertThat(store.delete(ROOM, OWN)).isTrue();

        assertThat(save(ROOM, OLDER, bytes("late"))).isFalse();
        assertThat(store.delete(ROOM, OWN)).isTrue();
    }

    @Test
    final void of_many_owners_at_once_the_newest_is_kept_and_none_older_is_taken_afterwards() {
        List<List<Boolean>> taken =
                Together.race(THREADS, ROUNDS, (thread, round) -> save(room(round), epoch(thread), ofOwner(thread)));

        for (int round = 0; round < ROUNDS; round++) {
            RoomId room = room(round);
            assertThat(taken.get(round).get(THREADS - 1)).isTrue();
            assertThat(IntStream.range(0, THREADS - 1))
                    .allSatisfy(thread -> assertThat(save(room, epoch(thread), ofOwner(thread)))
                            .isFalse());
            assertThat(store.load(room, epoch(THREADS)))
                    .isEqualTo(new Loaded.Found(ofOwner(THREADS - 1), epoch(THREADS - 1), true));
        }
    }

    @Test
    final void of_many_who_load_a_last_state_at_once_one_at_most_finds_it_untouched() {
        IntStream.range(0, ROUNDS).forEach(round -> save(room(round), OLDER, bytes("last")));

        List<List<Loaded>> found =
                Together.race(THREADS, ROUNDS, (thread, round) -> store.load(room(round), epoch(thread + 1)));

        assertThat(found)
                .allSatisfy(round -> assertThat(round)
                        .filteredOn(loaded -> loaded instanceof Loaded.Found state && state.untouched())
                        .hasSize(1));
    }

    @Test
    final void a_save_that_races_with_a_newer_load_is_found_or_fenced() {
        List<List<Object>> results = Together.race(2, ROUNDS * 4, (thread, round) -> {
            RoomId room = room(round % ROUNDS);
            long turn = OLDER.value() + 2L * (round / ROUNDS);
            return thread == 0 ? save(room, new Epoch(turn), ofOwner(round)) : store.load(room, new Epoch(turn + 1));
        });

        for (int round = 0; round < results.size(); round++) {
            boolean saved = (Boolean) results.get(round).get(0);
            Loaded loaded = (Loaded) results.get(round).get(1);
            boolean found = loaded instanceof Loaded.Found state
                    && ByteBuffer.wrap(state.state()).getInt() == round;
            assertThat(found).as("found, in round " + round).isEqualTo(saved);
        }
    }

    @Test
    final void a_state_that_is_found_prints_its_size_and_not_its_content() {
        save(ROOM, OLDER, bytes("confidential"));

        assertThat(store.load(ROOM, OWN).toString()).contains("12 bytes").doesNotContain("99, 111");
    }

    private static RoomId room(int round) {
        return RoomId.of("raced-" + round);
    }

    private static Epoch epoch(int thread) {
        return new Epoch(OLDER.value() + thread);
    }

    private static byte[] ofOwner(int number) {
        return ByteBuffer.allocate(64).putInt(number).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
