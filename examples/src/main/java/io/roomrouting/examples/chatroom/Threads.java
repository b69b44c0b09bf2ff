package io.roomrouting.examples.chatroom;

import io.roomrouting.TimeSource;
import io.roomrouting.examples.http.BoundedWork;
import java.time.Duration;

/**
 * Where the chat room's work is done that must not be done on the server's own threads.
 *
 * @param hashing computes: passwords take half of the cores at most, so that rooms have the other half
 * @param database waits for the database
 * @param entries waits for the registry, for clients that enter rooms; all of them may come back at once
 */
record Threads(BoundedWork hashing, BoundedWork database, BoundedWork entries) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_HASHES_WAITING = 100;
    private static final int DATABASE_THREADS = 8;
    private static final int MOST_QUERIES_WAITING = 200;
    private static final int ENTRY_THREADS = 8;
    private static final int MOST_ENTRIES_WAITING = 10_000;

    static Threads start(TimeSource time) {
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new Threads(
                new BoundedWork("chatroom-hashing", half, MOST_HASHES_WAITING, PATIENCE, time),
                new BoundedWork("chatroom-database", DATABASE_THREADS, MOST_QUERIES_WAITING, PATIENCE, time),
                new BoundedWork("chatroom-entry", ENTRY_THREADS, MOST_ENTRIES_WAITING, PATIENCE, time));
    }

    @Override
    public void close() {
        hashing.close();
        database.close();
        entries.close();
    }
}
