package io.roomrouting.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.UserId;
import io.roomrouting.jackson.JacksonPayloadCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A history as bytes that outlive the room's host: {@code {"messages":[…]}} in JSON, oldest first. Fields that are not known
 * are passed over, so that a later version may add some.
 */
final class KeptHistory {

    /** What a room may keep, less what it keeps beside its messages, and the frame around them. */
    private static final int MAX_BYTES = KeptRoom.MAX_LOG_BYTES - 64;

    private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();

    private KeptHistory() {}

    /** Writes a history; when it is too large, its oldest messages are left out. */
    static byte[] write(MessageHistory history) {
        Deque<byte[]> oldestFirst = new ArrayDeque<>();
        Iterator<MessageHistory.Entry> newestFirst = history.newestFirst();
        int bytes = 0;
        while (newestFirst.hasNext()) {
            byte[] message = JSON.encode(Kept.of(newestFirst.next()));
            bytes += message.length + 1;
            if (bytes > MAX_BYTES) {
                break;
            }
            oldestFirst.addFirst(message);
        }
        return framed(oldestFirst);
    }

    private static byte[] framed(Deque<byte[]> messages) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("{\"messages\":[".getBytes(StandardCharsets.UTF_8));
        boolean first = true;
        for (byte[] message : messages) {
            if (!first) {
                text.write(',');
            }
            first = false;
            text.writeBytes(message);
        }
        text.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return text.toByteArray();
    }

    /** Puts what was written into an empty history. */
    static void read(JsonNode state, MessageHistory into) {
        for (Kept kept : JSON.decode(JSON.encode(state)).as(KeptMessages.class).messages()) {
            into.add(kept.message(), kept.draft());
        }
    }

    private record KeptMessages(List<Kept> messages) {}

    private record Kept(String id, UserId username, String text, Instant timestamp, String draft) {

        static Kept of(MessageHistory.Entry entry) {
            ChatMessage message = entry.message();
            return new Kept(message.id(), message.username(), message.text(), message.timestamp(), entry.draft());
        }

        ChatMessage message() {
            return new ChatMessage(id, username, text, timestamp);
        }
    }
}
