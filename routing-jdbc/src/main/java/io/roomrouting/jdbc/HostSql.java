package io.roomrouting.jdbc;

/**
 * The statements about hosts.
 *
 * <p>A lease ends for good when {@code ended} is set, and every renewal asks for {@code NOT ended}: so both are changes of one
 * row, of which one comes first, whatever the clock does meanwhile. A room is given to somebody else only after that.
 */
final class HostSql {

    private static final String SUCCEEDED = """
            EXISTS (SELECT 1 FROM routing_host later WHERE later.name = t.name AND later.id > t.id)
            """;

    private static final String PROMISED = """
            (SELECT COUNT(*) FROM routing_room c WHERE c.lease = t.id AND c.vacant_from > {now})
            """;

    /** Claims since the last report. A process that works with version 1 renews the lease and leaves the number as it is. */
    private static final String EXPECTED = """
            (CASE WHEN t.expected_under = t.lease_until THEN t.expected_connections ELSE 0 END)
            """;

    private static final String LEASE = """
            SELECT t.id, t.lease_until, t.ended, t.capacity_rooms - t.confirmed_rooms AS free_rooms,
                   t.capacity_connections - t.load_connections -
            """ + EXPECTED + """
                   AS free_connections, {now} AS now_ms,
                   (t.wants_to_drain OR t.ordered_to_drain OR
            """ + SUCCEEDED + """
            ) AS drains
            FROM routing_host t
            """;

    static final Sql LEASE_BY_ID = Sql.of(LEASE + "WHERE t.id = ?");

    static final Sql LEASE_BY_LIFE = Sql.of(LEASE + "WHERE t.name = ? AND t.nonce = ?");

    /** A lease that nobody else renews, ends or claims on until the end of the transaction. */
    static final Sql LOCK_BY_LIFE = Sql.of(LEASE + """
            WHERE t.name = ? AND t.nonce = ?
            FOR UPDATE
            """);

    static final Sql LOCK_BY_ID = Sql.of(LEASE + """
            WHERE t.id = ?
            FOR UPDATE
            """);

    static final Sql END_IF_OVER = Sql.of("""
            UPDATE routing_host SET ended = TRUE
            WHERE id = ? AND NOT ended AND lease_until <= {now}
            """);

    static final Sql INSERT = Sql.insertion("""
            INSERT INTO routing_host (name, nonce, address_host, address_port, address_secure, capacity_rooms,
                capacity_connections, labels, load_rooms, load_connections, wants_to_drain, ordered_to_drain,
                confirmed_rooms, lease_until, ended, joined_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, FALSE, FALSE, 0, {now} + ?, FALSE, {now})
            """);

    static final Sql JOIN_AGAIN = Sql.of("""
            UPDATE routing_host
            SET address_host = ?, address_port = ?, address_secure = ?, capacity_rooms = ?, capacity_connections = ?,
                labels = ?, lease_until = GREATEST(lease_until, {now} + ?),
                expected_under = CASE WHEN expected_under = lease_until
                    THEN GREATEST(lease_until, {now} + ?) ELSE expected_under END
            WHERE name = ? AND nonce = ? AND NOT ended AND lease_until > {now}
            """);

    static final Sql HEARTBEAT = Sql.returning("""
            UPDATE routing_host t
            SET lease_until = GREATEST(lease_until, {now} + ?), load_rooms = ?, load_connections = ?,
                wants_to_drain = ?, expected_connections = 0
            WHERE t.name = ? AND t.nonce = ? AND NOT t.ended AND t.lease_until > {now}""", "t.ordered_to_drain OR " + SUCCEEDED);

    static final Sql MARK = Sql.of("""
            UPDATE routing_host SET ordered_to_drain = ?
            WHERE name = ? AND nonce = ? AND NOT ended AND lease_until > {now}
            """);

    static final Sql LEAVE = Sql.of("""
            UPDATE routing_host SET ended = TRUE, lease_until = LEAST(lease_until, {now})
            WHERE name = ? AND nonce = ? AND NOT ended
            """);

    static final Sql LIST = Sql.of("""
            SELECT t.name, t.nonce, t.address_host, t.address_port, t.address_secure, t.capacity_rooms,
                   t.capacity_connections, t.labels, t.load_rooms, t.load_connections, {now} - t.joined_at AS age,
            """ + EXPECTED + """
                   AS expected_connections,
                   (t.wants_to_drain OR t.ordered_to_drain OR
            """ + SUCCEEDED + """
                   ) AS drains,
                   t.confirmed_rooms +
            """ + PROMISED + """
                   AS assigned_rooms
            FROM routing_host t
            WHERE NOT t.ended AND t.lease_until > {now}
            """);

    /** Somebody is on the way to a room that was just granted. The lease is locked. */
    static final Sql EXPECT = Sql.of("""
            UPDATE routing_host
            SET expected_connections = CASE WHEN expected_under = lease_until THEN expected_connections + 1 ELSE 1 END,
                expected_under = lease_until
            WHERE id = ?
            """);

    static final Sql COUNT_ALIVE = Sql.of("""
            SELECT COUNT(*) FROM routing_host
            WHERE NOT ended AND lease_until > {now}
            """);

    /** The host opens a room that was promised to it. */
    static final Sql COUNT_OPENED = Sql.of("""
            UPDATE routing_host SET confirmed_rooms = confirmed_rooms + 1
            WHERE id = ? AND NOT ended AND lease_until > {now}
            """);

    /** The host opens a room that is promised to it no longer, if it has a place. Its lease is locked. */
    static final Sql COUNT_OPENED_LATE = Sql.of("""
            UPDATE routing_host t SET confirmed_rooms = confirmed_rooms + 1
            WHERE t.id = ? AND NOT t.ended AND t.lease_until > {now}
              AND t.confirmed_rooms +
            """ + PROMISED + """
              < t.capacity_rooms
            """);

    static final Sql COUNT_GIVEN_BACK = Sql.of("""
            UPDATE routing_host SET confirmed_rooms = confirmed_rooms - 1
            WHERE id = ?
            """);

    // Housekeeping

    static final Sql END_ALL_THAT_ARE_OVER = Sql.of("""
            UPDATE routing_host SET ended = TRUE
            WHERE NOT ended AND lease_until <= {now}
            """);

    static final Sql FORGET_ENDED = Sql.of("""
            DELETE FROM routing_host t
            WHERE t.ended AND t.lease_until <= {now} - ?
              AND NOT EXISTS (SELECT 1 FROM routing_room r WHERE r.lease = t.id)
            """);

    private HostSql() {}
}
