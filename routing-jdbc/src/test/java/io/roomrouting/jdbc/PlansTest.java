package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoomFilter;
import io.roomrouting.RoomSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With 1,000 hosts, many rooms and as many messages and states, every statement finds its rows by an index. */
class PlansTest {

    private static final Logger LOG = LoggerFactory.getLogger(PlansTest.class);
    private static final int HOSTS = 1_000;

    @Test
    void postgres_finds_rows_by_indexes() {
        Engine engine = Engine.NEWEST_POSTGRES;
        JdbcDatabase database = filled(engine, 100_000, "generate_series(1, %d) AS s(n)", "decode('00', 'hex')");
        engine.execute("VACUUM ANALYZE");

        usesIndexes(database, "Seq Scan on routing_(room|seat|message|room_state|history)\\b");
        String sorted = "Sort|Seq Scan on routing_(room|seat)\\b";
        check(database, sorted, SeatSql.PAGE, "room-5", 100);
        check(database, sorted, SeatSql.PAGE_OF_TYPE, "default", "room-5", 100);
        check(database, sorted, SeatSql.candidates(RoomFilter.everyRoom()), 1, 16);
        check(database, sorted, SeatSql.candidates(RoomFilter.ofType("default")), 1, "default", 16);
    }

    @Test
    void h2_finds_rows_by_indexes() {
        Engine engine = Engine.H2;
        JdbcDatabase database = filled(engine, 20_000, "(SELECT x AS n FROM SYSTEM_RANGE(1, %d)) s", "X'00'");
        engine.execute("ANALYZE");

        usesIndexes(database, "PUBLIC\\.ROUTING_(ROOM|SEAT|MESSAGE|ROOM_STATE|HISTORY)\\.tableScan");
    }

    /** What reads one room, host or message; lists and housekeeping of all hosts may read all hosts. */
    private static void usesIndexes(JdbcDatabase database, String scan) {
        String life = "nonce-7";
        check(database, scan, RoomSql.FIND, "room-77");
        check(database, scan, RoomSql.LOCK, "room-77");
        check(database, scan, HostSql.LOCK_BY_LIFE, "host-7", life);
        check(database, scan, HostSql.LEASE_BY_ID, 7L);
        check(database, scan, RoomSql.GRANT, "h", life, "a", 1, false, 7L, 1L, "room-77", 7L, 1);
        check(database, scan, RoomSql.CONFIRM, "room-77");
        check(database, scan, HostSql.COUNT_OPENED_LATE, 7L);
        check(database, scan, HostSql.HEARTBEAT, 1L, 1, 1, false, "host-7", life);
        check(database, scan, HostSql.LIST);
        check(database, scan, RoomSql.EXPIRED, 1_000_000L, 500);
        check(database, scan, RoomSql.OWNED_BY_THE_DEAD, 500);
        check(database, scan, HostSql.EXPECT, 7L);
        check(database, scan, SeatSql.PAGE, "room-5", 100);
        check(database, scan, SeatSql.PAGE_OF_TYPE, "default", "room-5", 100);
        check(database, scan, SeatSql.BY_ID, "room-77");
        check(database, scan, SeatSql.LAPSED, 100);
        check(database, scan, SeatSql.candidates(RoomFilter.everyRoom()), 1, 16);
        RoomFilter filter =
                RoomFilter.like(RoomSpec.defaults().withMaxClients(8).withMetadata(Map.of("a", "1")));
        check(database, scan, SeatSql.candidates(filter), 1, "default", 8, "&a=1&", 16);
        check(database, scan, SeatSql.reservedFor(2), "user-7", "user-8");
        check(database, scan, SeatSql.LOCK, "room-77");
        check(database, scan, SeatSql.seatsOf(2), "room-77", 77L, "room-77", 77L, "user-7", "user-8");
        check(database, scan, SeatSql.COUNT, "room-77", 77L);
        check(database, scan, SeatSql.RENEW, 1L, "room-77", "seat-77");
        check(database, scan, SeatSql.CANCEL, "room-77", "seat-77");
        check(database, scan, SeatSql.END_LAPSED, "room-77");
        check(database, scan, SeatSql.END_OF_OTHER_EPOCHS, "room-77", 7L);
        check(database, scan, SeatSql.TAKE_RESERVED, "user-7", "room-77", "seat-77");
        check(database, scan, SeatSql.COUNTED, 1L, 1, 1, false, 1, "room-77");
        check(database, scan, SeatSql.DESCRIBED, true, "", "room-77");
        check(database, scan, StateSql.LOAD, 1L, 1L, "room-77", 1L);
        check(database, scan, StateSql.LOOK, "room-77");
        check(database, scan, HistorySql.BEFORE, "room-77", 9L, "room-77", 100, 1_000L, 50);
        check(database, scan, HistorySql.BY_ID, "room-77", "m-77");
        String wholeRoom = "|ROOM = \\?\\d+\\s*\\*/";
        check(database, scan + wholeRoom, HistorySql.BY_IDS, new String[] {"m-77", "another"}, "room-77");
        check(database, scan, HistorySql.OLD, 1_000_000_000L, 100);
    }

