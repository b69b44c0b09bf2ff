package io.roomrouting.jdbc;

import io.roomrouting.RoomSeat;
import io.roomrouting.SeatId;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who gets which seat of a locked room.
 *
 * @param refusal why nobody gets any; then the rest is empty
 * @param seats what each user gets
 * @param renewed the reservations that last longer now
 * @param added the new ones
 */
record SeatPlan(
        Optional<SeatResult> refusal, Map<UserId, RoomSeat> seats, List<SeatId> renewed, Map<UserId, SeatId> added) {

    /**
     * What is known of the seats of some users in a room.
     *
     * @param live how many reservations the room has
     * @param lapsed how many it has besides that are over
     * @param reserved the reservations of these users
     * @param taken a seat of each of them who is in the room
     */
    record Known(long live, long lapsed, Map<UserId, SeatId> reserved, Map<UserId, SeatId> taken) {

        boolean hasNothing(UserId user) {
            return !reserved.containsKey(user) && !taken.containsKey(user);
        }

        boolean comesBack(UserId user) {
            return !reserved.containsKey(user) && taken.containsKey(user);
        }
    }

    /** A seat for each: reserved, new, or taken by himself already. */
    static SeatPlan of(SeatWish wish, Known known, LobbyRow room) {
        if (room.locked()) {
            return backOnly(wish, known);
        }
        long free = room.free(known.live()).orElse(Integer.MAX_VALUE);
        List<UserId> first = wish.users().stream().filter(known::hasNothing).toList();
        if (first.size() > free) {
            return refused(new SeatResult.Full());
        }
        List<UserId> another = wish.users().stream()
                .filter(known::comesBack)
                .limit(free - first.size())
                .toList();
        List<UserId> newSeats = new ArrayList<>(first);
        newSeats.addAll(another);
        return granted(known, newSeats);
    }

    /** A reservation for each, whether he is in the room or not. */
    static SeatPlan ofReservations(SeatWish wish, Known known, LobbyRow room) {
        List<UserId> without = wish.users().stream()
                .filter(user -> !known.reserved().containsKey(user))
                .toList();
        boolean refused =
                room.locked() || without.size() > room.free(known.live()).orElse(Integer.MAX_VALUE);
        return refused ? refused(new SeatResult.Full()) : granted(known, without);
    }

    private static SeatPlan backOnly(SeatWish wish, Known known) {
        if (!known.taken().keySet().containsAll(wish.users())) {
            return refused(new SeatResult.Locked());
        }
        Map<UserId, RoomSeat> seats = new HashMap<>();
        known.taken().forEach((user, seat) -> seats.put(user, new RoomSeat(seat, true)));
        return new SeatPlan(Optional.empty(), seats, List.of(), Map.of());
    }

    private static SeatPlan refused(SeatResult why) {
        return new SeatPlan(Optional.of(why), Map.of(), List.of(), Map.of());
    }

    private static SeatPlan granted(Known known, List<UserId> newSeats) {
        Map<UserId, RoomSeat> seats = new HashMap<>();
        Map<UserId, SeatId> added = new HashMap<>();
        known.taken().forEach((user, seat) -> seats.put(user, new RoomSeat(seat, true)));
        known.reserved().forEach((user, seat) -> seats.put(user, new RoomSeat(seat, false)));
        for (UserId user : newSeats) {
            SeatId seat = SeatId.random();
            added.put(user, seat);
            seats.put(user, new RoomSeat(seat, false));
        }
        return new SeatPlan(
                Optional.empty(), seats, List.copyOf(known.reserved().values()), added);
    }
}
