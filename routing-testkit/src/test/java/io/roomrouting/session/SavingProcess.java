package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The main class of a second process that saves the states of one room: with every second epoch from the one that is given,
 * so that two processes take turns. Prints the newest epoch whose save was taken; saves on and on if it is to be killed.
 */
final class SavingProcess {

    private static final AtomicLong VERSIONS = new AtomicLong();

    static final RoomId ROOM = RoomId.of("Shared");
    static final int BYTES = 20_000;

    private SavingProcess() {}

    // Prints because its parent reads.
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        RoomStateStore store = new DirectoryStateStore(Path.of(args[0]));
        long first = Long.parseLong(args[1]);
        long count = Long.parseLong(args[2]);
        System.out.println("ready");
        System.out.println(save(store, first, count));
    }

    /** Returns the newest epoch that was taken; 0 if none was. */
    static long save(RoomStateStore store, long first, long count) {
        long newest = 0;
        for (long i = 0; i < count; i++) {
            long epoch = first + 2 * i;
            if (saveNext(store, ROOM, new Epoch(epoch), stateOf(epoch))) {
                newest = epoch;
            }
        }
        return newest;
    }

    /** Saves as the next version. */
    static boolean saveNext(RoomStateStore store, RoomId room, Epoch epoch, byte[] state) {
        return store.save(room, epoch, VERSIONS.incrementAndGet(), state);
    }

    /** The epoch, over and over. */
    static byte[] stateOf(long epoch) {
        ByteBuffer state = ByteBuffer.allocate(BYTES);
        while (state.hasRemaining()) {
            state.putLong(epoch);
        }
        return state.array();
    }
}
