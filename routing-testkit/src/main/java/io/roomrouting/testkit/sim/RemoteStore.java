package io.roomrouting.testkit.sim;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.session.RoomStateStore;

/** The state store as one process reaches it over the network. */
final class RemoteStore implements RoomStateStore {

    private final Calls calls;
    private final StoreNode node;

    RemoteStore(Calls calls, StoreNode node) {
        this.calls = calls;
        this.node = node;
    }

    @Override
    public Loaded load(RoomId room, Epoch epoch) {
        return calls.call(() -> node.load(room, epoch));
    }

    @Override
    public boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        byte[] sent = state.clone();
        return calls.call(() -> node.save(room, epoch, version, sent));
    }

    @Override
    public boolean delete(RoomId room, Epoch epoch) {
        return calls.call(() -> node.delete(room, epoch));
    }
}
