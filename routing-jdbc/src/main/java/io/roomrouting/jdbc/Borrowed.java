package io.roomrouting.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection of the application's, which goes back in the state in which it came. */
final class Borrowed implements AutoCloseable {

    private final Connection connection;
    private final boolean autoCommit;
    private final int networkTimeout;

    Borrowed(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        this.networkTimeout = connection.getNetworkTimeout();
        if (!autoCommit) {
            connection.setAutoCommit(true);
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        // Nothing to report: what was asked of the database is done or has failed already.
        Quietly.run(() -> connection.setNetworkTimeout(Runnable::run, networkTimeout));
        if (!autoCommit) {
            Quietly.run(() -> connection.setAutoCommit(false));
        }
    }
}
