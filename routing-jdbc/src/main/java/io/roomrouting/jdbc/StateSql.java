package io.roomrouting.jdbc;

/** The statements about room states. Each change names the newest epoch that it tolerates: that is the fence. */
final class StateSql {

    /**
     * An owner's own deletion is the last that it knows of a room: a load that is executed late begins nothing anew. Every
     * other load opens what was closed.
     */
    static final Sql LOAD = Sql.returning("""
            UPDATE routing_room_state t
            SET stage = CASE WHEN t.stage = 'C' AND t.newest < ? THEN 'O' ELSE t.stage END,
                newest = ?, loads = t.loads + 1, changed_at = {now}
            WHERE t.room = ? AND t.newest <= ?""", "t.stage, t.saved_under, t.loads, t.state");

    static final Sql SAVE = Sql.of("""
            UPDATE routing_room_state
            SET newest = ?, stage = 'S', saved_under = ?, version = ?, loads = 0, changed_at = {now}, state = ?
            WHERE room = ? AND newest <= ?
              AND NOT (stage = 'S' AND saved_under = ? AND version >= ?)
              AND NOT (stage = 'C' AND newest = ? AND version >= ?)
            """);

    static final Sql DELETE = Sql.of("""
            UPDATE routing_room_state
            SET newest = ?, stage = 'C', saved_under = 0, version = ?, loads = 0, changed_at = {now}, state = NULL
            WHERE room = ? AND newest <= ?
            """);

    static final Sql LOOK = Sql.of("""
            SELECT newest, stage, saved_under, version FROM routing_room_state
            WHERE room = ?
            """);

    /** The first row of a room, unless its epoch is so old that the fence of that room may have been forgotten. */
    static final Sql INSERT = Sql.insertion("""
            INSERT INTO routing_room_state (room, newest, stage, saved_under, version, loads, changed_at, state)
            SELECT ?, ?, ?, ?, ?, ?, {now}, ? FROM routing_state_floor f
            WHERE f.floor < ?""");

    static final Sql FLOOR = Sql.of("SELECT floor FROM routing_state_floor");

    // Pruning

    static final Sql OLD_FENCES = Sql.of("""
            SELECT room, newest FROM routing_room_state
            WHERE stage <> 'S' AND changed_at <= {now} - ?
            ORDER BY changed_at
            LIMIT ?
            """);

    static final Sql RAISE_FLOOR = Sql.of("UPDATE routing_state_floor SET floor = GREATEST(floor, ?)");

    static final Sql FORGET = Sql.of("""
            DELETE FROM routing_room_state
            WHERE room = ? AND newest = ? AND stage <> 'S' AND changed_at <= {now} - ?
            """);

    private StateSql() {}
}
