package io.roomrouting.jdbc;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Takes away what is over, a bounded number of rows at a time, so that the tables do not grow. Nothing depends on when it
 * runs: what has expired is unknown from that moment on, row or no row.
 *
 * <p>Run by {@link Turns}.
 */
final class Housekeeping {

    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int ROWS = 500;

    private final Duration retention;
    private final int maxRooms;
    private volatile boolean full;

    Housekeeping(Duration retention, int maxRooms) {
        this.retention = retention;
        this.maxRooms = maxRooms;
    }

    /** Refuses a new room while there are too many, as far as the last look has shown. */
    void checkSpace() {
        if (full) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "the registry takes no more rooms", JdbcRegistry.FULL_RETRY);
        }
    }

    /** Returns how many rooms were removed or taken from dead owners. */
    int tidyUp(Call call) throws SQLException {
        call.update(HostSql.END_ALL_THAT_ARE_OVER);
        List<DeadOwner> orphans = call.all(RoomSql.OWNED_BY_THE_DEAD, DeadOwner::read, ROWS);
        List<String> expired = call.all(RoomSql.EXPIRED, row -> row.getString(1), retention.toMillis(), ROWS);
        int rooms = call.atomically(batch -> vacate(batch, orphans)) + call.atomically(batch -> delete(batch, expired));
        Seats.endLapsed(call, ROWS);
        call.update(HostSql.FORGET_ENDED, REMEMBERED.toMillis());
        full = call.first(RoomSql.COUNT_UP_TO, row -> row.getLong(1), maxRooms).orElse(0L) >= maxRooms;
        return rooms;
    }

    /** In the order of the rooms' names, so that two processes that do it at once wait for each other and do not deadlock. */
    private static int vacate(Call call, List<DeadOwner> orphans) throws SQLException {
        int rooms = 0;
        for (DeadOwner owner :
                orphans.stream().sorted(Comparator.comparing(DeadOwner::room)).toList()) {
            rooms += call.update(RoomSql.VACATE_OF_THE_DEAD, owner.until(), owner.until(), owner.room(), owner.lease());
        }
        return rooms;
    }

    private int delete(Call call, List<String> expired) throws SQLException {
        int rooms = 0;
        for (String room : expired.stream().sorted().toList()) {
            rooms += call.update(RoomSql.DELETE_EXPIRED, room, retention.toMillis());
        }
        return rooms;
    }

    /** A room whose owner's lease has ended. */
    private record DeadOwner(String room, long lease, long until) {
        static DeadOwner read(ResultSet row) throws SQLException {
            return new DeadOwner(row.getString(1), row.getLong(2), row.getLong(3));
        }
    }
}
