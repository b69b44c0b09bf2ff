package io.roomrouting.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Removes what is too old, a bounded number of rows at a time. */
final class HistoryAge {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final int ROWS = 1_000;

    private HistoryAge() {}

    static int removeOlderThan(Call call, Duration age) throws SQLException {
        List<Place> old = call.all(HistorySql.OLD, Place::read, age.toMillis(), ROWS);
        return call.atomically(batch -> {
            int removed = 0;
            for (Place place : old) {
                removed += batch.update(HistorySql.REMOVE, place.room(), place.number());
            }
            return removed;
        });
    }

    static int removeEmptyOlderThan(Call call, Duration age) throws SQLException {
        List<String> empty = call.all(HistorySql.EMPTY, row -> row.getString(1), age.toMillis(), ROWS);
        return call.atomically(batch -> {
            int removed = 0;
            for (String room : empty) {
                removed += batch.update(HistorySql.REMOVE_EMPTY, room, age.toMillis());
            }
            return removed;
        });
    }

    /** Where a message stands. */
    private record Place(String room, long number) {
        static Place read(ResultSet row) throws SQLException {
            return new Place(row.getString(1), row.getLong(2));
        }
    }
}
