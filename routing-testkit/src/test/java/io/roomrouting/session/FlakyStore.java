package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.time.Duration;

/** A state store that can be put out of reach. */
final class FlakyStore implements RoomStateStore {

    private final RoomStateStore store;
    private volatile boolean away;
    private Runnable beforeReply = () -> {};

    FlakyStore(RoomStateStore store) {
        this.store = store;
    }

    void outOfReach(boolean now) {
        away = now;
    }

    void beforeReply(Runnable task) {
        beforeReply = task;
    }

    @Override
    public Loaded load(RoomId room, Epoch epoch) {
        check();
        Loaded loaded = store.load(room, epoch);
        beforeReply.run();
        return loaded;
    }

    @Override
    public boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        check();
        return store.save(room, epoch, version, state);
    }

    @Override
    public boolean delete(RoomId room, Epoch epoch) {
        check();
        return store.delete(room, epoch);
    }

    private void check() {
        if (away) {
            throw RoutingException.unavailable(ErrorCode.REGISTRY_UNAVAILABLE, "out of reach", Duration.ofSeconds(1));
        }
    }
}
