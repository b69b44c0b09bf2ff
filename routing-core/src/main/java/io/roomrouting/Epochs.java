package io.roomrouting;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives out the epochs of one registry. They grow over the whole registry, and so within every room.
 *
 * <p>The first is derived from the wall clock, 1,024 for every millisecond, so that a registry that restarts without its
 * memory goes on above what it gave out before. Where the wall clock was set back, {@link #raise} with the epochs that
 * hosts have seen does the same.
 */
final class Epochs {

    /** Beyond this, numbers lose digits in JSON readers that know only doubles. */
    static final long LARGEST = (1L << 53) - 1;

    private static final int PER_MILLISECOND_BITS = 10;

    private final AtomicLong newest;

    Epochs(long wallMillis) {
        newest = new AtomicLong(Math.max(0, wallMillis) << PER_MILLISECOND_BITS);
    }

    Epoch next() {
        return new Epoch(newest.incrementAndGet());
    }

    long newest() {
        return newest.get();
    }

    void raise(long heard) {
        if (heard > LARGEST) {
            throw RoutingException.invalid("no registry has given out an epoch as large as " + heard);
        }
        if (heard > newest.get()) {
            newest.accumulateAndGet(heard, Math::max);
        }
    }
}
