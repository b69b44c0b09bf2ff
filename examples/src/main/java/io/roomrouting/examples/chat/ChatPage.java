package io.roomrouting.examples.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of what was said.
 *
 * @param messages oldest first
 * @param cursor what finds the stretch before this one: the id of its oldest message, null when there is nothing before it
 */
public record ChatPage(List<ChatMessage> messages, @Nullable String cursor) {

    /** Copies the list. */
    public ChatPage {
        messages = List.copyOf(messages);
    }
}
