package io.roomrouting.jdbc;

import java.time.Instant;
import java.util.Arrays;

/**
 * A message of a {@link JdbcMessageHistory}.
 *
 * @param number its place in the room's history, from 1; a cursor for {@link JdbcMessageHistory#before}
 * @param id the name that was given to it when it was appended
 * @param writtenAt when, by the database's clock; for people
 * @param content a copy for the caller
 */
// Equal by content; the array is the caller's own.
@SuppressWarnings("ArrayRecordComponent")
public record HistoryMessage(long number, String id, Instant writtenAt, byte[] content) {

    @Override
    public boolean equals(Object other) {
        return other instanceof HistoryMessage message
                && number == message.number
                && id.equals(message.id)
                && writtenAt.equals(message.writtenAt)
                && Arrays.equals(content, message.content);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(number) + id.hashCode();
    }

    /** Tells the size only, as the content may be anybody's words. */
    @Override
    public String toString() {
        return "HistoryMessage[number=" + number + ", id=" + id + ", " + content.length + " bytes]";
    }
}
