package io.roomrouting.internal;

import io.roomrouting.Epoch;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ownerships that this host has given back. A registry that has lost its memory may be told by a late message that the
 * host still holds such a room, and lead clients to it under the old epoch; it must not open again under that.
 *
 * <p>Thread-safe. Bounded: when there are too many, the oldest are forgotten, and every epoch up to the newest of those
 * counts as given back. An owner that had not opened its room until then loses it, and its clients look it up again.
 */
final class EndedRooms {

    private static final int MAX_ROOMS = 100_000;

    private final Map<RoomId, Ended> ended = new LinkedHashMap<>();
    private long floor;

    private record Ended(Epoch epoch, Release release) {}

    synchronized void add(RoomAssignment assignment, Release release) {
        ended.remove(assignment.room());
        ended.put(assignment.room(), new Ended(assignment.epoch(), release));
        if (ended.size() > MAX_ROOMS) {
            Iterator<Ended> oldest = ended.values().iterator();
            floor = Math.max(floor, oldest.next().epoch().value());
            oldest.remove();
        }
    }

    /** How the ownership was given back; null if it was not. */
    synchronized @Nullable Release find(RoomAssignment assignment) {
        Ended last = ended.get(assignment.room());
        if (last != null && !assignment.epoch().isNewerThan(last.epoch())) {
            return last.release();
        }
        return assignment.epoch().value() <= floor ? Release.IDLE : null;
    }
}
