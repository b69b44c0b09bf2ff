package io.roomrouting.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A database that is not there. */
final class Unreachable {

    private Unreachable() {}

    /** A pool that is only started when somebody wants a connection, and then fails. */
    static DataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/rooms");
        pool.setConnectionTimeout(250);
        return pool;
    }
}
