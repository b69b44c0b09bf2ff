package io.roomrouting.jdbc;

import io.roomrouting.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a look at a database has shown.
 *
 * @param dialect its SQL
 * @param setsIsolation whether its connections come with another isolation than the one that this library reckons with
 */
record KnownDatabase(Dialect dialect, boolean setsIsolation) {

    private static final Logger LOG = LoggerFactory.getLogger(KnownDatabase.class);

    /** H2 tells what was once set and what holds now. */
    private static final Sql KEEPS_BACK = Sql.of("""
            SELECT 1 FROM information_schema.settings
            WHERE setting_name = 'WRITE_DELAY' AND setting_value <> '0'
            """);

    static KnownDatabase lookAt(Connection connection) throws SQLException {
        return new KnownDatabase(
                Dialect.of(connection.getMetaData()),
                connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED);
    }

    /** Brings the tables to this library's version, and warns of a setting under which commits can be lost. */
    void prepare(Call call, boolean createsTables) throws SQLException {
        new Schema(call).prepare(createsTables);
        if (dialect == Dialect.H2 && call.first(KEEPS_BACK, row -> true).isPresent()) {
            LOG.warn("H2 keeps commits in memory for a while, and they are lost when its process is killed:"
                    + " add ;WRITE_DELAY=0 to the URL");
        }
    }

    Call call(Connection connection, Deadline deadline) {
        return new Call(connection, dialect, setsIsolation, deadline);
    }
}
