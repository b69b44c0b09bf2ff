package io.roomrouting;

import io.roomrouting.internal.Bounds;
import java.time.Duration;

/** Describes an {@link InMemoryRegistry}. Everything has a default. Not thread-safe. */
public final class InMemoryRegistryBuilder {

    TimeSource time = TimeSource.system();
    Duration lease = Duration.ofSeconds(15);
    Duration roomRetention = Duration.ofHours(1);
    Duration unconfirmedClaimLife = Duration.ofMinutes(2);
    Duration settleTime = Duration.ZERO;
    int maxRooms = 1_000_000;

    InMemoryRegistryBuilder() {}

    /**
     * Sets the clock that decides what has expired; by default the machine's.
     *
     * @param value the clock
     * @return this
     */
    public InMemoryRegistryBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Sets how long a host may act without being heard of; by default 15 s.
     *
     * @param value 10 ms to 1 h
     * @return this
     */
    public InMemoryRegistryBuilder lease(Duration value) {
        lease = value;
        return this;
    }

    /**
     * Sets how long a room without a living owner stays known; by default 1 h.
     *
     * @param value 10 ms to 365 days
     * @return this
     */
    public InMemoryRegistryBuilder roomRetention(Duration value) {
        roomRetention = value;
        return this;
    }

    /**
     * Sets how long a claim holds that its host has not confirmed; by default 120 s. Should be longer than a ticket lives
     * ({@link Ticket#MAX_LIFE_SECONDS}), or clients lose their way to a room that is just being opened.
     *
     * @param value 10 ms to 1 day
     * @return this
     */
    public InMemoryRegistryBuilder unconfirmedClaimLife(Duration value) {
        unconfirmedClaimLife = value;
        return this;
    }

    /**
     * Sets how long the registry waits at most for hosts to tell which rooms they hold; by default not at all. Needed
     * when hosts may have survived an earlier registry; then at least as long as the leases that the earlier one gave.
     *
     * @param value zero, or from the length of a lease to 1 h
     * @return this
     */
    public InMemoryRegistryBuilder settleTime(Duration value) {
        settleTime = value;
        return this;
    }

    /**
     * Sets how many rooms the registry remembers at most; by default 1,000,000.
     *
     * @param value 1 to 100,000,000
     * @return this
     */
    public InMemoryRegistryBuilder maxRooms(int value) {
        maxRooms = value;
        return this;
    }

    /**
     * Makes the registry.
     *
     * @return an empty registry
     * @throws IllegalArgumentException if a setting is out of bounds
     */
    public InMemoryRegistry build() {
        Duration shortest = Duration.ofMillis(10);
        Duration hour = Duration.ofHours(1);
        Bounds.check("lease", lease, shortest, hour);
        Bounds.check("roomRetention", roomRetention, shortest, Duration.ofDays(365));
        Bounds.check("unconfirmedClaimLife", unconfirmedClaimLife, shortest, Duration.ofDays(1));
        Bounds.check("settleTime", settleTime, settleTime.isZero() ? Duration.ZERO : lease, hour);
        Bounds.check("maxRooms", maxRooms, 1, 100_000_000);
        return new InMemoryRegistry(this);
    }
}
