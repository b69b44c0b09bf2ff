package io.roomrouting.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** Where the two databases differ. */
enum Dialect {
    /** PostgreSQL 14 and newer. The time is that of the statement's start, so that an index on times can be used. */
    POSTGRESQL(
            "PostgreSQL", 14, "(EXTRACT(EPOCH FROM statement_timestamp()) * 1000)::BIGINT", "nextval('routing_epoch')"),
    /** H2 2 and newer. Its time is that of the statement's start as well. */
    H2("H2", 2, "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)", "NEXT VALUE FOR routing_epoch");

    private final String product;
    private final int oldest;
    private final String now;
    private final String nextEpoch;

    Dialect(String product, int oldest, String now, String nextEpoch) {
        this.product = product;
        this.oldest = oldest;
        this.now = now;
        this.nextEpoch = nextEpoch;
    }

    /** Recognises a database. */
    static Dialect of(DatabaseMetaData database) throws SQLException {
        for (Dialect dialect : values()) {
            if (dialect.product.equals(database.getDatabaseProductName())) {
                dialect.checkVersion(database.getDatabaseMajorVersion());
                return dialect;
            }
        }
        throw new UnusableDatabase("is neither PostgreSQL nor H2");
    }

    private void checkVersion(int major) throws UnusableDatabase {
        if (major < oldest) {
            throw new UnusableDatabase("is " + product + " " + major + "; needed is " + oldest + " or newer");
        }
    }

    /** What the names of its scripts begin with. */
    String scripts() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Puts in what the databases call differently. */
    String render(String template) {
        return template.replace("{now}", now).replace("{next_epoch}", nextEpoch);
    }

    /** A change that returns columns of the rows as they now are; in the columns the table is called {@code t}. */
    String returning(String change, String columns) {
        return switch (this) {
            case POSTGRESQL -> change + " RETURNING " + columns;
            case H2 -> "SELECT " + columns + " FROM FINAL TABLE (" + change + ") t";
        };
    }

    /** An insertion that does nothing where the key is taken; in H2 it may fail for that instead. */
    String unlessPresent(String insertion) {
        return this == POSTGRESQL ? insertion + " ON CONFLICT DO NOTHING" : insertion;
    }
}
