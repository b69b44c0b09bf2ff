package io.roomrouting.benchmarks.chaos;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.session.RoomStateStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A state store that remembers under which epoch each room was loaded last, so that rooms can tell. Thread-safe. */
final class EpochWatch implements RoomStateStore {

    private final RoomStateStore store;
    private final ConcurrentMap<RoomId, Long> epochs = new ConcurrentHashMap<>();

    EpochWatch(RoomStateStore store) {
        this.store = store;
    }

    /** The epoch under which a room of this process is open. */
    long of(RoomId room) {
        Long epoch = epochs.get(room);
        if (epoch == null) {
            throw new IllegalStateException("room " + room + " was never loaded");
        }
        return epoch;
    }

    @Override
    public Loaded load(RoomId room, Epoch epoch) {
        Loaded loaded = store.load(room, epoch);
        if (!(loaded instanceof Loaded.Fenced)) {
            epochs.put(room, epoch.value());
        }
        return loaded;
    }

    @Override
    public boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        return store.save(room, epoch, version, state);
    }

    @Override
    public boolean delete(RoomId room, Epoch epoch) {
        return store.delete(room, epoch);
    }
}
