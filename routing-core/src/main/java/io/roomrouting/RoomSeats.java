package io.roomrouting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The seats of a room under one ownership: what its owner has reported, and what is reserved besides. Used under the lock of
 * the room's {@link RoomEntry}.
 */
final class RoomSeats {

    private final OptionalInt made;
    private final Map<UserId, Reservation> byUser = new HashMap<>(0);
    private final Map<SeatId, Reservation> bySeat = new HashMap<>(0);
    private final NavigableSet<Reservation> byEnd = new TreeSet<>(SOONEST_FIRST);
    private final Map<SeatId, UserId> taken = new HashMap<>(0);
    private final Map<UserId, List<SeatId>> sitting = new HashMap<>(0);
    private OptionalInt reported = OptionalInt.empty();
    private long newest;
    private int clients;
    private boolean locked;

    private static final Comparator<Reservation> SOONEST_FIRST = (one, other) -> one.endsAt == other.endsAt
            ? one.seat.value().compareTo(other.seat.value())
            : Long.signum(one.endsAt - other.endsAt);

    private record Reservation(SeatId seat, UserId user, long endsAt) {}

    /**
     * Begins with an empty, open room.
     *
     * @param made the limit that the room was made with
     */
    RoomSeats(OptionalInt made) {
        this.made = made;
    }

    boolean isLocked() {
        return locked;
    }

    int clients() {
        return clients;
    }

    /** How many seats are neither taken nor reserved; empty if no limit is known. */
    OptionalInt free(long now) {
        expire(now);
        if (made.isEmpty() && reported.isEmpty()) {
            return OptionalInt.empty();
        }
        int limit = Math.min(made.orElse(Integer.MAX_VALUE), reported.orElse(Integer.MAX_VALUE));
        return OptionalInt.of(Math.max(0, limit - clients - byUser.size()));
    }

    /** Says how many of the users have no reservation. */
    int without(SeatWish wish, long now) {
        expire(now);
        return (int)
                wish.users().stream().filter(user -> !byUser.containsKey(user)).count();
    }

    /** Reserves a seat for each of the users, also for those who have a taken one. */
    boolean reserveNew(SeatWish wish, long now, Map<UserId, RoomSeat> seats) {
        if (locked || without(wish, now) > free(now).orElse(Integer.MAX_VALUE)) {
            return false;
        }
        if (made.isPresent()) {
            wish.users().forEach(user -> seats.put(user, reserve(user, wish.hold(), now)));
        }
        return true;
    }

    /** Finds a seat for each of the users: reserved, new, or taken by himself already. */
    SeatResult reserve(RoomRecord room, SeatWish wish, long now) {
        if (made.isEmpty()) {
            return new SeatResult.Reserved(room, Map.of());
        }
        expire(now);
        if (locked) {
            return comeBack(room, wish);
        }
        List<UserId> first = new ArrayList<>();
        List<UserId> returning = new ArrayList<>();
        for (UserId user : wish.users()) {
            if (!byUser.containsKey(user)) {
                (sitting.containsKey(user) ? returning : first).add(user);
            }
        }
        int free = free(now).orElse(Integer.MAX_VALUE);
        if (first.size() > free) {
            return new SeatResult.Full();
        }
        List<UserId> back = returning.subList(Math.min(returning.size(), free - first.size()), returning.size());
        Map<UserId, RoomSeat> seats = new HashMap<>();
        for (UserId user : wish.users()) {
            seats.put(user, back.contains(user) ? takenBy(user) : reserve(user, wish.hold(), now));
        }
        return new SeatResult.Reserved(room, seats);
    }

    private SeatResult comeBack(RoomRecord room, SeatWish wish) {
        if (!sitting.keySet().containsAll(wish.users())) {
            return new SeatResult.Locked();
        }
        Map<UserId, RoomSeat> seats = new HashMap<>();
        wish.users().forEach(user -> seats.put(user, takenBy(user)));
        return new SeatResult.Reserved(room, seats);
    }

    private RoomSeat takenBy(UserId user) {
        List<SeatId> seats = sitting.getOrDefault(user, List.of());
        return new RoomSeat(seats.get(seats.size() - 1), true);
    }

    private RoomSeat reserve(UserId user, Duration hold, long now) {
        Reservation known = byUser.get(user);
        SeatId seat = known == null ? SeatId.random() : known.seat;
        if (known != null) {
            byEnd.remove(known);
        }
        Reservation reservation = new Reservation(seat, user, now + hold.toNanos());
        byUser.put(user, reservation);
        bySeat.put(seat, reservation);
        byEnd.add(reservation);
        return new RoomSeat(seat, false);
    }

    void cancel(SeatId seat) {
        Reservation reservation = bySeat.get(seat);
        if (reservation != null) {
            end(reservation);
        }
    }

    private void expire(long now) {
        while (!byEnd.isEmpty() && byEnd.first().endsAt - now <= 0) {
            end(byEnd.first());
        }
    }

    private void end(Reservation reservation) {
        byEnd.remove(reservation);
        bySeat.remove(reservation.seat);
        byUser.remove(reservation.user);
    }

    /** Works a report in; false if a later one has come before it. */
    boolean report(RoomReport report) {
        if (report.number() <= newest) {
            return false;
        }
        newest = report.number();
        clients = report.clients();
        reported = OptionalInt.of(report.limit());
        locked = report.locked();
        report.taken().forEach(this::sit);
        report.freed().forEach(this::free);
        return true;
    }

    private void sit(SeatId seat, UserId user) {
        cancel(seat);
        if (taken.putIfAbsent(seat, user) == null) {
            sitting.computeIfAbsent(user, newcomer -> new ArrayList<>(1)).add(seat);
        }
    }

    private void free(SeatId seat) {
        cancel(seat);
        @Nullable UserId user = taken.remove(seat);
        if (user != null) {
            sitting.computeIfPresent(user, (same, seats) -> {
                seats.remove(seat);
                return seats.isEmpty() ? null : seats;
            });
        }
    }
}
