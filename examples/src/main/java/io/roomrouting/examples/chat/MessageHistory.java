package io.roomrouting.examples.chat;

import io.roomrouting.UserId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest messages of a room; when it is full, each new message pushes the oldest one out. */
final class MessageHistory {

    /**
     * A stretch of history.
     *
     * @param messages oldest first
     * @param cursor what to give to {@link #before} for the stretch before this one, null when there is none
     */
    record Page(List<ChatMessage> messages, @Nullable String cursor) {}

    /** The name that a sender's program gave to a message, so that sending it twice is noticed. */
    record ClientKey(UserId sender, String clientId) {}

    /** A message, and the name that its sender's program gave to it. */
    record Entry(ChatMessage message, Optional<ClientKey> key) {}

    private final int capacity;
    private final Deque<Entry> oldestFirst = new ArrayDeque<>();
    private final Map<ClientKey, ChatMessage> byKey = new HashMap<>();

    MessageHistory(int capacity) {
        this.capacity = capacity;
    }

    void add(ChatMessage message, Optional<ClientKey> key) {
        if (oldestFirst.size() == capacity) {
            oldestFirst.removeFirst().key().ifPresent(byKey::remove);
        }
        oldestFirst.addLast(new Entry(message, key));
        key.ifPresent(given -> byKey.put(given, message));
    }

    Optional<ChatMessage> find(ClientKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Iterator<Entry> newestFirst() {
        return oldestFirst.descendingIterator();
    }

    Page newest(int count) {
        return page(newestFirst(), count);
    }

    /** What came before the cursor's page. Nothing is left before a message that has been pushed out. */
    Page before(String cursor, int count) {
        Iterator<Entry> newestFirst = newestFirst();
        while (newestFirst.hasNext()) {
            if (newestFirst.next().message().id().equals(cursor)) {
                return page(newestFirst, count);
            }
        }
        return new Page(List.of(), null);
    }

    private static Page page(Iterator<Entry> newestFirst, int count) {
        Deque<ChatMessage> messages = new ArrayDeque<>();
        while (newestFirst.hasNext() && messages.size() < count) {
            messages.addFirst(newestFirst.next().message());
        }
        String cursor = newestFirst.hasNext() ? messages.getFirst().id() : null;
        return new Page(List.copyOf(messages), cursor);
    }
}
