package io.roomrouting;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of an {@link InMemoryRegistry}, bounded in number. Thread-safe.
 *
 * <p>A room that has expired is unknown from that moment on. Its entry is taken away later: whoever adds or claims a room
 * looks at a few others in turn, so that no call's cost grows with the number of rooms and no thread is needed.
 */
final class RoomTable {

    private static final int LOOK_AT = 4;
    private static final int LOOK_AT_WHEN_FULL = 256;

    private final ConcurrentMap<RoomId, RoomEntry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Queue<RoomEntry> turn = new ConcurrentLinkedQueue<>();
    private final PublicRooms publicRooms = new PublicRooms();
    private final int maxRooms;
    private final long retentionNanos;

    RoomTable(int maxRooms, Duration retention) {
        this.maxRooms = maxRooms;
        this.retentionNanos = retention.toNanos();
    }

    Optional<RoomRecord> find(RoomId room, long now) {
        RoomEntry entry = entries.get(room);
        return entry == null ? Optional.empty() : entry.find(now, retentionNanos);
    }

    /** Returns the entry of a room that is known. */
    @Nullable RoomEntry known(RoomId room, long now) {
        RoomEntry entry = entries.get(room);
        return entry != null && entry.find(now, retentionNanos).isPresent() ? entry : null;
    }

    PublicRooms publicRooms() {
        return publicRooms;
    }

    RoomRecord create(RoomId room, RoomSpec spec, long now) {
        if (!add(new RoomEntry(room, spec, publicRooms, now), now)) {
            throw RoutingException.invalid("the room id is taken");
        }
        return new RoomRecord(room, spec, Optional.empty());
    }

    RoomRecord ensure(RoomId room, RoomSpec spec, long now) {
        while (true) {
            RoomEntry entry = entries.get(room);
            if (entry == null) {
                add(new RoomEntry(room, spec, publicRooms, now), now);
                continue;
            }
            Optional<RoomRecord> known = entry.keep(now, retentionNanos);
            if (known.isPresent()) {
                return known.get();
            }
            removeIfExpired(entry, now);
        }
    }

    SeatResult reserve(RoomId room, SeatWish wish, long now) {
        RoomEntry entry = entries.get(room);
        return entry == null ? new SeatResult.NoSuchRoom() : entry.reserve(wish, now, retentionNanos);
    }

    int size() {
        return size.get();
    }

    /** How many entries are still to be looked at, among them those of rooms that are gone already. */
    int waitingForTheirTurn() {
        return turn.size();
    }

    void remove(RoomEntry forgotten) {
        if (entries.remove(forgotten.room(), forgotten)) {
            size.decrementAndGet();
        }
    }

    /** Takes away what has expired among the next few rooms. */
    void sweep(long now) {
        sweep(now, LOOK_AT);
    }

    private boolean add(RoomEntry entry, long now) {
        reserve(now);
        if (entries.putIfAbsent(entry.room(), entry) != null) {
            size.decrementAndGet();
            return false;
        }
        entry.show();
        turn.add(entry);
        sweep(now);
        return true;
    }

    private void reserve(long now) {
        if (tryReserve()) {
            return;
        }
        sweep(now, LOOK_AT_WHEN_FULL);
        if (!tryReserve()) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "the registry takes no more rooms", InMemoryRegistry.FULL_RETRY);
        }
    }

    private boolean tryReserve() {
        if (size.incrementAndGet() <= maxRooms) {
            return true;
        }
        size.decrementAndGet();
        return false;
    }

    private void sweep(long now, int entriesToLookAt) {
        for (int i = 0; i < entriesToLookAt; i++) {
            RoomEntry entry = turn.poll();
            if (entry == null) {
                return;
            }
            if (!removeIfExpired(entry, now)) {
                turn.add(entry);
            }
        }
    }

    private boolean removeIfExpired(RoomEntry entry, long now) {
        boolean forgotten = entry.forgetIfExpired(now, retentionNanos);
        if (forgotten) {
            remove(entry);
        }
        return forgotten;
    }
}
