package io.roomrouting.jdbc;

import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRecord;
import io.roomrouting.SeatId;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import io.roomrouting.jdbc.SeatPlan.Known;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Seats in one room. Whoever changes them locks the room's row first, so that all who want a seat in it do so one after the
 * other, and counts what is reserved only then.
 */
final class Seats {

    private final Rooms rooms;
    private final Duration retention;

    Seats(Rooms rooms, Duration retention) {
        this.rooms = rooms;
        this.retention = retention;
    }

    SeatResult reserve(Call call, RoomId room, SeatWish wish) throws SQLException {
        Optional<RoomRecord> found = rooms.find(call, room);
        if (found.isEmpty()) {
            return new SeatResult.NoSuchRoom();
        }
        if (found.get().assignment().isEmpty()) {
            return new SeatResult.Vacant(found.get());
        }
        return found.get().spec().maxClients().isEmpty()
                ? new SeatResult.Reserved(found.get(), Map.of())
                : call.atomically(locked -> reserveIn(locked, room, wish));
    }

    private SeatResult reserveIn(Call call, RoomId room, SeatWish wish) throws SQLException {
        Optional<LobbyRow> found = lock(call, room);
        if (found.isEmpty()) {
            return new SeatResult.NoSuchRoom();
        }
        LobbyRow row = found.get();
        Optional<LeaseRow> backing = Rooms.backing(call, row.room());
        if (!row.room().isInForce(backing)) {
            return row.room().isKnown(backing, retention)
                    ? new SeatResult.Vacant(row.room().toRecord(backing))
                    : new SeatResult.NoSuchRoom();
        }
        Known known = known(call, row, wish);
        SeatPlan plan = SeatPlan.of(wish, known, row);
        if (plan.refusal().isPresent()) {
            return plan.refusal().get();
        }
        write(call, row, known, plan, wish.hold());
        return new SeatResult.Reserved(row.room().toRecord(backing), plan.seats());
    }

    /** Reserves seats in a room that was chosen for a match, if it still fits. */
    Optional<SeatResult.Reserved> reserveMatched(Call call, RoomId room, RoomFilter filter, SeatWish wish)
            throws SQLException {
        return call.atomically(locked -> {
            Optional<LobbyRow> found = lock(locked, room).filter(fits(filter));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            LobbyRow row = found.get();
            Optional<LeaseRow> backing = Rooms.backing(locked, row.room());
            if (!row.room().isInForce(backing)) {
                return Optional.empty();
            }
            Known known = known(locked, row, wish);
            SeatPlan plan = SeatPlan.ofReservations(wish, known, row);
            if (plan.refusal().isPresent()) {
                return Optional.empty();
            }
            boolean counted = row.room().spec().maxClients().isPresent();
            if (counted) {
                write(locked, row, known, plan, wish.hold());
            }
            return Optional.of(
                    new SeatResult.Reserved(row.room().toRecord(backing), counted ? plan.seats() : Map.of()));
        });
    }

    private static Predicate<LobbyRow> fits(RoomFilter filter) {
        return row -> row.listed() && filter.fits(row.room().spec(), row.metadata());
    }

    static Optional<LobbyRow> lock(Call call, RoomId room) throws SQLException {
        return call.first(SeatSql.LOCK, LobbyRow::read, room.value());
    }

