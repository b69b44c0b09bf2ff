package io.roomrouting.examples.chat;

import io.roomrouting.UserId;
import io.roomrouting.examples.chat.MessageHistory.ClientKey;
import io.roomrouting.jackson.JacksonPayloadCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A history as bytes that outlive the room's host: {@code {"messages":[…]}} in JSON, oldest first. Fields that are not known
 * are passed over, so that a later version may add some.
 */
final class KeptHistory {

    /** What a room may keep, less the frame around the messages. */
    private static final int MAX_BYTES = 2 * 1024 * 1024 - 64;

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
    static void read(byte[] state, MessageHistory into) {
        for (Kept kept : JSON.decode(state).as(KeptMessages.class).messages()) {
            into.add(kept.message(), kept.key());
        }
    }

    private record KeptMessages(List<Kept> messages) {}

    private record Kept(
            String id,
            UserId username,
            String text,
            Instant timestamp,
            @Nullable String clientId) {

        static Kept of(MessageHistory.Entry entry) {
            ChatMessage message = entry.message();
            String clientId = entry.key().map(ClientKey::clientId).orElse(null);
            return new Kept(message.id(), message.username(), message.text(), message.timestamp(), clientId);
        }

        ChatMessage message() {
            return new ChatMessage(id, username, text, timestamp);
        }

        Optional<ClientKey> key() {
            return Optional.ofNullable(clientId).map(name -> new ClientKey(username, name));
        }
    }
}
