package io.roomrouting.internal;

import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.SeatId;
import io.roomrouting.UserId;
import io.roomrouting.session.RoomStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one room says of itself to the directory, and how much of that has arrived there.
 *
 * <p>The room's thread writes, whoever reports reads; each change is seen as a whole. It is kept short, and nobody waits for
 * the directory.
 */
final class Notice {

    /** Beyond that the oldest are left out: a reservation that nobody uses ends by itself. */
    private static final int MAX_FREED = 1_000;

    private final RoomAssignment assignment;
    private final NoticeBoard board;
    private final int limit;
    private final boolean counted;
    private final Map<SeatId, UserId> seats = new HashMap<>(0);
    private final Set<SeatId> taken = new LinkedHashSet<>(0);
    private final Set<SeatId> freed = new LinkedHashSet<>(0);
    private Set<SeatId> sentTaken = Set.of();
    private Set<SeatId> sentFreed = Set.of();
    private RoomVisibility visibility;
    private Map<String, String> metadata;
    private boolean locked;
    private int clients;
    private long number;
    private volatile boolean changed = true;
    private boolean listed;
    private boolean posted;
    private volatile boolean over;

    Notice(RoomAssignment assignment, RoomSpec spec, int limit, NoticeBoard board) {
        this.assignment = assignment;
        this.board = board;
        this.limit = limit;
        this.counted = spec.maxClients().isPresent();
        this.visibility = spec.visibility();
        this.metadata = spec.metadata();
        this.listed = visibility == RoomVisibility.PUBLIC;
    }

    RoomAssignment assignment() {
        return assignment;
    }

    /** Says whether each client has a seat of its own. */
    boolean countsSeats() {
        return counted;
    }

    // The room

    synchronized boolean isLocked() {
        return locked;
    }

    synchronized void lock(boolean value) {
        changed = changed || locked != value;
        locked = value;
    }

    synchronized RoomVisibility visibility() {
        return visibility;
    }

    synchronized void visibility(RoomVisibility value) {
        changed = changed || visibility != value;
        visibility = value;
    }

    synchronized Map<String, String> metadata() {
        return metadata;
    }

    synchronized void metadata(Map<String, String> value) {
        changed = changed || !metadata.equals(value);
        metadata = value;
    }

    /** What it says to operators. */
    synchronized RoomStatus status(RoomSpec spec, Duration openFor) {
        return new RoomStatus(assignment, spec, clients, limit, locked, visibility, metadata, openFor);
    }

    /** The room has so many clients now. */
    synchronized void clients(int value) {
        changed = changed || clients != value;
        clients = value;
    }

    /** Somebody has sat down. */
    synchronized void sat(SeatId seat, UserId user, int clientsNow) {
        seats.put(seat, user);
        freed.remove(seat);
        taken.add(seat);
        changed = true;
        clients = clientsNow;
    }

    /** Somebody has got up. */
    synchronized void gotUp(SeatId seat, int clientsNow) {
        unused(seat);
        clients = clientsNow;
    }

    /** A seat is not needed, or not any more. */
    synchronized void unused(SeatId seat) {
        seats.remove(seat);
        taken.remove(seat);
        freed.add(seat);
        changed = true;
        if (freed.size() > MAX_FREED) {
            freed.remove(freed.iterator().next());
        }
    }

    /**
     * Called after every batch of the room's work. Puts the news on the board, if there are any that matter: of a room that is neither listed nor has seats, nobody wants
     * to know how many clients it has.
     */
    void post() {
        if (!changed) {
            return;
        }
        boolean news;
        synchronized (this) {
            boolean shown = visibility == RoomVisibility.PUBLIC;
            news = counted || shown || listed;
            listed = shown;
            changed = false;
            posted |= news;
        }
        if (news) {
            board.put(this);
        }
    }

    /** The directory has forgotten everything: says it all again, if anything has been said. */
    void postAgain() {
        boolean news;
        synchronized (this) {
            taken.addAll(seats.keySet());
            news = posted;
        }
        if (news) {
            board.put(this);
        }
    }

    /** The room says no more. */
    void end() {
        over = true;
        board.remove(this);
    }

    boolean isOver() {
        return over;
    }

    // Whoever reports

    /** The next report; until it is known to have arrived, its changes are not forgotten. */
    synchronized RoomReport next() {
        sentTaken = Set.copyOf(taken);
        sentFreed = Set.copyOf(freed);
        taken.clear();
        freed.clear();
        Map<SeatId, UserId> users = new HashMap<>();
        for (SeatId seat : sentTaken) {
            UserId user = seats.get(seat);
            if (user != null) {
                users.put(seat, user);
            }
        }
        return new RoomReport(
                assignment.room(),
                assignment.epoch(),
                ++number,
                clients,
                limit,
                locked,
                visibility,
                metadata,
                users,
                sentFreed);
    }

    synchronized void arrived() {
        sentTaken = Set.of();
        sentFreed = Set.of();
    }

    /** The last report may not have arrived: its changes go into the next, as far as later ones have not undone them. */
    synchronized void lost() {
        for (SeatId seat : sentTaken) {
            if (seats.containsKey(seat)) {
                taken.add(seat);
            }
        }
        for (SeatId seat : sentFreed) {
            if (!seats.containsKey(seat)) {
                freed.add(seat);
            }
        }
        arrived();
    }
}