    private static Known known(Call call, LobbyRow row, SeatWish wish) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            values.add(row.room().room().value());
            values.add(row.room().epoch());
        }
        wish.users().forEach(user -> values.add(user.value()));
        List<Line> lines = call.all(SeatSql.seatsOf(wish.users().size()), Line::read, values.toArray());
        Map<UserId, SeatId> reserved = new HashMap<>();
        Map<UserId, SeatId> taken = new HashMap<>();
        for (Line line : lines) {
            line.own().ifPresent(own -> (own.reserved() ? reserved : taken).put(own.user(), own.seat()));
        }
        return new Known(lines.get(0).live(), lines.get(0).lapsed(), reserved, taken);
    }

    /** How many reservations a room has, and one seat of somebody who was asked for, if there is any. */
    private record Line(long live, long lapsed, Optional<Own> own) {
        static Line read(ResultSet row) throws SQLException {
            @Nullable String seat = row.getString("seat");
            Optional<Own> own = seat == null
                    ? Optional.empty()
                    : Optional.of(new Own(
                            UserId.of(row.getString("user_id")),
                            SeatId.of(seat),
                            Columns.optionalLong(row, "ends_at").isPresent()));
            return new Line(row.getLong("live"), row.getLong("lapsed"), own);
        }
    }

    private record Own(UserId user, SeatId seat, boolean reserved) {}

    private static void write(Call call, LobbyRow row, Known known, SeatPlan plan, Duration hold) throws SQLException {
        String room = row.room().room().value();
        makeSpace(call, row, known.lapsed());
        List<@Nullable Object[]> renewed = new ArrayList<>();
        plan.renewed().forEach(seat -> renewed.add(new @Nullable Object[] {hold.toMillis(), room, seat.value()}));
        call.updateAll(SeatSql.RENEW, renewed);
        List<@Nullable Object[]> added = new ArrayList<>();
        plan.added()
                .forEach((user, seat) -> added.add(
                        new @Nullable Object[] {room, seat.value(), row.room().epoch(), user.value(), hold.toMillis()
                        }));
        call.updateAll(SeatSql.RESERVE, added);
        if (!row.isCurrent() || known.lapsed() > 0 || !added.isEmpty()) {
            count(call, row, known.live() + added.size());
        }
    }

    /** Removes what is over, by its time or with an earlier ownership. */
    static void makeSpace(Call call, LobbyRow row, long lapsed) throws SQLException {
        if (!row.isCurrent()) {
            call.update(
                    SeatSql.END_OF_OTHER_EPOCHS,
                    row.room().room().value(),
                    row.room().epoch());
        }
        if (lapsed > 0) {
            call.update(SeatSql.END_LAPSED, row.room().room().value());
        }
    }

    static void count(Call call, LobbyRow row, long reserved) throws SQLException {
        call.update(
                SeatSql.COUNTED,
                row.number(),
                row.clients(),
                row.reportedLimit().isPresent() ? row.reportedLimit().getAsInt() : null,
                row.locked(),
                row.openSeats(reserved),
                row.room().room().value());
    }

    boolean cancel(Call call, RoomId room, Set<SeatId> seats) throws SQLException {
        return call.atomically(locked -> end(locked, room, seats));
    }

    /** Ends reservations that are over, a bounded number at a time. */
    static boolean endLapsed(Call call, int atMost) throws SQLException {
        Set<String> lapsed = new TreeSet<>(call.all(SeatSql.LAPSED, row -> row.getString(1), atMost));
        return call.atomically(locked -> {
            for (String room : lapsed) {
                end(locked, RoomId.of(room), Set.of());
            }
            return !lapsed.isEmpty();
        });
    }

    private static boolean end(Call call, RoomId room, Set<SeatId> seats) throws SQLException {
        Optional<LobbyRow> found = lock(call, room);
        if (found.isEmpty()) {
            return false;
        }
        int ended = call.update(SeatSql.END_LAPSED, room.value());
        for (SeatId seat : seats) {
            ended += call.update(SeatSql.CANCEL, room.value(), seat.value());
        }
        if (ended > 0 && found.get().room().newest().isPresent()) {
            makeSpace(call, found.get(), 0);
            count(call, found.get(), reservations(call, found.get()).live());
        }
        return ended > 0;
    }

    static Reservations reservations(Call call, LobbyRow row) throws SQLException {
        return call.first(
                        SeatSql.COUNT,
                        Reservations::read,
                        row.room().room().value(),
                        row.room().epoch())
                .orElseThrow();
    }

    /**
     * The reservations of a room.
     *
     * @param live how many there are
     * @param lapsed how many there are besides that are over
     */
    record Reservations(long live, long lapsed) {

        static final Reservations NONE = new Reservations(0, 0);

        static Reservations read(ResultSet row) throws SQLException {
            return new Reservations(row.getLong("live"), row.getLong("lapsed"));
        }
    }
}
