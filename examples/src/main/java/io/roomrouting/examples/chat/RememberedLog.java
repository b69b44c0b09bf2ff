package io.roomrouting.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.session.Room;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The newest thousand messages, in the room itself: they live as long as its state is kept. */
final class RememberedLog implements ChatLog {

    private static final int CAPACITY = 1_000;

    private final Room room;
    private final MessageHistory history = new MessageHistory(CAPACITY);
    private Consumer<ChatMessage> shown = message -> {};

    RememberedLog(Room room) {
        this.room = room;
    }

    @Override
    public void open(Consumer<ChatMessage> toWhoIsHere) {
        shown = toWhoIsHere;
    }

    @Override
    public void add(ChatDraft draft, Consumer<ChatMessage> kept, Consumer<Refusal> refused) {
        kept.accept(history.find(draft.id()).orElseGet(() -> publish(draft)));
    }

    private ChatMessage publish(ChatDraft draft) {
        ChatMessage message = new ChatMessage(UUID.randomUUID().toString(), draft.username(), draft.text(), room.now());
        history.add(message, draft.id());
        shown.accept(message);
        return message;
    }

    @Override
    public void page(Optional<String> before, int count, Consumer<ChatPage> then, Consumer<Refusal> refused) {
        then.accept(before.map(cursor -> history.before(cursor, count)).orElseGet(() -> history.newest(count)));
    }

    @Override
    public byte[] snapshot() {
        return KeptHistory.write(history);
    }

    @Override
    public void restore(JsonNode state) {
        KeptHistory.read(state, history);
    }
}
