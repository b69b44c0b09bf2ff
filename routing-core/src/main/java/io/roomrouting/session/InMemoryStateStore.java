package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.internal.Bounds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rooms in the memory of this process: for tests, for the hosts of one process, and for rooms that need not outlive
 * it.
 *
 * <p>Bounded in rooms and in bytes. A save or a load that would exceed a bound is refused with
 * {@link ErrorCode#OVERLOADED} and leaves what was there; rooms that are closed for good should be deleted. Of the last
 * 100,000 deleted rooms the fence is kept for each; when an older one is dropped, every epoch up to its own is fenced for
 * all rooms that are not known. Never blocks for long. Thread-safe.
 */
public final class InMemoryStateStore implements RoomStateStore {

    private static final int DEFAULT_ROOMS = 100_000;
    private static final long DEFAULT_BYTES = 256L * 1024 * 1024;
    private static final int FENCES = 100_000;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final int maxRooms;
    private final long maxBytes;
    private final int maxFences;
    private final Map<RoomId, KeptRoom> rooms = new HashMap<>();
    private final LinkedHashMap<RoomId, KeptRoom> fences = new LinkedHashMap<>();
    private long bytes;
    private long floor;

    private InMemoryStateStore(int maxRooms, long maxBytes, int maxFences) {
        this.maxRooms = maxRooms;
        this.maxBytes = maxBytes;
        this.maxFences = maxFences;
    }

    /**
     * Makes an empty store for 100,000 rooms and 256 MiB.
     *
     * @return the store
     */
    public static InMemoryStateStore create() {
        return bounded(DEFAULT_ROOMS, DEFAULT_BYTES);
    }

    /**
     * Makes an empty store.
     *
     * @param maxRooms how many rooms it keeps that were not deleted, 1 to 10,000,000
     * @param maxBytes how many bytes their states may have in all, at least 1
     * @return the store
     */
    public static InMemoryStateStore bounded(int maxRooms, long maxBytes) {
        return bounded(maxRooms, maxBytes, FENCES);
    }

    static InMemoryStateStore bounded(int maxRooms, long maxBytes, int maxFences) {
        Bounds.check("maxRooms", maxRooms, 1, 10_000_000);
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes = " + maxBytes + " is not at least 1");
        }
        return new InMemoryStateStore(maxRooms, maxBytes, maxFences);
    }

    @Override
    public Loaded load(RoomId room, Epoch epoch) {
        Loaded content = open(room, epoch);
        return content instanceof Loaded.Found found
                ? new Loaded.Found(found.state().clone(), found.savedUnder(), found.untouched())
                : content;
    }

    private synchronized Loaded open(RoomId room, Epoch epoch) {
        KeptRoom known = known(room);
        if (known.fences(epoch)) {
            return new Loaded.Fenced();
        }
        Loaded content = known.content();
        keep(room, known.loaded(epoch));
        return content;
    }

    @Override
    public boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        RoomStateStore.checkSize(state);
        byte[] copy = state.clone();
        synchronized (this) {
            KeptRoom known = known(room);
            if (known.fences(epoch)) {
                return false;
            }
            if (!known.hasOvertaken(epoch, version)) {
                keep(room, known.saved(epoch, version, copy));
            }
            return true;
        }
    }

    @Override
    public synchronized boolean delete(RoomId room, Epoch epoch) {
        KeptRoom known = known(room);
        if (known.fences(epoch)) {
            return false;
        }
        KeptRoom old = rooms.remove(room);
        bytes -= size(old);
        fences.remove(room);
        fences.put(room, known.deleted(epoch));
        dropOldestFence();
        return true;
    }

    private KeptRoom known(RoomId room) {
        KeptRoom kept = rooms.get(room);
        if (kept == null) {
            kept = fences.get(room);
        }
        return kept != null ? kept : KeptRoom.unknown(floor);
    }

    private void keep(RoomId room, KeptRoom next) {
        KeptRoom old = rooms.get(room);
        long after = bytes - size(old) + size(next);
        if ((old == null && rooms.size() >= maxRooms) || after > maxBytes) {
            throw RoutingException.unavailable(ErrorCode.OVERLOADED, "the store of room states is full", RETRY);
        }
        rooms.put(room, next);
        fences.remove(room);
        bytes = after;
    }

    private static long size(@Nullable KeptRoom room) {
        return room == null ? 0 : room.state().length;
    }

    private void dropOldestFence() {
        if (fences.size() > maxFences) {
            Iterator<KeptRoom> oldest = fences.values().iterator();
            floor = Math.max(floor, oldest.next().newest());
            oldest.remove();
        }
    }
}
