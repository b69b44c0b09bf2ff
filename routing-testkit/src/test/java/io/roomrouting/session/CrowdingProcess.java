package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The main class of a second process that saves many rooms at once, each on a thread of its own. Prints how many it saved. */
final class CrowdingProcess {

    static final int ROOMS = 12;
    static final int ROUNDS = 60;

    private CrowdingProcess() {}

    // Prints because its parent reads.
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        RoomStateStore store = new DirectoryStateStore(Path.of(args[0]));
        System.out.println("ready");
        System.out.println(saveAll(store));
    }

    /** Returns how many saves were taken; throws what the first of those threw that failed. */
    static long saveAll(RoomStateStore store) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(ROOMS);
        try {
            List<Callable<Long>> work = new ArrayList<>();
            for (int room = 0; room < ROOMS; room++) {
                RoomId id = RoomId.of("Crowded-" + room);
                work.add(() -> saveRounds(store, id));
            }
            long saved = 0;
            for (Future<Long> one : threads.invokeAll(work)) {
                saved += one.get();
            }
            return saved;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long saveRounds(RoomStateStore store, RoomId room) {
        long saved = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            if (store.save(room, new Epoch(1), round, new byte[100])) {
                saved++;
            }
        }
        return saved;
    }
}
