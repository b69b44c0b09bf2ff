package io.roomrouting.socketio.admin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The UIs that are connected; not many. Thread-safe. */
final class AdminClients {

    static final int MOST = 16;

    private final List<AdminClient> all = new CopyOnWriteArrayList<>();

    /** Adds one; false if there are enough. */
    synchronized boolean add(AdminClient client) {
        return all.size() < MOST && all.add(client);
    }

    void remove(AdminClient client) {
        all.remove(client);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void tell(News news) {
        all.forEach(client -> client.hear(news));
    }
}
