package io.roomrouting.jdbc;

import java.time.Duration;

/** Describes a {@link JdbcMessageHistory}. Everything has a default. Not thread-safe. */
public final class JdbcMessageHistoryBuilder {

    final JdbcDatabase database;
    int keepNewest = 10_000;
    Duration keepFor = Duration.ofDays(365);

    JdbcMessageHistoryBuilder(JdbcDatabase database) {
        this.database = database;
    }

    /**
     * Sets how many messages of a room are kept; by default 10,000. Each new one pushes the oldest out.
     *
     * @param value 1 to 10,000,000
     * @return this
     */
    public JdbcMessageHistoryBuilder keepNewest(int value) {
        keepNewest = value;
        return this;
    }

    /**
     * Sets how long a message is kept; by default 365 days.
     *
     * @param value 1 s to 100 years
     * @return this
     */
    public JdbcMessageHistoryBuilder keepFor(Duration value) {
        keepFor = value;
        return this;
    }

    /**
     * Makes the history. Touches nothing.
     *
     * @return the history
     * @throws IllegalArgumentException if a setting is out of bounds
     */
    public JdbcMessageHistory build() {
        Settings.check("keepNewest", keepNewest, 1, 10_000_000);
        Settings.check("keepFor", keepFor, Duration.ofSeconds(1), Duration.ofDays(36_500));
        return new JdbcMessageHistory(this);
    }
}
