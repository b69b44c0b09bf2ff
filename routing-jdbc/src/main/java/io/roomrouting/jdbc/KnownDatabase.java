package io.roomrouting.jdbc;

import io.roomrouting.Deadline;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a look at a database has shown.
 *
 * @param dialect its SQL
 * @param setsIsolation whether its connections come with another isolation than the one that this library reckons with
 */
record KnownDatabase(Dialect dialect, boolean setsIsolation) {

    static KnownDatabase lookAt(Connection connection) throws SQLException {
        return new KnownDatabase(
                Dialect.of(connection.getMetaData()),
                connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED);
    }

    Call call(Connection connection, Deadline deadline) {
        return new Call(connection, dialect, setsIsolation, deadline);
    }
}
