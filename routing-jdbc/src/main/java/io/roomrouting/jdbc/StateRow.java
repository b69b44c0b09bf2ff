package io.roomrouting.jdbc;

import io.roomrouting.Epoch;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What is known of a room's state, without the state.
 *
 * @param newest the newest epoch that was seen
 * @param stage O opened, S saved, C closed
 * @param savedUnder the epoch of the state
 * @param version its version
 */
record StateRow(long newest, String stage, long savedUnder, long version) {

    static StateRow read(ResultSet row) throws SQLException {
        return new StateRow(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4));
    }

    boolean fences(Epoch epoch) {
        return epoch.value() < newest;
    }

    /** Says whether a later state of the same ownership, or this very one, is kept, or its end is. */
    boolean hasOvertaken(Epoch epoch, long other) {
        boolean saved = stage.equals("S") && savedUnder == epoch.value();
        boolean closed = stage.equals("C") && newest == epoch.value();
        return (saved || closed) && other <= version;
    }
}
