package io.roomrouting.jdbc;

/** How {@link JdbcMessageHistory#append} ended. */
public sealed interface AppendResult {

    /**
     * The message is in the history.
     *
     * @param message as it stands there; what was appended first if it was appended before
     * @param again whether a message of this id was there already
     */
    record Kept(HistoryMessage message, boolean again) implements AppendResult {}

    /** A newer epoch has been seen: the caller owns the room no more, and nothing was changed. */
    record Fenced() implements AppendResult {}
}
