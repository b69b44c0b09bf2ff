package io.roomrouting.jdbc;

import java.util.Arrays;

/**
 * A message to be added to a {@link JdbcMessageHistory}.
 *
 * @param id what its sender calls it, unique in the room: 1 to 200 characters
 * @param content at most 256 KiB; not to be changed before it is appended
 */
// Equal by content; the array is the caller's own.
@SuppressWarnings("ArrayRecordComponent")
public record NewMessage(String id, byte[] content) {

    @Override
    public boolean equals(Object other) {
        return other instanceof NewMessage message && id.equals(message.id) && Arrays.equals(content, message.content);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Tells the size only, as the content may be anybody's words. */
    @Override
    public String toString() {
        return "NewMessage[id=" + id + ", " + content.length + " bytes]";
    }
}
