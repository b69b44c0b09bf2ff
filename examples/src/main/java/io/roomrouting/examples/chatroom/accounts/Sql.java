package io.roomrouting.examples.chatroom.accounts;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Runs single statements on the tables of the accounts, each on its own and at once in force; {@code {now}} in one is the database's time in milliseconds.
 * Blocks. What goes wrong is told as {@link ErrorCode#REGISTRY_UNAVAILABLE}, with the cause.
 */
final class Sql {

    private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
    private static final String DUPLICATE_KEY = "23505";
    private static final int TIMEOUT_SECONDS = 3;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final DataSource connections;
    private volatile boolean prepared;

    /** Reads a row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    Sql(DataSource connections) {
        this.connections = connections;
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        });
    }

    /** Returns how many rows were changed. */
    int update(String sql, Object... parameters) {
        return run(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Returns false if there is a row with this key already. */
    boolean insert(String sql, Object... parameters) {
        return run(sql, parameters, statement -> {
            try {
                return statement.executeUpdate() == 1;
            } catch (SQLException e) {
                if (DUPLICATE_KEY.equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        });
    }

    private <T> T run(String sql, Object[] parameters, Work<T> work) {
        try {
            prepare();
            return runOn(connections, sql, parameters, work);
        } catch (SQLException e) {
            throw RoutingException.unavailable(
                    ErrorCode.REGISTRY_UNAVAILABLE, "The database cannot be used now", RETRY_AFTER, e);
        }
    }

    private void prepare() throws SQLException {
        if (!prepared) {
            AccountSchema.prepare(connections);
            prepared = true;
        }
    }

    private static <T> T runOn(DataSource connections, String sql, Object[] parameters, Work<T> work)
            throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql.replace("{now}", NOW))) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return work.run(statement);
        }
    }
}
