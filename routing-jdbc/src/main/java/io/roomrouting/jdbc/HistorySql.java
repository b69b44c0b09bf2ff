package io.roomrouting.jdbc;

/**
 * The statements about message histories. Who appends locks the history's row, so that the numbers of its messages are in the
 * order in which they become visible, without gaps.
 */
final class HistorySql {

    private static final String COLUMNS = "SELECT number, message_id, written_at, content FROM routing_message ";

    static final Sql BEGIN = Sql.insertion("""
            INSERT INTO routing_history (room, newest_epoch, newest_number, changed_at)
            VALUES (?, ?, 0, {now})""");

    static final Sql OPEN = Sql.of("""
            UPDATE routing_history SET newest_epoch = ?, changed_at = {now}
            WHERE room = ? AND newest_epoch <= ?
            """);

    static final Sql NEWEST_EPOCH = Sql.of("SELECT newest_epoch FROM routing_history WHERE room = ?");

    /** Takes the next number, unless a newer owner has been seen. */
    static final Sql NEXT_NUMBER = Sql.returning("""
            UPDATE routing_history t
            SET newest_epoch = ?, newest_number = t.newest_number + 1, changed_at = {now}
            WHERE t.room = ? AND t.newest_epoch <= ?""", "t.newest_number");

    static final Sql APPEND = Sql.returning("""
            INSERT INTO routing_message (room, number, message_id, written_at, content)
            VALUES (?, ?, ?, {now}, ?)""", "written_at");

    // Several at once

    /** Locks the history as {@link #NEXT_NUMBER} does, and says what comes next and when that is. */
    static final Sql LOCK = Sql.returning("""
            UPDATE routing_history t SET newest_epoch = ?, changed_at = {now}
            WHERE t.room = ? AND t.newest_epoch <= ?""", "t.newest_number, t.changed_at");

    /** A join, since H2 would look through all of a room's messages for {@code = ANY(?)}. */
    static final Sql BY_IDS = Sql.of("""
            SELECT m.number, m.message_id, m.written_at, m.content
            FROM UNNEST(?) wanted(id) JOIN routing_message m ON m.room = ? AND m.message_id = wanted.id
            """);

    static final Sql APPEND_AT = Sql.of("""
            INSERT INTO routing_message (room, number, message_id, written_at, content)
            VALUES (?, ?, ?, ?, ?)
            """);

    static final Sql ADVANCE = Sql.of("UPDATE routing_history SET newest_number = ? WHERE room = ?");

    static final Sql BY_ID = Sql.of(COLUMNS + "WHERE room = ? AND message_id = ?");

    /** Messages before a number, newest first, that are neither too many nor too old. */
    static final Sql BEFORE = Sql.of(COLUMNS + """
            WHERE room = ? AND number < ?
              AND number > (SELECT h.newest_number FROM routing_history h WHERE h.room = ?) - ?
              AND written_at > {now} - ?
            ORDER BY number DESC
            LIMIT ?
            """);

    static final Sql TRIM = Sql.of("""
            DELETE FROM routing_message
            WHERE room = ? AND number <= ?
            """);

    static final Sql REMOVE_ALL = Sql.of("DELETE FROM routing_message WHERE room = ?");

    // Housekeeping

    static final Sql OLD = Sql.of("""
            SELECT room, number FROM routing_message
            WHERE written_at <= {now} - ?
            ORDER BY written_at
            LIMIT ?
            """);

    static final Sql REMOVE = Sql.of("DELETE FROM routing_message WHERE room = ? AND number = ?");

    static final Sql EMPTY = Sql.of("""
            SELECT h.room FROM routing_history h
            WHERE h.changed_at <= {now} - ?
              AND NOT EXISTS (SELECT 1 FROM routing_message m WHERE m.room = h.room)
            ORDER BY h.changed_at
            LIMIT ?
            """);

    static final Sql REMOVE_EMPTY = Sql.of("DELETE FROM routing_history WHERE room = ? AND changed_at <= {now} - ?");

    private HistorySql() {}
}
