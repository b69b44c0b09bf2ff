package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.spi.ConnectionPermit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections that a host, a user and a network address have, and may have. Thread-safe. */
final class Places {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int capacity;
    private final AtomicInteger taken = new AtomicInteger();
    private final Counts<String> byAddress;
    private final Counts<UserId> byUser;

    Places(int capacity, SessionLimits limits) {
        this.capacity = capacity;
        this.byAddress = new Counts<>(limits.connectionsPerAddress());
        this.byUser = new Counts<>(limits.connectionsPerUser());
    }

    /** Counts the connections that were admitted and have not ended. */
    int taken() {
        return taken.get();
    }

    ConnectionPermit permit(String address) {
        if (taken.get() >= capacity) {
            throw full();
        }
        if (!byAddress.tryAdd(address)) {
            throw RoutingException.unavailable(
                    ErrorCode.RATE_LIMITED, "too many connections from one address", RETRY_AFTER);
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                byAddress.remove(address);
            }
        };
    }

    /** Takes a place for a connection, or refuses it; {@link #giveBack} undoes it. */
    void take(Link link) {
        if (taken.incrementAndGet() > capacity) {
            taken.decrementAndGet();
            throw full();
        }
        if (!byUser.tryAdd(link.user())) {
            taken.decrementAndGet();
            throw RoutingException.unavailable(ErrorCode.RATE_LIMITED, "too many connections of one user", RETRY_AFTER);
        }
        link.counted();
    }

    /** Gives a connection's place back if it has one; to be called once per connection. */
    void giveBack(Link link) {
        if (link.wasCounted()) {
            taken.decrementAndGet();
            byUser.remove(link.user());
        }
    }

    private static RoutingException full() {
        return RoutingException.unavailable(ErrorCode.OVERLOADED, "the host is full", RETRY_AFTER);
    }
}
