package io.roomrouting.agones;

import io.roomrouting.RoomId;
import io.roomrouting.TimeSource;
import io.roomrouting.agones.AllocationAnswer.Allocated;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers for some seconds what was allocated for a room, so that a caller who comes back because something behind the
 * allocation failed does not take another place. Thread-safe and bounded.
 */
final class RecentAllocations {

    private static final int MAX = 10_000;
    private static final long LIFE_NANOS = Duration.ofSeconds(10).toNanos();

    private final TimeSource time;
    private final Map<RoomId, Remembered> byRoom = new LinkedHashMap<>();

    /**
     * What was allocated.
     *
     * @param server the game server
     * @param wasLiving whether its host was there
     */
    record Recent(Allocated server, boolean wasLiving) {}

    private record Remembered(Recent recent, long at) {}

    RecentAllocations(TimeSource time) {
        this.time = time;
    }

    synchronized Optional<Recent> of(RoomId room) {
        dropOld();
        return Optional.ofNullable(byRoom.get(room)).map(Remembered::recent);
    }

    synchronized void remember(RoomId room, Recent recent) {
        dropOld();
        // Taken out first, so that the order of the map is that of the times.
        byRoom.remove(room);
        byRoom.put(room, new Remembered(recent, time.nanoTime()));
    }

    synchronized void forget(RoomId room) {
        byRoom.remove(room);
    }

    private void dropOld() {
        long now = time.nanoTime();
        var oldest = byRoom.values().iterator();
        while (oldest.hasNext() && (now - oldest.next().at > LIFE_NANOS || byRoom.size() >= MAX)) {
            oldest.remove();
        }
    }
}
