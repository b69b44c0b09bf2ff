package io.roomrouting.jdbc;

import io.roomrouting.RoomFilter;
import java.util.Collections;

/** The statements about public rooms and seats. */
final class SeatSql {

    private static final String LOBBY = """
            , r.listed, r.metadata_now, r.seats_epoch, r.report_number, r.clients, r.reported_limit, r.locked
            """;

    /** What a list says of a room, and all that decides whether it is listed. */
    private static final String LISTING = "SELECT " + RoomSql.COLUMNS + LOBBY + RoomSql.BACKING + """
            , (SELECT COUNT(*) FROM routing_seat s
               WHERE s.room = r.id AND s.epoch = r.epoch AND s.ends_at > {now}) AS reserved
            FROM routing_room r LEFT JOIN routing_host h ON h.id = r.lease
            """;

    private static final String IN_FORCE = """
            r.epoch IS NOT NULL AND (r.vacant_from IS NULL OR r.vacant_from > {now})
              AND (r.lease IS NULL OR (h.ended = FALSE AND h.lease_until > {now}))
            """;

    // Lists and matches

    static final Sql PAGE = Sql.of(LISTING + """
            WHERE r.listed = TRUE AND r.id > ?
            ORDER BY r.id
            LIMIT ?
            """);

    static final Sql PAGE_OF_TYPE = Sql.of(LISTING + """
            WHERE r.listed = TRUE AND r.type = ? AND r.id > ?
            ORDER BY r.id
            LIMIT ?
            """);

    static final Sql BY_ID = Sql.of(LISTING + """
            WHERE r.id = ?
            """);

    /** Rooms where reservations are over that still keep them from looking as open as they are. */
    static final Sql LAPSED = Sql.of("""
            SELECT room FROM routing_seat
            WHERE ends_at <= {now}
            ORDER BY ends_at
            LIMIT ?
            """);

    /** Open rooms, those with the fewest free seats first. The values: free seats, what the filter names, how many. */
    static Sql candidates(RoomFilter filter) {
        StringBuilder sql = new StringBuilder(LISTING)
                .append("WHERE r.open_seats >= ? AND (r.seats_epoch IS NULL OR r.seats_epoch = r.epoch) AND ")
                .append(IN_FORCE);
        filter.type().ifPresent(type -> sql.append(" AND r.type = ?"));
        filter.region().ifPresent(region -> sql.append(" AND r.region = ?"));
        filter.maxClients().ifPresent(limit -> sql.append(" AND r.max_clients = ?"));
        filter.metadata()
                .forEach((key, value) ->
                        sql.append(" AND POSITION(? IN '&' || COALESCE(r.metadata_now, r.metadata) || '&') > 0"));
        return Sql.of(
                sql.append(" ORDER BY r.open_seats, r.clients DESC LIMIT ?").toString());
    }

    /** How many of some users have reservations where. */
    static Sql reservedFor(int users) {
        return Sql.of("""
                SELECT s.room, COUNT(*)
                FROM routing_seat s JOIN routing_room r ON r.id = s.room AND r.epoch = s.epoch
                WHERE s.ends_at > {now} AND s.user_id IN (%s)
                GROUP BY s.room
                LIMIT 100
                """.formatted(places(users)));
    }

    // One room

    /** A room that nobody else changes until the end of the transaction. */
    static final Sql LOCK = Sql.of("SELECT " + RoomSql.COLUMNS + LOBBY + """
            FROM routing_room r
            WHERE r.id = ?
            FOR UPDATE
            """);

    /** How many reservations a room has, and how many that are over. */
    private static final String RESERVATIONS = """
            SELECT COUNT(CASE WHEN ends_at > {now} THEN 1 END) AS live,
                   COUNT(CASE WHEN ends_at <= {now} THEN 1 END) AS lapsed
            FROM routing_seat
            WHERE room = ? AND epoch = ? AND ends_at > 0
            """;

    static final Sql COUNT = Sql.of(RESERVATIONS);

    /** The same, and the seats of some users. */
    static Sql seatsOf(int users) {
        return Sql.of("""
                SELECT c.live, c.lapsed, s.seat, s.user_id, s.ends_at
                FROM (%s) c LEFT JOIN routing_seat s
                  ON s.room = ? AND s.epoch = ? AND s.user_id IN (%s) AND (s.ends_at IS NULL OR s.ends_at > {now})
                """.formatted(RESERVATIONS, places(users)));
    }

    static final Sql RESERVE = Sql.of("""
            INSERT INTO routing_seat (room, seat, epoch, user_id, ends_at)
            VALUES (?, ?, ?, ?, {now} + ?)
            """);

    static final Sql RENEW = Sql.of("""
            UPDATE routing_seat SET ends_at = {now} + ?
            WHERE room = ? AND seat = ?
            """);

    static final Sql CANCEL = Sql.of("""
            DELETE FROM routing_seat
            WHERE room = ? AND seat = ? AND ends_at IS NOT NULL
            """);

    static final Sql END_LAPSED = Sql.of("""
            DELETE FROM routing_seat
            WHERE room = ? AND ends_at <= {now}
            """);

    static final Sql END_OF_OTHER_EPOCHS = Sql.of("""
            DELETE FROM routing_seat
            WHERE room = ? AND epoch <> ?
            """);

    static final Sql TAKE_RESERVED = Sql.of("""
            UPDATE routing_seat SET user_id = ?, ends_at = NULL
            WHERE room = ? AND seat = ?
            """);

    static final Sql TAKE = Sql.of("""
            INSERT INTO routing_seat (room, seat, epoch, user_id)
            VALUES (?, ?, ?, ?)
            """);

    static final Sql FREE = Sql.of("""
            DELETE FROM routing_seat
            WHERE room = ? AND seat = ?
            """);

    /** The room is locked. */
    static final Sql COUNTED = Sql.of("""
            UPDATE routing_room
            SET seats_epoch = epoch, report_number = ?, clients = ?, reported_limit = ?, locked = ?, open_seats = ?
            WHERE id = ?
            """);

    /** What only the owner says. The room is locked. */
    static final Sql DESCRIBED = Sql.of("""
            UPDATE routing_room SET listed = ?, metadata_now = ?
            WHERE id = ?
            """);

    private SeatSql() {}

    private static String places(int values) {
        return String.join(", ", Collections.nCopies(values, "?"));
    }
}
