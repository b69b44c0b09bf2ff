package io.roomrouting.examples.engines;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.RoutingException;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Redacted;
import io.roomrouting.jdbc.JdbcDatabase;
import io.roomrouting.jdbc.JdbcRoomStateStore;
import io.roomrouting.session.RoomStateStore;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database with a pool of connections whose time-outs fit a lease. To be closed when nothing uses it any more. Thread-safe.
 *
 * <p>Whoever is told at the start that the engine is out of reach goes on: the next call tries anew, and until one succeeds the
 * process is not ready. What only an operator can change, a wrong password say, is refused instead.
 */
public final class OpenDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenDatabase.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration VALIDATION = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final HikariDataSource connections;
    private final JdbcDatabase tables;

    private OpenDatabase(HikariDataSource connections) {
        this.connections = connections;
        this.tables = JdbcDatabase.of(connections);
    }

    /**
     * Connects, and makes the tables of {@code routing-jdbc} where they are missing. Blocks for some seconds at most.
     *
     * @param setting where the URL stands, for messages
     * @param url which database
     * @param connections how many it may have at once
     * @return the database, answering or not
     * @throws ConfigurationException if it answers and cannot be used
     */
    static OpenDatabase open(String setting, DatabaseUrl url, int connections) {
        OpenDatabase database = new OpenDatabase(pool(setting, url, connections));
        try {
            database.tables.prepare();
        } catch (RoutingException.Unavailable e) {
            if (!Troubles.mayPass(e)) {
                database.close();
                throw new ConfigurationException(told(setting, url, e), e);
            }
            LOG.warn("{}; not ready until it answers", told(setting, url, e));
        }
        return database;
    }

    private static String told(String setting, DatabaseUrl url, RoutingException trouble) {
        return setting + " = " + Redacted.oneLine(url.toString()) + ": " + trouble.getMessage() + " ("
                + Redacted.words(Troubles.rootOf(trouble)) + ")";
    }

    /**
     * Returns the connections, for tables of one's own.
     *
     * @return waits 2 s at most for a connection
     */
    public DataSource connections() {
        return connections;
    }

    /**
     * Returns the database as the library uses it.
     *
     * @return with a time-out of 3 s
     */
    public JdbcDatabase tables() {
        return tables;
    }

    /**
     * Returns where the states of rooms can be kept.
     *
     * @return blocks on the database
     */
    public RoomStateStore states() {
        return JdbcRoomStateStore.in(tables);
    }

    @Override
    public void close() {
        connections.close();
    }

    private static HikariDataSource pool(String name, DatabaseUrl url, int connections) {
        if (url.isEmbedded() && System.getProperty("h2.bindAddress") == null) {
            // The process that serves the file would otherwise listen for the others on every interface.
            System.setProperty("h2.bindAddress", "localhost");
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url.jdbcUrl());
        url.login().user().ifPresent(config::setUsername);
        url.login().password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(VALIDATION.toMillis());
        config.setInitializationFailTimeout(-1);
        if (!url.isEmbedded()) {
            config.addDataSourceProperty("connectTimeout", PATIENCE.toSeconds());
            config.addDataSourceProperty("socketTimeout", SILENCE.toSeconds());
            config.addDataSourceProperty("tcpKeepAlive", true);
            config.addDataSourceProperty("ApplicationName", "room-routing");
        }
        return new HikariDataSource(config);
    }
}
