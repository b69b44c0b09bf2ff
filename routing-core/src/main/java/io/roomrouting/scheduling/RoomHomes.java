package io.roomrouting.scheduling;

import io.roomrouting.Placement;
import io.roomrouting.RoomId;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which provider has placed which room, as long as only it can tell whether the room lives there. Thread-safe. */
final class RoomHomes {

    private static final int MAX_ROOMS = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final TimeSource time;
    private final Duration loyalty;

    /** The one that was settled longest ago comes first. */
    private final Map<RoomId, Home> homes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomId, Home> eldest) {
            return size() > MAX_ROOMS;
        }
    };

    private record Home(FallbackProvider provider, long settledAt) {}

    RoomHomes(TimeSource time, Duration loyalty) {
        this.time = time;
        this.loyalty = loyalty;
    }

    synchronized Optional<FallbackProvider> of(RoomId room) {
        return home(room, REMEMBERED).map(Home::provider);
    }

    /** Says whether a room whose provider is out of reach may be placed by another. */
    synchronized boolean mayMove(RoomId room) {
        return home(room, loyalty).isEmpty();
    }

    private Optional<Home> home(RoomId room, Duration atMost) {
        return Optional.ofNullable(homes.get(room))
                .filter(home -> time.nanoTime() - home.settledAt() < atMost.toNanos());
    }

    synchronized void settle(RoomId room, FallbackProvider provider, Placement placement) {
        homes.remove(room);
        if (placement.validity().isPresent()) {
            homes.put(room, new Home(provider, time.nanoTime()));
        }
    }
}
