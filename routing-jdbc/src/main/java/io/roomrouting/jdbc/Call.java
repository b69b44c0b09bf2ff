package io.roomrouting.jdbc;

import io.roomrouting.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of the library on one connection, until its deadline. Every statement stands alone unless it runs
 * {@linkplain #atomically}. For one thread.
 */
final class Call implements AutoCloseable {

    /** The server is asked to give up first, so that the connection need not be cut. */
    private static final int GRACE_MILLIS = 250;

    private static final int NOT_SET = -1;

    private final Connection connection;
    private final Dialect dialect;
    private final boolean setsIsolation;
    private final Deadline deadline;

    /** What the statements of this call are given at present; H2 keeps it for the whole connection. */
    private int seconds = NOT_SET;

    private int usualSeconds;

    Call(Connection connection, Dialect dialect, boolean setsIsolation, Deadline deadline) {
        this.connection = connection;
        this.dialect = dialect;
        this.setsIsolation = setsIsolation;
        this.deadline = deadline;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done with a call. */
    @FunctionalInterface
    interface Work<T> {
        T run(Call call) throws SQLException;
    }

    /** No statement of this call lasts longer than this and {@link #GRACE_MILLIS}. */
    long millisLeft() {
        return deadline.remaining().toMillis() + GRACE_MILLIS;
    }

    Dialect dialect() {
        return dialect;
    }

    <T> List<T> all(Sql sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    <T> Optional<T> first(Sql sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** Changes rows and says how many. */
    int update(Sql sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Changes rows, once for each set of values, in one exchange with the database. */
    void updateAll(Sql sql, List<@Nullable Object[]> sets) throws SQLException {
        if (sets.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepare(sql)) {
            for (@Nullable Object[] values : sets) {
                setAll(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Does what returns neither rows nor a count that matters. */
    void execute(Sql sql) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            statement.execute();
        }
    }

    /** Adds a row; false if there is one with its key. Not within {@link #atomically}. */
    boolean insert(Sql sql, @Nullable Object... values) throws SQLException {
        try {
            return update(sql, values) == 1;
        } catch (SQLException e) {
            if (SqlFailures.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Does several statements as one; each sees what others had committed when it began. */
    <T> T atomically(Work<T> work) throws SQLException {
        if (!setsIsolation) {
            return inTransaction(work);
        }
        int usual = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try {
            return inTransaction(work);
        } finally {
            Quietly.run(() -> connection.setTransactionIsolation(usual));
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T result = work.run(this);
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                Quietly.run(connection::rollback);
            }
            Quietly.run(() -> connection.setAutoCommit(true));
        }
    }

    private PreparedStatement prepare(Sql sql, @Nullable Object... values) throws SQLException {
        long left = deadline.remaining().toMillis();
        if (left == 0) {
            throw new SQLTimeoutException("no time is left for another statement", "57014");
        }
        connection.setNetworkTimeout(Runnable::run, (int) left + GRACE_MILLIS);
        PreparedStatement statement = connection.prepareStatement(sql.in(dialect));
        boolean ready = false;
        try {
            limit(statement, (int) ((left + 999) / 1_000));
            setAll(statement, values);
            ready = true;
            return statement;
        } finally {
            if (!ready) {
                Quietly.run(statement::close);
            }
        }
    }

    private static void setAll(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private void limit(Statement statement, int wanted) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            statement.setQueryTimeout(wanted);
            return;
        }
        if (seconds == NOT_SET) {
            usualSeconds = statement.getQueryTimeout();
            seconds = usualSeconds;
        }
        if (seconds != wanted) {
            statement.setQueryTimeout(wanted);
            seconds = wanted;
        }
    }

    /** Gives the connection the limit back that it came with. */
    @Override
    public void close() {
        if (seconds != NOT_SET && seconds != usualSeconds) {
            Quietly.run(() -> {
                try (Statement statement = connection.createStatement()) {
                    statement.setQueryTimeout(usualSeconds);
                }
            });
        }
    }
}
