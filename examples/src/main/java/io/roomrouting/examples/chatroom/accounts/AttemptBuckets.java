package io.roomrouting.examples.chatroom.accounts;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts attempts by key: a bucket of so many tokens for each, which refills evenly. Thread-safe, without locks.
 *
 * <p>The buckets live in a table of fixed size in which a key has its place by a hash with a secret. Two keys may share a bucket,
 * but nobody can choose to share somebody's, and no crowd of keys makes the table grow or pushes one out of it. A bucket is
 * one number: the moment at which it will be full again.
 */
final class AttemptBuckets {

    private static final int BUCKETS = 1 << 16;

    private final KeyedHash hash = new KeyedHash();
    private final AtomicLongArray fullAt = new AtomicLongArray(BUCKETS);
    private final TimeSource time;
    private final long start;
    private final long nanosToFill;
    private final long nanosPerToken;

    AttemptBuckets(int tokens, Duration toFill, TimeSource time) {
        this.time = time;
        start = time.nanoTime();
        nanosToFill = toFill.toNanos();
        nanosPerToken = nanosToFill / tokens;
    }

    /** Takes a token; returns how long to wait for one, zero if it was taken. */
    Duration take(String key) {
        int bucket = bucketOf(key);
        while (true) {
            long now = time.nanoTime() - start;
            long before = fullAt.get(bucket);
            long after = Math.max(before, now) + nanosPerToken;
            long wait = after - now - nanosToFill;
            if (wait > 0) {
                return Duration.ofNanos(wait);
            }
            if (fullAt.compareAndSet(bucket, before, after)) {
                return Duration.ZERO;
            }
        }
    }

    /** Gives back a token that was taken. */
    void giveBack(String key) {
        fullAt.addAndGet(bucketOf(key), -nanosPerToken);
    }

    private int bucketOf(String key) {
        return (int) (hash.of(key) >>> 48);
    }
}
