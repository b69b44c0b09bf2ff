package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.Together;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

@ParameterizedClass
@FieldSource("io.roomrouting.jdbc.Engine#KINDS")
class JdbcMessageHistoryTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final Epoch OLDER = new Epoch(6);
    private static final Epoch OWN = new Epoch(7);
    private static final Epoch NEWER = new Epoch(8);

    private final Engine engine;
    private final JdbcDatabase database;
    private final JdbcMessageHistory history;

    JdbcMessageHistoryTest(Engine engine) {
        this.engine = engine;
        database = engine.database();
        history = JdbcMessageHistory.in(database);
    }

    @BeforeEach
    void empty() {
        engine.emptyDatabase();
    }

    @Test
    void a_message_is_found_as_it_was_appended() {
        HistoryMessage kept = append(OWN, "a");

        assertThat(kept.number()).isEqualTo(1);
        assertThat(kept.id()).isEqualTo("a");
        assertThat(history.newest(ROOM, 10)).isEqualTo(new HistoryPage(List.of(kept), OptionalLong.empty()));
        assertThat(history.newest(RoomId.of("Lobby"), 10).messages()).isEmpty();
    }

    @Test
    void pages_go_backwards_by_a_cursor_without_gap_and_without_overlap() {
        IntStream.rangeClosed(1, 7).forEach(i -> append(OWN, "m" + i));

        HistoryPage last = history.newest(ROOM, 3);
        HistoryPage middle = history.before(ROOM, last.before().orElseThrow(), 3);
        HistoryPage first = history.before(ROOM, middle.before().orElseThrow(), 3);

        assertThat(ids(last)).containsExactly("m5", "m6", "m7");
        assertThat(ids(middle)).containsExactly("m2", "m3", "m4");
        assertThat(ids(first)).containsExactly("m1");
        assertThat(first.before()).isEmpty();
    }

    @Test
    void a_message_that_is_appended_again_is_kept_once_and_as_it_was_first() {
        HistoryMessage first = append(OWN, "a");
        append(OWN, "b");

        AppendResult again = history.append(ROOM, OWN, "a", bytes("another text"));

        assertThat(again).isEqualTo(new AppendResult.Kept(first, true));
        assertThat(ids(history.newest(ROOM, 10))).containsExactly("a", "b");
        assertThat(append(OWN, "c").number()).isEqualTo(3);
    }

    @Test
    void the_same_id_in_another_room_is_another_message() {
        append(OWN, "a");

        assertThat(history.append(RoomId.of("other"), OWN, "a", bytes("a")))
                .isInstanceOfSatisfying(
                        AppendResult.Kept.class,
                        kept -> assertThat(kept.again()).isFalse());
    }

    @Test
    void a_former_owner_adds_nothing_once_a_newer_one_has_opened_or_appended() {
        append(OLDER, "a");
        assertThat(history.open(ROOM, OWN)).isTrue();

        assertThat(history.append(ROOM, OLDER, "late", bytes("late"))).isEqualTo(new AppendResult.Fenced());
        assertThat(history.open(ROOM, OLDER)).isFalse();
        append(NEWER, "b");
        assertThat(history.append(ROOM, OWN, "late", bytes("late"))).isEqualTo(new AppendResult.Fenced());

        assertThat(ids(history.newest(ROOM, 10))).containsExactly("a", "b");
    }

    @Test
    void a_former_owner_is_fenced_from_a_history_that_was_opened_while_it_was_empty() {
        history.open(ROOM, OWN);

        assertThat(history.append(ROOM, OLDER, "late", bytes("late"))).isEqualTo(new AppendResult.Fenced());
    }

    @Test
    void only_the_newest_messages_are_kept() {
        JdbcMessageHistory small =
                JdbcMessageHistory.builder(database).keepNewest(5).build();

        IntStream.rangeClosed(1, 70).forEach(i -> small.append(ROOM, OWN, "m" + i, bytes("text")));

        assertThat(ids(small.newest(ROOM, 10))).containsExactly("m66", "m67", "m68", "m69", "m70");
        assertThat(small.newest(ROOM, 10).before()).isEmpty();
        assertThat(history.newest(ROOM, 100).messages().size()).isLessThanOrEqualTo(5 + JdbcMessageHistory.TRIM_EVERY);
    }

    @Test
    void a_message_is_kept_for_its_time_and_then_removed() {
        JdbcMessageHistory brief = JdbcMessageHistory.builder(database)
                .keepFor(Duration.ofHours(1))
                .build();
        append(OWN, "old");
        engine.letPass(Duration.ofHours(1));
        append(OWN, "new");

        assertThat(ids(brief.newest(ROOM, 10))).containsExactly("new");
        database.run(call -> HistoryAge.removeOlderThan(call, Duration.ofHours(1)));
        assertThat(ids(history.newest(ROOM, 10))).containsExactly("new");
    }

    @Test
    void a_forgotten_history_is_empty_and_still_fences_until_it_is_pruned() {
        append(OWN, "a");

        assertThat(history.forget(ROOM, OLDER)).isFalse();
        assertThat(history.forget(ROOM, OWN)).isTrue();

        assertThat(history.newest(ROOM, 10).messages()).isEmpty();
        assertThat(history.open(ROOM, OLDER)).isFalse();
        assertThat(history.prune(Duration.ofHours(1))).isZero();
        engine.letPass(Duration.ofHours(1));
        assertThat(history.prune(Duration.ofHours(1))).isEqualTo(1);
    }

    @Test
    void messages_that_are_appended_at_once_have_numbers_without_gaps() {
        int threads = 4;
        int each = 50;

        Together.run(threads, thread -> {
            for (int i = 0; i < each; i++) {
                // Every second message is somebody else's too.
                String id = i % 2 == 0 ? "shared-" + i : "own-" + thread + "-" + i;
                history.append(ROOM, OWN, id, bytes(id));
            }
            return thread;
        });

        int distinct = each / 2 + threads * each / 2;
        List<HistoryMessage> all = new ArrayList<>(history.newest(ROOM, 1_000).messages());
        assertThat(all)
                .extracting(HistoryMessage::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, distinct).boxed().toList());
        assertThat(all).extracting(HistoryMessage::id).doesNotHaveDuplicates();
    }

    @Test
    void several_messages_are_appended_in_their_order() {
        append(OWN, "a");

        List<AppendResult> results = appendAll(OWN, "b", "c", "d");

        assertThat(results).extracting(JdbcMessageHistoryTest::keptAgain).containsExactly(false, false, false);
        HistoryPage page = history.newest(ROOM, 10);
        assertThat(page.messages()).extracting(HistoryMessage::number).containsExactly(1L, 2L, 3L, 4L);
        assertThat(page.messages().subList(1, 4))
                .isEqualTo(results.stream()
                        .map(result -> ((AppendResult.Kept) result).message())
                        .toList());
        assertThat(page.messages().get(3).content()).isEqualTo(bytes("text d"));
        assertThat(append(OWN, "e").number()).isEqualTo(5);
    }

    @Test
    void of_several_messages_those_that_are_kept_already_stay_as_they_were() {
        HistoryMessage first = append(OWN, "a");

        List<AppendResult> results = history.appendAll(
                ROOM,
                OWN,
                List.of(
                        new NewMessage("b", bytes("b")),
                        new NewMessage("a", bytes("another text")),
                        new NewMessage("b", bytes("another b")),
                        new NewMessage("c", bytes("c"))));

        assertThat(results).extracting(JdbcMessageHistoryTest::keptAgain).containsExactly(false, true, true, false);
        assertThat(results.get(1)).isEqualTo(new AppendResult.Kept(first, true));
        assertThat(ids(history.newest(ROOM, 10))).containsExactly("a", "b", "c");
        assertThat(history.newest(ROOM, 10).messages().get(1).content()).isEqualTo(bytes("b"));
        assertThat(appendAll(OWN, "c", "b", "a")).allMatch(JdbcMessageHistoryTest::keptAgain);
        assertThat(append(OWN, "d").number()).isEqualTo(4);
    }

    @Test
    void a_former_owner_adds_none_of_several_messages() {
        appendAll(OWN, "a");
        assertThat(history.appendAll(ROOM, OLDER, List.of(message("late"), message("a"))))
                .containsExactly(new AppendResult.Fenced(), new AppendResult.Fenced());
        appendAll(NEWER, "b");
        assertThat(appendAll(OWN, "late")).containsExactly(new AppendResult.Fenced());
        assertThat(history.open(ROOM, OWN)).isFalse();

        assertThat(ids(history.newest(ROOM, 10))).containsExactly("a", "b");
    }

    @Test
    void several_messages_push_the_oldest_out_as_one_does() {
        JdbcMessageHistory small =
                JdbcMessageHistory.builder(database).keepNewest(5).build();

        for (int i = 0; i < 10; i++) {
            int batch = i;
            small.appendAll(
                    ROOM,
                    OWN,
                    IntStream.range(0, 7)
                            .mapToObj(j -> message("m" + (batch * 7 + j)))
                            .toList());
        }

        assertThat(ids(small.newest(ROOM, 10))).containsExactly("m65", "m66", "m67", "m68", "m69");
        assertThat(history.newest(ROOM, 100).messages().size()).isLessThanOrEqualTo(5 + JdbcMessageHistory.TRIM_EVERY);
    }

    @Test
    void batches_and_single_messages_that_are_appended_at_once_have_numbers_without_gaps() {
        int rounds = 20;

        Together.run(3, thread -> {
            for (int i = 0; i < rounds; i++) {
                if (thread == 0) {
                    append(OWN, "shared-" + i);
                } else {
                    appendAll(OWN, "own-" + thread + "-" + i, "shared-" + i, "another-" + thread + "-" + i);
                }
            }
            return thread;
        });

        int distinct = rounds + 4 * rounds;
        List<HistoryMessage> all = history.newest(ROOM, 1_000).messages();
        assertThat(all)
                .extracting(HistoryMessage::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, distinct).boxed().toList());
        assertThat(all).extracting(HistoryMessage::id).doesNotHaveDuplicates();
    }

    @Test
    void several_messages_are_added_all_or_not_at_all() {
        appendAll(OWN, "first", "second", "third");
        // The place of the second of them is taken.
        engine.execute("UPDATE routing_message SET number = 7 WHERE number = 3");
        engine.execute("UPDATE routing_history SET newest_number = 5");

        assertThatExceptionOfType(RoutingException.Unavailable.class).isThrownBy(() -> appendAll(OWN, "a", "b", "c"));

        assertThat(ids(history.newest(ROOM, 10))).doesNotContain("a", "b", "c");
    }

    @Test
    void there_are_at_most_a_thousand_of_several_messages_and_none_is_too_long() {
        List<NewMessage> many = IntStream.rangeClosed(0, JdbcMessageHistory.MAX_BATCH)
                .mapToObj(i -> message("m" + i))
                .toList();
        List<NewMessage> oneIsNameless = List.of(message("a"), new NewMessage("", bytes("")));

        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> history.appendAll(ROOM, OWN, many));
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> history.appendAll(ROOM, OWN, oneIsNameless));
        assertThat(history.appendAll(ROOM, OWN, List.of())).isEmpty();

        assertThat(history.newest(ROOM, 10).messages()).isEmpty();
        assertThat(history.appendAll(ROOM, OWN, many.subList(1, many.size()))).hasSize(JdbcMessageHistory.MAX_BATCH);
    }

    @Test
    void what_is_too_long_is_refused() {
        String longId = "x".repeat(JdbcMessageHistory.MAX_ID_LENGTH + 1);
        byte[] large = new byte[JdbcMessageHistory.MAX_CONTENT_BYTES + 1];

        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> history.append(ROOM, OWN, longId, bytes("")));
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> history.append(ROOM, OWN, "a", large));
        assertThatExceptionOfType(RoutingException.InvalidRequest.class).isThrownBy(() -> history.newest(ROOM, 0));
    }

    @Test
    void a_message_prints_its_size_and_not_its_content() {
        assertThat(append(OWN, "a").toString()).contains("6 bytes").doesNotContain("text a");
        assertThat(message("a").toString()).contains("6 bytes").doesNotContain("text a");
    }

    private HistoryMessage append(Epoch epoch, String id) {
        AppendResult result = history.append(ROOM, epoch, id, bytes("text " + id));
        assertThat(result).isInstanceOf(AppendResult.Kept.class);
        return ((AppendResult.Kept) result).message();
    }

    private List<AppendResult> appendAll(Epoch epoch, String... ids) {
        return history.appendAll(
                ROOM,
                epoch,
                Arrays.stream(ids).map(JdbcMessageHistoryTest::message).toList());
    }

    private static NewMessage message(String id) {
        return new NewMessage(id, bytes("text " + id));
    }

    private static boolean keptAgain(AppendResult result) {
        return ((AppendResult.Kept) result).again();
    }

    private static List<String> ids(HistoryPage page) {
        return page.messages().stream().map(HistoryMessage::id).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
