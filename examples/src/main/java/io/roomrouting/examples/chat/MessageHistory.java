package io.roomrouting.examples.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest messages of a room; when it is full, each new message pushes the oldest one out. */
final class MessageHistory {

    /**
     * A message, and what it was before.
     *
     * @param message as everyone gets it
     * @param draft the {@link ChatDraft#id}
     */
    record Entry(ChatMessage message, String draft) {}

    private final int capacity;
    private final Deque<Entry> oldestFirst = new ArrayDeque<>();
    private final Map<String, ChatMessage> byDraft = new HashMap<>();

    MessageHistory(int capacity) {
        this.capacity = capacity;
    }

    void add(ChatMessage message, String draft) {
        if (oldestFirst.size() == capacity) {
            byDraft.remove(oldestFirst.removeFirst().draft());
        }
        oldestFirst.addLast(new Entry(message, draft));
        byDraft.put(draft, message);
    }

    Optional<ChatMessage> find(String draft) {
        return Optional.ofNullable(byDraft.get(draft));
    }

    Iterator<Entry> newestFirst() {
        return oldestFirst.descendingIterator();
    }

    ChatPage newest(int count) {
        return page(newestFirst(), count);
    }

    /** What came before the cursor's page. Nothing is left before a message that has been pushed out. */
    ChatPage before(String cursor, int count) {
        Iterator<Entry> newestFirst = newestFirst();
        while (newestFirst.hasNext()) {
            if (newestFirst.next().message().id().equals(cursor)) {
                return page(newestFirst, count);
            }
        }
        return new ChatPage(List.of(), null);
    }

    private static ChatPage page(Iterator<Entry> newestFirst, int count) {
        Deque<ChatMessage> messages = new ArrayDeque<>();
        while (newestFirst.hasNext() && messages.size() < count) {
            messages.addFirst(newestFirst.next().message());
        }
        String cursor = newestFirst.hasNext() ? messages.getFirst().id() : null;
        return new ChatPage(List.copyOf(messages), cursor);
    }
}
