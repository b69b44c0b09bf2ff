package io.roomrouting.agones;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides how a game server's room counter is to be put right. Allocations raise it, and only rooms that end lower it; so
 * what it counts beyond the open rooms are places taken for rooms that have not come. Each of those is given back when it
 * is too old for its room still to come. Not thread-safe.
 */
final class RoomLedger {

    /** More are not kept in mind at a time; what is beyond is seen when these have been given back. */
    private static final int MAX_AWAITED = 10_000;

    private final long unusedAfterNanos;
    private final long shortAfterNanos;

    /** When each place that is taken and not used was first seen, the oldest first. */
    private final Deque<Long> awaited = new ArrayDeque<>();

    private boolean isShort;
    private long shortSince;

    /**
     * What a host has seen since the last look.
     *
     * @param opened rooms that opened
     * @param closed rooms that closed
     */
    record Turnover(int opened, int closed) {}

    /**
     * Makes an empty one.
     *
     * @param unusedAfter how long a place is kept for a room that does not come
     * @param shortAfter how long the counter may be below the number of rooms, because news of an allocation travels more
     *     slowly than the room's first client
     */
    RoomLedger(Duration unusedAfter, Duration shortAfter) {
        unusedAfterNanos = unusedAfter.toNanos();
        shortAfterNanos = shortAfter.toNanos();
    }

    /**
     * Takes a look.
     *
     * @param now a monotonic reading
     * @param counter what the side-car says
     * @param rooms how many rooms are open
     * @param turnover since the last look
     * @return what to add to the counter; negative to give places back
     */
    long difference(long now, RoomCount counter, int rooms, Turnover turnover) {
        long spare = Math.max(0, counter.count() - rooms);
        long ended = Math.min(turnover.closed(), spare);
        match(now, turnover.opened(), Math.min(MAX_AWAITED, spare - ended));
        long expired = expire(now);
        return missing(now, counter, rooms) - ended - expired;
    }

    /** Makes the list as long as there are places without a room: rooms that opened have used the oldest. */
    private void match(long now, int opened, long wanted) {
        for (int i = 0; i < opened; i++) {
            awaited.pollFirst();
        }
        while (awaited.size() > wanted) {
            awaited.removeLast();
        }
        while (awaited.size() < wanted) {
            awaited.addLast(now);
        }
    }

    private long expire(long now) {
        long expired = 0;
        while (!awaited.isEmpty() && now - awaited.getFirst() >= unusedAfterNanos) {
            awaited.removeFirst();
            expired++;
        }
        return expired;
    }

    private long missing(long now, RoomCount counter, int rooms) {
        boolean wasShort = isShort;
        isShort = counter.count() < rooms;
        if (isShort && !wasShort) {
            shortSince = now;
        }
        if (!isShort || now - shortSince < shortAfterNanos) {
            return 0;
        }
        return Math.max(0, Math.min(rooms, counter.capacity()) - counter.count());
    }
}
