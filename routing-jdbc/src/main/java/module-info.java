/**
 * Registry, room states and message history in PostgreSQL or embedded H2, over a plain {@link javax.sql.DataSource}.
 *
 * <p>Start with {@link io.roomrouting.jdbc.JdbcDatabase}.
 */
module io.roomrouting.jdbc {
    requires transitive io.roomrouting;
    requires transitive java.sql;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.jdbc;
}
