package io.roomrouting.jdbc;

import io.roomrouting.Deadline;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.jdbc.Call.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL (14 or newer) or H2 (2 or newer) database, how long a call on it may take, and who makes its tables. To be
 * shared by the {@link JdbcRegistry}, the {@link JdbcRoomStateStore} and the {@link JdbcMessageHistory} of a process.
 *
 * <p><b>Connections</b> come from the application's {@link DataSource}, one at a time for each call, and go back in the
 * state in which they came; a pool is the application's choice. Nothing to close here.
 *
 * <p><b>Tables.</b> Making this touches nothing. The first call, or {@link #prepare}, creates what is missing; processes that
 * start at once do not get in each other's way. A database that a newer version of this library has changed is refused.
 *
 * <p><b>Time.</b> A call ends within its {@linkplain #withTimeout time-out}: the server is asked to give up, and then the
 * connection is cut. How long {@link DataSource#getConnection} may wait is the pool's or driver's setting, and should be
 * no longer.
 *
 * <p><b>Errors.</b> Whatever the database's trouble is, callers get a {@link RoutingException.Unavailable} with
 * {@link io.roomrouting.ErrorCode#REGISTRY_UNAVAILABLE} and the cause, and the next call tries anew. Conflicts between
 * transactions are tried again until the time-out, and a lost connection once, where doing a thing twice is harmless.
 *
 * <p>Immutable and thread-safe.
 */
public final class JdbcDatabase {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    private final DataSource connections;
    private final Duration timeout;
    private final boolean createsTables;

    /** What is known of the database, once it has been looked at. */
    private volatile @Nullable KnownDatabase known;

    private JdbcDatabase(DataSource connections, Duration timeout, boolean createsTables) {
        this.connections = connections;
        this.timeout = timeout;
        this.createsTables = createsTables;
    }

    /**
     * Uses a database, with a time-out of 3 seconds, and creates the tables where they are missing.
     *
     * @param connections where connections come from; tables are made and found in their default schema
     * @return the database
     */
    public static JdbcDatabase of(DataSource connections) {
        return new JdbcDatabase(connections, DEFAULT_TIMEOUT, true);
    }

    /**
     * Sets how long a call may take, from its first statement on.
     *
     * @param value 100 ms to 1 min; well below a third of the hosts' lease
     * @return a changed copy
     * @throws IllegalArgumentException if the value is out of bounds
     */
    public JdbcDatabase withTimeout(Duration value) {
        Settings.check("timeout", value, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        return new JdbcDatabase(connections, value, createsTables);
    }

    /**
     * Only uses the tables, for an account that may not make any. {@link #prepare} must have been called by another one.
     *
     * @return a changed copy
     */
    public JdbcDatabase withExistingTables() {
        return new JdbcDatabase(connections, timeout, false);
    }

    /**
     * Connects, and creates or updates the tables. Not needed, but tells early what is wrong. Blocks.
     *
     * @throws RoutingException.Unavailable if the database cannot be used now
     */
    public void prepare() {
        run(true, call -> true);
    }

    /** Runs what may be done twice without harm. */
    <T> T run(Work<T> work) {
        return run(true, work);
    }

    /** Runs what must not be done again once its outcome is not known. */
    <T> T runOnce(Work<T> work) {
        return run(false, work);
    }

    private <T> T run(boolean repeatable, Work<T> work) {
        Deadline deadline = Deadline.in(TimeSource.system(), timeout);
        boolean mayReconnect = repeatable;
        while (true) {
            try {
                return attempt(work, deadline);
            } catch (SQLException e) {
                boolean reconnects = mayReconnect && SqlFailures.isLost(e);
                if (deadline.hasPassed() || !(reconnects || SqlFailures.isConflict(e))) {
                    throw SqlFailures.toCaller(e);
                }
                mayReconnect = mayReconnect && !reconnects;
                stepAside();
            }
        }
    }

    private <T> T attempt(Work<T> work, Deadline deadline) throws SQLException {
        try (Connection connection = connect();
                Borrowed borrowed = new Borrowed(connection);
                Call call = known(borrowed.connection(), deadline).call(connection, deadline)) {
            return work.run(call);
        }
    }

    private Connection connect() throws SQLException {
        try {
            return connections.getConnection();
        } catch (RoutingException e) {
            throw e;
        } catch (RuntimeException e) {
            // Some pools wrap what went wrong while they start.
            throw new SQLException("no connection", "08001", e);
        }
    }

    private KnownDatabase known(Connection connection, Deadline deadline) throws SQLException {
        KnownDatabase current = known;
        if (current == null) {
            current = KnownDatabase.lookAt(connection);
            try (Call call = current.call(connection, deadline)) {
                current.prepare(call, createsTables);
            }
            known = current;
        }
        return current;
    }

    /** Lets the other transaction go first, for a moment that differs between rivals. */
    private static void stepAside() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(500_000, 5_000_000));
    }
}
