package io.roomrouting.socketio;

import io.roomrouting.socketio.engine.RandomIds;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names events, each differently: by a number behind 48 random bits, so that another host, or this one after a restart,
 * does not give the same name. No secret. Thread-safe.
 */
final class Offsets {

    private static final int PREFIX = 8;

    private final String prefix = new RandomIds(new SecureRandom()).next().substring(0, PREFIX);
    private final AtomicLong last = new AtomicLong();

    String next() {
        return prefix + Long.toString(last.incrementAndGet(), Character.MAX_RADIX);
    }
}
