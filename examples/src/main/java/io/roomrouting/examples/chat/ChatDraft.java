package io.roomrouting.examples.chat;

import io.roomrouting.UserId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * A message that is not taken yet.
 *
 * @param id 32 or 36 characters of ASCII; a message that its sender repeats has the same one
 * @param username who wrote it
 * @param text 1 to 1,000 characters
 */
public record ChatDraft(String id, UserId username, String text) {

    private static final int ID_BYTES = 24;

    /** A message that its sender's program has given no name; it is a new one each time. */
    static ChatDraft unnamed(UserId sender, String text) {
        return new ChatDraft(UUID.randomUUID().toString(), sender, text);
    }

    /** A message under the name that its sender's program gave to it; the name counts for this sender alone. */
    static ChatDraft named(UserId sender, String clientId, String text) {
        // Control characters are in no user id: what is before it is the user.
        String name = sender.value() + '\0' + clientId;
        ByteBuffer units = ByteBuffer.allocate(name.length() * Character.BYTES);
        name.chars().forEach(unit -> units.putChar((char) unit));
        byte[] digest = sha256().digest(units.array());
        String id = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, ID_BYTES));
        return new ChatDraft(id, sender, text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Leaves the text out, as it may be anybody's words. */
    @Override
    public String toString() {
        return "ChatDraft[id=" + id + ", username=" + username + "]";
    }
}
