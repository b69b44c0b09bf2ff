package io.roomrouting.examples.chat;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.jdbc.AppendResult;
import io.roomrouting.jdbc.HistoryMessage;
import io.roomrouting.jdbc.HistoryPage;
import io.roomrouting.jdbc.JdbcMessageHistory;
import io.roomrouting.jdbc.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages in a database, where their time is taken too. */
public final class JdbcChatStore implements ChatStore {

    private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();
    private static final String CURSOR = "[1-9][0-9]{0,17}";

    private final JdbcMessageHistory history;

    /**
     * Uses a history; touches nothing.
     *
     * @param history where the messages are kept
     */
    public JdbcChatStore(JdbcMessageHistory history) {
        this.history = history;
    }

    @Override
    public Optional<ChatPage> takeOver(RoomId room, Epoch epoch, int newest) {
        return history.open(room, epoch) ? Optional.of(page(room, Optional.empty(), newest)) : Optional.empty();
    }

    @Override
    public Optional<List<ChatMessage>> appendAll(RoomId room, Epoch epoch, List<ChatDraft> drafts) {
        List<NewMessage> messages = drafts.stream().map(JdbcChatStore::written).toList();
        List<ChatMessage> kept = new ArrayList<>();
        for (AppendResult result : history.appendAll(room, epoch, messages)) {
            if (!(result instanceof AppendResult.Kept message)) {
                return Optional.empty();
            }
            kept.add(read(message.message()));
        }
        return Optional.of(kept);
    }

    @Override
    public ChatPage page(RoomId room, Optional<String> before, int count) {
        HistoryPage page =
                before.isPresent() ? history.before(room, numberOf(before.get()), count) : history.newest(room, count);
        List<ChatMessage> messages =
                page.messages().stream().map(JdbcChatStore::read).toList();
        return new ChatPage(
                messages,
                page.before().isPresent() ? Long.toString(page.before().getAsLong()) : null);
    }

    private static long numberOf(String cursor) {
        if (!cursor.matches(CURSOR)) {
            throw RoutingException.invalid("before is a cursor, or the id of a message");
        }
        return Long.parseLong(cursor);
    }

    private static NewMessage written(ChatDraft draft) {
        return new NewMessage(draft.id(), JSON.encode(new Content(draft.username(), draft.text())));
    }

    private static ChatMessage read(HistoryMessage message) {
        Content content = JSON.decode(message.content()).as(Content.class);
        return new ChatMessage(
                Long.toString(message.number()), content.username(), content.text(), message.writtenAt());
    }

    private record Content(UserId username, String text) {}
}
