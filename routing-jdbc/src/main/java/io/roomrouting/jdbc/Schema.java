package io.roomrouting.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables and their version. Every version is a script; those that are missing are run in their order.
 *
 * <p>In PostgreSQL the scripts and their entries in the list of versions are one transaction, and an advisory lock lets one
 * process in at a time. In H2 every statement that changes the schema commits by itself, which would end a lock. So there the
 * one who works notes it in the list, with the moment at which its time is over, and the others come back later; every statement
 * of a script does nothing where it was done already, and the entry comes last.
 */
final class Schema {

    /** The version that this library works with, and the number of its last script. */
    static final int VERSION = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private static final Sql LOCK = Sql.of("SELECT pg_advisory_xact_lock(7346520119)");

    private static final Sql CREATE_VERSIONS = Sql.of("""
            CREATE TABLE IF NOT EXISTS routing_schema (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)""");

    /** Asks the catalogue first, since asking a table that is not there would end a transaction. */
    private static final Sql HAS_VERSIONS = Sql.of("""
            SELECT 1 FROM information_schema.tables
            WHERE LOWER(table_name) = 'routing_schema' AND table_schema = CURRENT_SCHEMA""");

    private static final Sql NEWEST = Sql.of("SELECT COALESCE(MAX(version), 0) FROM routing_schema");

    private static final Sql ENTER =
            Sql.insertion("INSERT INTO routing_schema (version, applied_at) VALUES (?, {now})");

    /** Stands for the work on the list itself; {@code applied_at} is when whoever works must have stopped. */
    private static final Sql BEGIN =
            Sql.insertion("INSERT INTO routing_schema (version, applied_at) VALUES (0, {now} + ?)");

    private static final Sql TAKE_OVER = Sql.of("""
            UPDATE routing_schema SET applied_at = {now} + ?
            WHERE version = 0 AND applied_at <= {now}
            """);

    private static final Sql END = Sql.of("DELETE FROM routing_schema WHERE version = 0");

    /** Key, table, index, column and sequence; and, for want of a better one, the code of a general error. */
    private static final Set<String> EXISTS_ALREADY = Set.of("23505", "42S01", "42S11", "42S21", "90035", "HY000");

    private final Call call;
    private final int wanted;

    Schema(Call call) {
        this(call, VERSION);
    }

    /** Works with an earlier version, as an earlier library would. */
    Schema(Call call, int wanted) {
        this.call = call;
        this.wanted = wanted;
    }

    /** Brings the tables to this version, or fails if they are of another and must not be changed. */
    void prepare(boolean mayChange) throws SQLException {
        int found = found();
        if (found > wanted) {
            throw new UnusableDatabase("has tables of version " + found + ", and this library knows versions up to "
                    + wanted + ": use a newer one");
        }
        if (found < wanted && !mayChange) {
            throw new UnusableDatabase("has tables of version " + found + " and needs version " + wanted
                    + ": let an account prepare it that may change them");
        }
        if (found < wanted) {
            migrate();
        }
    }

    private int found() throws SQLException {
        boolean any = call.first(HAS_VERSIONS, row -> true).isPresent();
        return any ? newest() : 0;
    }

    private int newest() throws SQLException {
        Optional<Integer> newest = call.first(NEWEST, row -> row.getInt(1));
        return newest.orElse(0);
    }

    private void migrate() throws SQLException {
        switch (call.dialect()) {
            case POSTGRESQL ->
                call.atomically(locked -> {
                    locked.first(LOCK, row -> true);
                    return runScripts();
                });
            case H2 -> runScriptsBesideRivals();
        }
    }

    /** H2 looks for some names before it locks the schema, and then fails because a rival has been faster. */
    private void runScriptsBesideRivals() throws SQLException {
        try {
            call.update(CREATE_VERSIONS);
            if (!call.insert(BEGIN, call.millisLeft()) && call.update(TAKE_OVER, call.millisLeft()) == 0) {
                throw rival(null);
            }
            runScripts();
            call.update(END);
        } catch (SQLException e) {
            if (EXISTS_ALREADY.contains(String.valueOf(e.getSQLState()))) {
                throw rival(e);
            }
            throw e;
        }
    }

    private static SQLException rival(@Nullable SQLException why) {
        return new SQLTransactionRollbackException("another process makes the same tables", "40001", why);
    }

    private int runScripts() throws SQLException {
        call.update(CREATE_VERSIONS);
        int version = newest();
        while (version < wanted) {
            version++;
            for (String statement : statements(version)) {
                call.execute(Sql.of(statement));
            }
            call.insert(ENTER, version);
            LOG.info("The database has the tables of version {}", version);
        }
        return version;
    }

    private List<String> statements(int version) throws UnusableDatabase {
        String script = call.dialect().scripts() + "-" + version + ".sql";
        try (InputStream text = Schema.class.getResourceAsStream(script)) {
            if (text == null) {
                throw new UnusableDatabase("cannot be prepared: this library lacks " + script);
            }
            String withoutComments =
                    new String(text.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(withoutComments.split(";\\s*(\\R|$)"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            UnusableDatabase unreadable = new UnusableDatabase("cannot be prepared: " + script + " cannot be read");
            unreadable.initCause(e);
            throw unreadable;
        }
    }
}
