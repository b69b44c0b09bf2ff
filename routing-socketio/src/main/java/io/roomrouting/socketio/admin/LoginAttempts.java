package io.roomrouting.socketio.admin;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often the people behind one network address may still try a password: five times, and once more every ten seconds. Of
 * too many addresses the one is forgotten that has been quiet for the longest time. Thread-safe.
 */
final class LoginAttempts {

    static final int BURST = 5;
    static final Duration INTERVAL = Duration.ofSeconds(10);
    static final int MOST_ADDRESSES = 1_000;

    private final TimeSource time;

    /** For each address the moment at which all its attempts are given back, the most recent address last. */
    private final Map<String, Long> full = new LinkedHashMap<>();

    LoginAttempts(TimeSource time) {
        this.time = time;
    }

    /** Takes an attempt; false if there is none left for now. */
    synchronized boolean take(String address) {
        long now = time.nanoTime();
        Long before = full.remove(address);
        long from = before == null || before - now < 0 ? now : before;
        boolean allowed = from - now <= INTERVAL.multipliedBy(BURST - 1).toNanos();
        if (full.size() == MOST_ADDRESSES) {
            full.remove(full.keySet().iterator().next());
        }
        full.put(address, allowed ? from + INTERVAL.toNanos() : from);
        return allowed;
    }
}
