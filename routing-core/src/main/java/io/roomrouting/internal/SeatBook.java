package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who sits on which seat of a room whose seats are counted, and that each is taken once. A client may come back to its own
 * seat; for a second session of its user it needs another one. Belongs to the room's thread.
 */
final class SeatBook {

    private final Notice notice;
    private final RecentIds spent;
    private final boolean given;
    private final Map<SeatId, SessionRuntime> sitting = new HashMap<>(0);

    /**
     * Begins with no seat taken.
     *
     * @param spent the seats that have been given up on this host lately
     * @param given whether clients without a seat get one, because the directory wants to know who is here
     */
    SeatBook(Notice notice, RecentIds spent, boolean given) {
        this.notice = notice;
        this.spent = spent;
        this.given = given && notice.countsSeats();
    }

    /** Why a ticket's seat is not to be had, or null if it is: it is fresh, or its user sits on it. */
    @Nullable RoutingException refusal(Link link) {
        RoomSeat seat = link.ticket().seat().orElse(null);
        if (seat == null || isOwn(link)) {
            return null;
        }
        boolean free = !sitting.containsKey(seat.id());
        if (free && !seat.taken() && !spent.contains(seat.id().value())) {
            return null;
        }
        if (free && seat.taken()) {
            // The directory has not heard that it is free, or has forgotten.
            notice.unused(seat.id());
        }
        return lookUpAgain();
    }

    /** Why its user cannot have another session on the seat that he sits on already, or null if he does not. */
    @Nullable RoutingException refusalOfAnother(Link link) {
        if (!isOwn(link)) {
            return null;
        }
        // A seat that was free when the ticket was made has been taken by another of the user's tickets meanwhile.
        boolean full = link.ticket().seat().map(RoomSeat::taken).orElse(false);
        return full
                ? RoutingException.roomRefused(ErrorCode.ROOM_FULL, "the room has no seat for another session")
                : lookUpAgain();
    }

    private static RoutingException lookUpAgain() {
        return RoutingException.lookUpAgain(ErrorCode.TICKET_USED, "the ticket's seat has been used");
    }

    private boolean isOwn(Link link) {
        SessionRuntime holder =
                link.ticket().seat().map(seat -> sitting.get(seat.id())).orElse(null);
        return holder != null && holder.user().equals(link.user());
    }

    /** A client that has come back to its session does not need the new seat that was kept for it. */
    void resumed(Link link) {
        RoomSeat seat = link.ticket().seat().orElse(null);
        if (seat != null && !sitting.containsKey(seat.id())) {
            spent.add(seat.id().value());
            notice.unused(seat.id());
        }
    }

    /** A session has been added; it takes its ticket's seat, perhaps over from one that it replaces. */
    void sit(SessionRuntime session, @Nullable RoomSeat seat, int clients) {
        SeatId id = seat != null ? seat.id() : given ? SeatId.random() : null;
        if (id == null) {
            notice.clients(clients);
            return;
        }
        SessionRuntime replaced = sitting.put(id, session);
        if (replaced != null) {
            replaced.sitsOn(null);
        }
        session.sitsOn(id);
        notice.sat(id, session.user(), clients);
    }

    /** A session has been removed. */
    void getUp(SessionRuntime session, int clients) {
        SeatId id = session.seatId();
        if (id == null) {
            notice.clients(clients);
            return;
        }
        sitting.remove(id, session);
        session.sitsOn(null);
        spent.add(id.value());
        notice.gotUp(id, clients);
    }
}
