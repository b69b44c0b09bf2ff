package io.roomrouting.jdbc;

import java.time.Duration;

/**
 * Describes a {@link JdbcRegistry}. Everything has a default. All processes on one database must use the same settings. Not
 * thread-safe.
 */
public final class JdbcRegistryBuilder {

    final JdbcDatabase database;
    Duration lease = Duration.ofSeconds(15);
    Duration roomRetention = Duration.ofHours(1);
    Duration unconfirmedClaimLife = Duration.ofMinutes(2);
    int maxRooms = 1_000_000;

    JdbcRegistryBuilder(JdbcDatabase database) {
        this.database = database;
    }

    /**
     * Sets how long a host may act without being heard of; by default 15 s.
     *
     * @param value 10 ms to 1 h
     * @return this
     */
    public JdbcRegistryBuilder lease(Duration value) {
        lease = value;
        return this;
    }

    /**
     * Sets how long a room without a living owner stays known; by default 1 h.
     *
     * @param value 10 ms to 365 days
     * @return this
     */
    public JdbcRegistryBuilder roomRetention(Duration value) {
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
    public JdbcRegistryBuilder unconfirmedClaimLife(Duration value) {
        unconfirmedClaimLife = value;
        return this;
    }

    /**
     * Sets how many rooms the registry remembers; by default 1,000,000. They are counted every few seconds, so that some
     * more may come into being before the next count.
     *
     * @param value 1 to 100,000,000
     * @return this
     */
    public JdbcRegistryBuilder maxRooms(int value) {
        maxRooms = value;
        return this;
    }

    /**
     * Makes the registry. Touches nothing; {@link JdbcDatabase#prepare} tells early whether the database can be used.
     *
     * @return a registry
     * @throws IllegalArgumentException if a setting is out of bounds
     */
    public JdbcRegistry build() {
        Duration shortest = Duration.ofMillis(10);
        Settings.check("lease", lease, shortest, Duration.ofHours(1));
        Settings.check("roomRetention", roomRetention, shortest, Duration.ofDays(365));
        Settings.check("unconfirmedClaimLife", unconfirmedClaimLife, shortest, Duration.ofDays(1));
        Settings.check("maxRooms", maxRooms, 1, 100_000_000);
        return new JdbcRegistry(this);
    }
}
