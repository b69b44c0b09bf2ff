package io.roomrouting.examples.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.jdbc.JdbcDatabase;
import io.roomrouting.jdbc.JdbcMessageHistory;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcChatStoreTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final Epoch OLD = new Epoch(1);
    private static final Epoch OWN = new Epoch(2);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId ODD = UserId.of("\ud83d \ud83d\ude00 \"'");

    private final JdbcConnectionPool connections =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
    private final JdbcChatStore store = new JdbcChatStore(JdbcMessageHistory.in(JdbcDatabase.of(connections)));

    @AfterEach
    void close() {
        connections.dispose();
    }

    @Test
    void messagesHaveGrowingNumbersAndAreReadAsTheyWereKept() {
        assertThat(store.takeOver(ROOM, OWN, 10)).contains(new ChatPage(List.of(), null));

        List<ChatMessage> kept = append(ChatDraft.unnamed(ALICE, "hello"), ChatDraft.unnamed(ODD, "half \ud83d"));

        assertThat(kept).extracting(ChatMessage::id).containsExactly("1", "2");
        assertThat(kept).extracting(ChatMessage::text).containsExactly("hello", "half \ud83d");
        assertThat(kept).extracting(ChatMessage::username).containsExactly(ALICE, ODD);
        assertThat(store.page(ROOM, Optional.empty(), 10)).isEqualTo(new ChatPage(kept, null));
        assertThat(store.takeOver(ROOM, OWN, 1)).contains(new ChatPage(kept.subList(1, 2), "2"));
    }

    @Test
    void theIdOfAnyMessageAndACursorLeadToWhatWasBefore() {
        append(IntStream.rangeClosed(1, 9)
                .mapToObj(i -> ChatDraft.unnamed(ALICE, "m" + i))
                .toArray(ChatDraft[]::new));

        ChatPage newest = store.page(ROOM, Optional.empty(), 4);
        ChatPage older = store.page(ROOM, Optional.of(requireNonNull(newest.cursor())), 4);

        assertThat(ids(newest)).containsExactly("6", "7", "8", "9");
        assertThat(ids(older)).containsExactly("2", "3", "4", "5");
        assertThat(ids(store.page(ROOM, Optional.of("4"), 2))).containsExactly("2", "3");
        assertThat(store.page(ROOM, Optional.of("1"), 2)).isEqualTo(new ChatPage(List.of(), null));
        assertThat(ids(store.page(ROOM, Optional.of("999999999999999999"), 1))).containsExactly("9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-1", "0", "01", "1.5", "1000000000000000000", "١"})
    void whatIsNoCursorIsRefused(String cursor) {
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> store.page(ROOM, Optional.of(cursor), 1));
    }

    @Test
    void aNameCountsForItsSenderAlone() {
        ChatMessage first = append(ChatDraft.named(ALICE, "1", "hello")).get(0);

        assertThat(append(ChatDraft.named(ALICE, "1", "another text"))).containsExactly(first);
        assertThat(append(
                        ChatDraft.named(UserId.of("bob"), "1", "x"),
                        ChatDraft.named(ALICE, "2", "x"),
                        ChatDraft.named(UserId.of("alic"), "e1", "x"),
                        ChatDraft.named(UserId.of("\ud83d"), "1", "x"),
                        ChatDraft.named(UserId.of("\ud83e"), "1", "x"),
                        ChatDraft.unnamed(ALICE, "x")))
                .extracting(ChatMessage::id)
                .containsExactly("2", "3", "4", "5", "6", "7");
    }

    @Test
    void aFormerOwnerAddsNothing() {
        store.takeOver(ROOM, OWN, 1);

        assertThat(store.appendAll(ROOM, OLD, List.of(ChatDraft.unnamed(ALICE, "late"))))
                .isEmpty();
        assertThat(store.takeOver(ROOM, OLD, 1)).isEmpty();
        assertThat(store.page(ROOM, Optional.empty(), 1).messages()).isEmpty();
    }

    @Test
    void aDraftDoesNotPrintWhatItSays() {
        assertThat(ChatDraft.named(ALICE, "1", "hello").toString()).doesNotContain("hello");
    }

    private List<ChatMessage> append(ChatDraft... drafts) {
        return store.appendAll(ROOM, OWN, List.of(drafts)).orElseThrow();
    }

    private static List<String> ids(ChatPage page) {
        return page.messages().stream().map(ChatMessage::id).toList();
    }
}
