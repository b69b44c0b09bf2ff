package io.roomrouting.testkit.sim;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.RoomStateStore;

/** The machine that keeps the rooms' states, and never fails itself; only the way to it does. */
final class StoreNode {

    private final History history;
    private final SimulatedProcess process;
    private final RoomStateStore store = InMemoryStateStore.create();

    StoreNode(EventLoop loop, History history, Node node) {
        this.history = history;
        this.process = new SimulatedProcess(loop, node, node.toString());
    }

    SimulatedProcess process() {
        return process;
    }

    RoomStateStore.Loaded load(RoomId room, Epoch epoch) {
        RoomStateStore.Loaded loaded = store.load(room, epoch);
        history.add("store", new Happening.Loaded(room, epoch, numberIn(loaded)));
        return loaded;
    }

    private static long numberIn(RoomStateStore.Loaded loaded) {
        if (loaded instanceof RoomStateStore.Loaded.Found found) {
            return NumberingRoom.numberIn(found.state());
        }
        return loaded instanceof RoomStateStore.Loaded.Fenced ? -1 : 0;
    }

    boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        boolean taken = store.save(room, epoch, version, state);
        history.add("store", new Happening.Saved(room, epoch, version, NumberingRoom.numberIn(state), taken));
        return taken;
    }

    boolean delete(RoomId room, Epoch epoch) {
        boolean taken = store.delete(room, epoch);
        history.add("store", new Happening.Deleted(room, epoch, taken));
        return taken;
    }
}
