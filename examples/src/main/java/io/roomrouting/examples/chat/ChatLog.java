package io.roomrouting.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is said in one room. Belongs to the room's thread and never blocks: answers come at once or in a later callback, one
 * for each question unless the room ends before.
 */
interface ChatLog {

    /**
     * Begins, after {@link #restore} if there is something to restore.
     *
     * @param shown gets every message that is new to who is here, once it is safe, in the order of the log
     */
    void open(Consumer<ChatMessage> shown);

    /**
     * Adds a message at the end, unless it is there already.
     *
     * @param draft the message
     * @param kept gets the message as it is in the log, after it was shown
     * @param refused gets why it was not added
     */
    void add(ChatDraft draft, Consumer<ChatMessage> kept, Consumer<Refusal> refused);

    /**
     * Reads.
     *
     * @param before a cursor, or nothing for the newest messages
     * @param count how many at most
     * @param then gets the page
     * @param refused gets why there is none; for the newest messages it does not come to that, but they may be long in coming
     */
    void page(Optional<String> before, int count, Consumer<ChatPage> then, Consumer<Refusal> refused);

    /** Writes what must outlive the room's host. */
    byte[] snapshot();

    /** Takes over what an earlier host wrote. */
    void restore(JsonNode state);
}
