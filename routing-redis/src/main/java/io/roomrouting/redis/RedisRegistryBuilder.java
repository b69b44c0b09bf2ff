package io.roomrouting.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link RedisRegistry}. Everything has a default. All processes on one prefix must use the same settings. Not
 * thread-safe.
 */
public final class RedisRegistryBuilder {

    final RedisDatabase database;
    Duration lease = Duration.ofSeconds(15);
    Duration roomRetention = Duration.ofHours(1);
    Duration unconfirmedClaimLife = Duration.ofMinutes(2);
    int maxRooms = 1_000_000;
    private @Nullable Duration settleTime;

    RedisRegistryBuilder(RedisDatabase database) {
        this.database = database;
    }

    /**
     * Sets how long a host may act without being heard of; by default 15 s.
     *
     * @param value 10 ms to 1 h
     * @return this
     */
    public RedisRegistryBuilder lease(Duration value) {
        lease = value;
        return this;
    }

    /**
     * Sets how long a room without a living owner stays known; by default 1 h.
     *
     * @param value 10 ms to 365 days
     * @return this
     */
    public RedisRegistryBuilder roomRetention(Duration value) {
        roomRetention = value;
        return this;
    }

    /**
     * Sets how long a claim holds that its host has not confirmed; by default 120 s. Should be longer than a ticket lives
     * ({@link io.roomrouting.Ticket#MAX_LIFE_SECONDS}), or clients lose their way to a room that is just being opened.
     *
     * @param value 10 ms to 1 day
     * @return this
     */
    public RedisRegistryBuilder unconfirmedClaimLife(Duration value) {
        unconfirmedClaimLife = value;
        return this;
    }

    /**
     * Sets how long hosts have, after Redis was started, restarted or replaced by a replica, to tell which rooms they hold; by
     * default as long as a lease. Meanwhile no room is given away that somebody may hold, and unknown rooms are answered
     * {@link io.roomrouting.ErrorCode#REGISTRY_UNAVAILABLE}; rooms that are new are made and opened.
     *
     * <p>With replicas, as long as a lease and {@code min-replicas-max-lag} together. Zero where no host can have survived the
     * last Redis, as in tests.
     *
     * @param value zero, or from the length of a lease to 1 h
     * @return this
     */
    public RedisRegistryBuilder settleTime(Duration value) {
        settleTime = value;
        return this;
    }

    /**
     * Sets how many rooms the registry remembers at most; by default 1,000,000.
     *
     * @param value 1 to 100,000,000
     * @return this
     */
    public RedisRegistryBuilder maxRooms(int value) {
        maxRooms = value;
        return this;
    }

    Duration settleTime() {
        return settleTime == null ? lease : settleTime;
    }

    /**
     * Makes the registry. Connects to nobody.
     *
     * @return a registry
     * @throws IllegalArgumentException if a setting is out of bounds
     */
    public RedisRegistry build() {
        Duration shortest = Duration.ofMillis(10);
        Duration hour = Duration.ofHours(1);
        Settings.check("lease", lease, shortest, hour);
        Settings.check("roomRetention", roomRetention, shortest, Duration.ofDays(365));
        Settings.check("unconfirmedClaimLife", unconfirmedClaimLife, shortest, Duration.ofDays(1));
        Settings.check("settleTime", settleTime(), settleTime().isZero() ? Duration.ZERO : lease, hour);
        Settings.check("maxRooms", maxRooms, 1, 100_000_000);
        return new RedisRegistry(this);
    }
}
