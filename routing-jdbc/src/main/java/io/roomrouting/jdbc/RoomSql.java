package io.roomrouting.jdbc;

/** The statements about rooms. */
final class RoomSql {

    static final String COLUMNS = """
            r.id AS room_id, r.type, r.region, r.max_clients, r.metadata, r.made_public, r.epoch, r.owner_name, r.owner_nonce,
            r.address_host, r.address_port, r.address_secure, r.lease, r.vacant_from, {now} AS now_ms
            """;

    private static final String NO_OWNER = """
            epoch = NULL, owner_name = NULL, owner_nonce = NULL,
            address_host = NULL, address_port = NULL, address_secure = NULL, lease = NULL, open_seats = NULL
            """;

    /** Nobody is in the room and nobody expected, as far as anybody has said. */
    private static final String EMPTY_AND_OPEN = """
            seats_epoch = NULL, report_number = 0, clients = 0, reported_limit = NULL, locked = FALSE,
            open_seats = CASE WHEN listed THEN COALESCE(max_clients, 2147483647) END
            """;

    /** The lease behind a room, as far as a look-up needs it. */
    static final String BACKING = """
            , h.id, h.lease_until, h.ended, FALSE AS drains, 0 AS free_rooms, 0 AS free_connections
            """;

    /** A room and the lease behind it, in one look. */
    static final Sql FIND = Sql.of("SELECT " + COLUMNS + BACKING + """
            FROM routing_room r LEFT JOIN routing_host h ON h.id = r.lease
            WHERE r.id = ?
            """);

    /** A room that nobody else changes until the end of the transaction. */
    static final Sql LOCK = Sql.of("SELECT " + COLUMNS + """
            FROM routing_room r
            WHERE r.id = ?
            FOR UPDATE
            """);

    static final Sql INSERT = Sql.insertion("""
            INSERT INTO routing_room (id, type, region, max_clients, metadata, made_public, listed, vacant_from)
            VALUES (?, ?, ?, ?, ?, ?, ?, {now})
            """);

    /** Makes a room anew in the place of one that has expired. */
    static final Sql REMAKE = Sql.of("UPDATE routing_room SET " + NO_OWNER + """
            , type = ?, region = ?, max_clients = ?, metadata = ?, made_public = ?, listed = ?, metadata_now = NULL,
            vacant_from = {now}
            WHERE id = ?
            """);

    /** Counts the time without an owner anew. */
    static final Sql KEEP = Sql.of("""
            UPDATE routing_room SET vacant_from = {now}
            WHERE id = ?
            """);

    static final Sql VACATE = Sql.of("UPDATE routing_room SET " + NO_OWNER + """
            , vacant_from = {now}
            WHERE id = ?
            """);

    static final Sql DELETE = Sql.of("""
            DELETE FROM routing_room
            WHERE id = ?
            """);

    /** A new ownership, if the host has opened and promised fewer rooms than it takes. Its lease is locked. */
    static final Sql GRANT = Sql.returning("""
            UPDATE routing_room t
            SET epoch = {next_epoch}, owner_name = ?, owner_nonce = ?, address_host = ?, address_port = ?,
                address_secure = ?, lease = ?, vacant_from = {now} + ?,
            """ + EMPTY_AND_OPEN + """
            WHERE t.id = ?
              AND (SELECT COUNT(*) FROM routing_room c WHERE c.lease = ? AND c.vacant_from > {now}) < ?""", "t.epoch");

    /** A new ownership that a provider vouches for. */
    static final Sql GRANT_PROVIDED = Sql.returning("""
            UPDATE routing_room t
            SET epoch = {next_epoch}, owner_name = ?, owner_nonce = ?, address_host = ?, address_port = ?,
                address_secure = ?, lease = NULL, vacant_from = {now} + ?,
            """ + EMPTY_AND_OPEN + """
            WHERE t.id = ?""", "t.epoch");

    /** Counts the time of a claim, or of a provider's word, anew; never shortens it. */
    static final Sql EXTEND = Sql.of("""
            UPDATE routing_room SET vacant_from = GREATEST(vacant_from, {now} + ?)
            WHERE id = ?
            """);

    static final Sql CONFIRM = Sql.of("""
            UPDATE routing_room SET vacant_from = NULL
            WHERE id = ?
            """);

    // Housekeeping

    static final Sql EXPIRED = Sql.of("""
            SELECT id FROM routing_room
            WHERE vacant_from <= {now} - ?
            ORDER BY vacant_from
            LIMIT ?
            """);

    static final Sql DELETE_EXPIRED = Sql.of("""
            DELETE FROM routing_room
            WHERE id = ? AND vacant_from <= {now} - ?
            """);

    static final Sql OWNED_BY_THE_DEAD = Sql.of("""
            SELECT r.id, r.lease, h.lease_until
            FROM routing_host h JOIN routing_room r ON r.lease = h.id
            WHERE h.ended
            LIMIT ?
            """);

    static final Sql VACATE_OF_THE_DEAD = Sql.of("""
            UPDATE routing_room SET vacant_from = LEAST(COALESCE(vacant_from, ?), ?),
            """ + NO_OWNER + """
            WHERE id = ? AND lease = ?
            """);

    static final Sql COUNT_UP_TO = Sql.of("""
            SELECT COUNT(*) FROM (SELECT 1 FROM routing_room LIMIT ?) counted
            """);

    private RoomSql() {}
}
