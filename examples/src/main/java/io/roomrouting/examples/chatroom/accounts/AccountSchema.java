package io.roomrouting.examples.chatroom.accounts;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of the accounts and their version. Each version is a list of statements; those that are missing are run in their
 * order, and what stands here is never changed afterwards.
 *
 * <p>In PostgreSQL a lock lets one process in at a time. H2 ends a transaction with every statement that changes the schema: there
 * each statement does nothing where it was done already, and who meets another process at work tries again.
 */
final class AccountSchema {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSchema.class);
    private static final int ATTEMPTS = 20;
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7346520120)";

    /** Key, table and index; and, for want of a better one, the code of a general error. */
    private static final Set<String> EXISTS_ALREADY = Set.of("23505", "42S01", "42S11", "HY000");

    private static final List<List<String>> VERSIONS = List.of(List.of("""
            CREATE TABLE IF NOT EXISTS chatroom_account (
                name_key      VARCHAR(32) PRIMARY KEY,
                name          VARCHAR(32) NOT NULL,
                password_hash VARCHAR(100) NOT NULL,
                created_at    BIGINT NOT NULL
            )""", """
            CREATE TABLE IF NOT EXISTS chatroom_login (
                id            VARCHAR(32) PRIMARY KEY,
                account       VARCHAR(32) NOT NULL REFERENCES chatroom_account (name_key) ON DELETE CASCADE,
                current_hash  VARCHAR(64) NOT NULL,
                previous_hash VARCHAR(64),
                salt          VARCHAR(64) NOT NULL,
                used_at       BIGINT NOT NULL,
                expires_at    BIGINT NOT NULL
            )""", """
            CREATE INDEX IF NOT EXISTS chatroom_login_by_account ON chatroom_login (account, used_at)""", """
            CREATE INDEX IF NOT EXISTS chatroom_login_by_end ON chatroom_login (expires_at)"""));

    private AccountSchema() {}

    /**
     * Creates or updates the tables. Processes that start at once do not get in each other's way.
     *
     * @throws SQLException if the database cannot be used
     * @throws NewerTables if a newer version of this program has changed the tables
     */
    static void prepare(DataSource connections) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connections.getConnection()) {
                prepare(connection);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !EXISTS_ALREADY.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
                LOG.debug("Another process makes the same tables", e);
            }
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                statement.execute(LOCK);
            }
            migrate(statement);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void migrate(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS chatroom_schema (version INTEGER PRIMARY KEY)");
        int found = version(statement);
        if (found > VERSIONS.size()) {
            throw new NewerTables(found, VERSIONS.size());
        }
        for (int version = found + 1; version <= VERSIONS.size(); version++) {
            for (String change : VERSIONS.get(version - 1)) {
                statement.execute(change);
            }
            statement.executeUpdate("INSERT INTO chatroom_schema (version) VALUES (" + version + ")");
            LOG.info("The accounts' tables have version {}", version);
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM chatroom_schema")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