    private static void check(JdbcDatabase database, String scan, Sql sql, @Nullable Object... values) {
        List<String> plan = database.run(call -> {
            Sql explained = Sql.of("EXPLAIN " + withoutResult(sql.in(call.dialect())));
            return call.all(explained, row -> row.getString(1), values);
        });
        String text = String.join("\n", plan);
        LOG.info("{}", text);
        assertThat(text).isNotBlank().doesNotContainPattern(scan);
    }

    /** H2 explains a change whose rows are returned only without that. */
    private static String withoutResult(String sql) {
        String opening = "FINAL TABLE (";
        int start = sql.indexOf(opening);
        return start < 0 ? sql : sql.substring(start + opening.length(), sql.lastIndexOf(')'));
    }

    private static JdbcDatabase filled(Engine engine, int rooms, String numbers, String bytes) {
        JdbcDatabase database = engine.emptyDatabase();
        engine.execute("""
                INSERT INTO routing_host (id, name, nonce, address_host, address_port, address_secure, capacity_rooms,
                    capacity_connections, labels, load_rooms, load_connections, wants_to_drain, ordered_to_drain,
                    confirmed_rooms, lease_until, ended)
                SELECT n, 'host-' || n, 'nonce-' || n, 'a.example.com', 8000, FALSE, 1000, 1000, '', 0, 0, FALSE, FALSE,
                    90, 9000000000000000, n > 990
                FROM %s""".formatted(numbers.formatted(HOSTS)));
        // Nine of ten are open, one of ten is claimed, given back or expired.
        engine.execute("""
                INSERT INTO routing_room (id, type, metadata, epoch, owner_name, owner_nonce, address_host, address_port,
                    address_secure, lease, vacant_from, max_clients, made_public, listed, clients, open_seats)
                SELECT 'room-' || n, CASE WHEN MOD(n, 3) = 0 THEN 'other' ELSE 'default' END, '', n, 'host', 'nonce',
                    'a.example.com', 8000, FALSE, MOD(n, 1000) + 1,
                    CASE WHEN MOD(n, 10) = 0 THEN CAST(n AS BIGINT) * 10000000 ELSE NULL END,
                    8, MOD(n, 2) = 0, MOD(n, 2) = 0, MOD(n, 9), CASE WHEN MOD(n, 2) = 0 THEN 8 - MOD(n, 9) ELSE NULL END
                FROM %s""".formatted(numbers.formatted(rooms)));
        // Half of the seats are reserved, and some of these are over.
        engine.execute("""
                INSERT INTO routing_seat (room, seat, epoch, user_id, ends_at)
                SELECT 'room-' || n, 'seat-' || n, n, 'user-' || n,
                    CASE WHEN MOD(n, 2) = 0 THEN 9000000000000 ELSE NULL END
                FROM %s""".formatted(numbers.formatted(rooms)));
        engine.execute("""
                INSERT INTO routing_room_state (room, newest, stage, saved_under, version, loads, changed_at, state)
                SELECT 'room-' || n, 1, 'S', 1, 1, 0, 0, %s FROM %s""".formatted(bytes, numbers.formatted(rooms)));
        engine.execute("""
                INSERT INTO routing_history (room, newest_epoch, newest_number, changed_at)
                SELECT 'room-' || n, 1, 100, 0 FROM %s""".formatted(numbers.formatted(rooms)));
        engine.execute("""
                INSERT INTO routing_message (room, number, message_id, written_at, content)
                SELECT 'room-' || MOD(n, 1000), n, 'm-' || n, 9000000000000 + n, %s
                FROM %s""".formatted(bytes, numbers.formatted(rooms)));
        return database;
    }
}
