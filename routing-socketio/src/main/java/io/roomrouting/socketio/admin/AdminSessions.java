package io.roomrouting.socketio.admin;

import io.roomrouting.TimeSource;
import io.roomrouting.socketio.engine.RandomIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The logins that are remembered, so that a UI whose connection breaks need not ask for the password again. Of too many the
 * oldest is forgotten. Thread-safe.
 */
final class AdminSessions {

    static final int MOST = 100;

    private final TimeSource time;
    private final long lifeNanos;
    private final RandomIds ids = new RandomIds(new SecureRandom());
    private final Map<String, Long> begun = new LinkedHashMap<>();

    AdminSessions(TimeSource time, Duration life) {
        this.time = time;
        this.lifeNanos = life.toNanos();
    }

    /** Remembers a login, by a name of 120 random bits that only its owner is told. */
    synchronized String begin() {
        forgetExpired();
        if (begun.size() == MOST) {
            begun.remove(begun.keySet().iterator().next());
        }
        String id = ids.next();
        begun.put(id, time.nanoTime());
        return id;
    }

    synchronized boolean isLive(String id) {
        forgetExpired();
        return begun.containsKey(id);
    }

    private void forgetExpired() {
        long now = time.nanoTime();
        begun.values().removeIf(since -> now - since >= lifeNanos);
    }
}
