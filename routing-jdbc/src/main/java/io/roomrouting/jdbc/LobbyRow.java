package io.roomrouting.jdbc;

import io.roomrouting.RoomListing;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomVisibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A room as a lobby sees it.
 *
 * @param room the room and its owner
 * @param listed whether it is public
 * @param metadata as it is now
 * @param isCurrent whether the rest belongs to the present ownership; otherwise nothing is known of it, and the room is empty
 *     and open
 * @param number the number of the newest report; 0 before the first
 * @param clients how many there are
 * @param reportedLimit how many there may be, as the owner sees it
 * @param locked whether it takes nobody new
 */
record LobbyRow(
        RoomRow room,
        boolean listed,
        Map<String, String> metadata,
        boolean isCurrent,
        long number,
        int clients,
        OptionalInt reportedLimit,
        boolean locked) {

    static LobbyRow read(ResultSet row) throws SQLException {
        RoomRow room = RoomRow.read(row);
        OptionalLong counted = Columns.optionalLong(row, "seats_epoch");
        boolean current = counted.isPresent() && room.isUnder(counted.getAsLong());
        @Nullable String changed = row.getString("metadata_now");
        return new LobbyRow(
                room,
                row.getBoolean("listed"),
                changed == null ? room.spec().metadata() : FormText.toMap(changed),
                current,
                current ? row.getLong("report_number") : 0,
                current ? row.getInt("clients") : 0,
                current ? Columns.optionalInt(row, "reported_limit") : OptionalInt.empty(),
                current && row.getBoolean("locked"));
    }

    LobbyRow after(RoomReport report) {
        return new LobbyRow(
                room,
                report.visibility() == RoomVisibility.PUBLIC,
                report.metadata(),
                true,
                report.number(),
                report.clients(),
                OptionalInt.of(report.limit()),
                report.locked());
    }

    /** How many seats are neither taken nor reserved; empty if no limit is known. */
    OptionalInt free(long reserved) {
        OptionalInt made = room.spec().maxClients();
        if (made.isEmpty() && reportedLimit.isEmpty()) {
            return OptionalInt.empty();
        }
        int limit = Math.min(made.orElse(Integer.MAX_VALUE), reportedLimit.orElse(Integer.MAX_VALUE));
        return OptionalInt.of((int) Math.max(0, limit - clients - reserved));
    }

    RoomListing listing(long reserved) {
        return new RoomListing(room.room(), room.spec(), metadata, clients, free(reserved), locked);
    }

    /** What the column {@code open_seats} is to say. */
    @Nullable Integer openSeats(long reserved) {
        return listed && !locked ? free(reserved).orElse(Integer.MAX_VALUE) : null;
    }
}
