package io.roomrouting.socketio.admin;

import java.util.ArrayList;
import java.util.List;

/**
 * What one UI has still to be told. If it is too much, all of it is given up, and the UI is told instead who is there now.
 * Thread-safe.
 */
final class NewsQueue {

    static final int MOST = 1_000;

    private List<News> waiting = new ArrayList<>();
    private boolean gap;
    private boolean announced;

    /**
     * What there was.
     *
     * @param gap whether something is missing before it
     */
    record Batch(boolean gap, List<News> news) {}

    /** Adds something; true if nobody knows yet that there is something to take. */
    synchronized boolean add(News news) {
        if (waiting.size() == MOST) {
            return giveUp();
        }
        // What comes after a gap is in what closes it.
        if (!gap) {
            waiting.add(news);
        }
        return announce();
    }

    /** Gives up what has been taken or waits; true if nobody knows yet that there is something to take. */
    synchronized boolean giveUp() {
        waiting.clear();
        gap = true;
        return announce();
    }

    synchronized Batch takeAll() {
        Batch batch = new Batch(gap, waiting);
        waiting = new ArrayList<>();
        gap = false;
        announced = false;
        return batch;
    }

    private boolean announce() {
        boolean first = !announced;
        announced = true;
        return first;
    }
}
