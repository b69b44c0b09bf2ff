package io.roomrouting.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The lease of one life of a host, as far as its rooms hang on it.
 *
 * @param id its row
 * @param until when it ends or has ended
 * @param ended whether its end has been written down; only that is final
 * @param drains whether it takes no rooms
 * @param freeRooms its capacity without the rooms that it has opened
 * @param freeConnections its capacity without the connections that it has reported, and those that are expected
 * @param now the database's time at the look
 */
record LeaseRow(long id, long until, boolean ended, boolean drains, int freeRooms, int freeConnections, long now) {

    static LeaseRow read(ResultSet row) throws SQLException {
        return new LeaseRow(
                row.getLong("id"),
                row.getLong("lease_until"),
                row.getBoolean("ended"),
                row.getBoolean("drains"),
                row.getInt("free_rooms"),
                row.getInt("free_connections"),
                row.getLong("now_ms"));
    }

    boolean isAlive() {
        return !ended && until > now;
    }

    /** Its time is over, but nobody has written that down: a heartbeat that is under way could still win. */
    boolean isUndecided() {
        return !ended && until <= now;
    }
}
