package io.roomrouting.jdbc;

import java.util.List;
import java.util.OptionalLong;

/**
 * A stretch of a room's history.
 *
 * @param messages oldest first
 * @param before the cursor for the stretch before this one; empty when there is none
 */
public record HistoryPage(List<HistoryMessage> messages, OptionalLong before) {

    /** Copies the list. */
    public HistoryPage {
        messages = List.copyOf(messages);
    }
}
