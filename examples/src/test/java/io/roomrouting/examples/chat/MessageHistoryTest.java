package io.roomrouting.examples.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.UserId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageHistoryTest {

    private final MessageHistory history = new MessageHistory(10);

    @Test
    void anEmptyHistoryIsAnEmptyPage() {
        assertThat(history.newest(3)).isEqualTo(new ChatPage(List.of(), null));
    }

    @Test
    void aPageHoldsTheNewestOldestFirst() {
        addNumbered(1, 5);

        assertThat(ids(history.newest(3))).containsExactly("3", "4", "5");
    }

    @Test
    void cursorsLeadBackToTheFirstMessage() {
        addNumbered(1, 7);

        ChatPage newest = history.newest(3);
        ChatPage older = history.before(requireNonNull(newest.cursor()), 3);
        ChatPage oldest = history.before(requireNonNull(older.cursor()), 3);

        assertThat(ids(newest)).containsExactly("5", "6", "7");
        assertThat(ids(older)).containsExactly("2", "3", "4");
        assertThat(ids(oldest)).containsExactly("1");
        assertThat(oldest.cursor()).isNull();
    }

    @Test
    void aPageThatReachesTheFirstMessageHasNoCursor() {
        addNumbered(1, 3);

        assertThat(history.newest(3).cursor()).isNull();
    }

    @Test
    void theOldestGoesWhenItIsFull() {
        addNumbered(1, 12);

        assertThat(ids(history.newest(100))).startsWith("3").endsWith("12").hasSize(10);
    }

    @Test
    void nothingIsLeftBeforeAMessageThatIsGone() {
        addNumbered(1, 12);

        assertThat(history.before("2", 3)).isEqualTo(new ChatPage(List.of(), null));
    }

    @Test
    void aDraftIsRememberedAsLongAsItsMessage() {
        ChatMessage message = numbered(0);
        history.add(message, "draft");

        addNumbered(1, 9);
        assertThat(history.find("draft")).contains(message);

        addNumbered(10, 10);
        assertThat(history.find("draft")).isEmpty();
    }

    private void addNumbered(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(n -> history.add(numbered(n), "draft " + n));
    }

    private static ChatMessage numbered(int n) {
        return new ChatMessage(Integer.toString(n), UserId.of("alice"), "hello", Instant.EPOCH);
    }

    private static List<String> ids(ChatPage page) {
        return page.messages().stream().map(ChatMessage::id).toList();
    }
}
