package io.roomrouting.jdbc;

import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomReport;
import io.roomrouting.SeatId;
import io.roomrouting.UserId;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works in what owners say of their rooms, some rooms in a transaction. They are locked in the order of their ids, so that two
 * who do it at once wait for each other and do not deadlock.
 */
final class SeatReports {

    private static final int ROOMS_AT_A_TIME = 100;

    private SeatReports() {}

    /** Returns how many counted. */
    static int apply(Call call, HostIncarnation host, List<RoomReport> reports) throws SQLException {
        List<RoomReport> inOrder = reports.stream()
                .sorted(Comparator.comparing(
                                (RoomReport report) -> report.room().value())
                        .thenComparingLong(RoomReport::number))
                .toList();
        int counted = 0;
        for (int from = 0; from < inOrder.size(); from += ROOMS_AT_A_TIME) {
            List<RoomReport> some = inOrder.subList(from, Math.min(from + ROOMS_AT_A_TIME, inOrder.size()));
            counted += call.atomically(locked -> {
                int rooms = 0;
                for (RoomReport report : some) {
                    rooms += apply(locked, host, report) ? 1 : 0;
                }
                return rooms;
            });
        }
        return counted;
    }

    private static boolean apply(Call call, HostIncarnation host, RoomReport report) throws SQLException {
        Optional<LobbyRow> found = Seats.lock(call, report.room()).filter(row -> counts(row, host, report));
        if (found.isEmpty()) {
            return false;
        }
        LobbyRow before = found.get();
        LobbyRow after = before.after(report);
        Seats.makeSpace(call, before, 0);
        for (Map.Entry<SeatId, UserId> seat : report.taken().entrySet()) {
            take(call, before, seat.getKey(), seat.getValue());
        }
        for (SeatId seat : report.freed()) {
            call.update(SeatSql.FREE, report.room().value(), seat.value());
        }
        Seats.Reservations reservations = before.room().spec().maxClients().isEmpty()
                ? Seats.Reservations.NONE
                : Seats.reservations(call, before);
        Seats.makeSpace(call, after, reservations.lapsed());
        if (before.listed() != after.listed() || !before.metadata().equals(after.metadata())) {
            call.update(
                    SeatSql.DESCRIBED,
                    after.listed(),
                    FormText.of(after.metadata()),
                    report.room().value());
        }
        Seats.count(call, after, reservations.live());
        return true;
    }

    private static boolean counts(LobbyRow row, HostIncarnation host, RoomReport report) {
        return row.room().isOwnedBy(host)
                && row.room().isUnder(report.epoch().value())
                && !row.room().hasLapsed()
                && report.number() > row.number();
    }

    private static void take(Call call, LobbyRow row, SeatId seat, UserId user) throws SQLException {
        String room = row.room().room().value();
        if (call.update(SeatSql.TAKE_RESERVED, user.value(), room, seat.value()) == 0) {
            call.update(SeatSql.TAKE, room, seat.value(), row.room().epoch(), user.value());
        }
    }
}
