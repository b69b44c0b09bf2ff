package io.roomrouting.examples.engines;

import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.RoutingException;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Redacted;
import io.roomrouting.jdbc.JdbcDatabase;
import io.roomrouting.jdbc.JdbcRoomStateStore;
import io.roomrouting.session.RoomStateStore;
import java.sql.Connection;
import java.sql.SQLException;
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

    private final HikariDataSource connections;
    private final JdbcDatabase tables;
    private final Pruning pruning;

    private OpenDatabase(HikariDataSource connections, Duration timeout) {
        this.connections = connections;
        this.tables = JdbcDatabase.of(connections).withTimeout(timeout);
        this.pruning = Pruning.of(tables);
    }

    /**
     * Connects, and makes the tables of {@code routing-jdbc} where they are missing. Blocks for some seconds at most.
     *
     * @param setting where the URL stands, for messages
     * @param url which database
     * @param connections how many it may have at once
     * @param timeout how long a call may take
     * @return the database, answering or not
     * @throws ConfigurationException if it answers and cannot be used
     */
    static OpenDatabase open(String setting, DatabaseUrl url, int connections, Duration timeout) {
        // A pool would go on trying before it tells. While this connection lasts, an embedded database stays open.
        try (Connection first = Connections.first(url)) {
            return new OpenDatabase(Connections.pool(setting, url, connections), timeout).prepared();
        } catch (SQLException | RoutingException.Unavailable e) {
            String told =
                    setting + " = " + Redacted.oneLine(url.toString()) + ": " + Redacted.words(Troubles.rootOf(e));
            if (Troubles.areLasting(e)) {
                throw new ConfigurationException(told, e);
            }
            LOG.warn("{}; not ready until it answers", told);
            return new OpenDatabase(Connections.pool(setting, url, connections), timeout);
        }
    }

    private OpenDatabase prepared() {
        try {
            tables.prepare();
            return this;
        } catch (RoutingException.Unavailable e) {
            close();
            throw e;
        }
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
     * @return with a time-out of 3 s or less
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
        pruning.close();
        connections.close();
    }
}
