package io.roomrouting.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared file was closed below the connections of a pool, as when the process ends that had it open. */
class ClosedDatabaseTest {

    private static final int CONNECTIONS = 3;

    @TempDir
    Path directory;

    @Test
    void eachDeadConnectionIsLentOnceMoreAtMostHoweverOftenThePoolIsAsked() throws SQLException {
        DatabaseUrl url = H2Url.read("jdbc:h2:file:" + directory.resolve("rooms"));
        try (HikariDataSource pool = Connections.pool("test", url, CONNECTIONS)) {
            useAll(pool);
            try (Connection other = DriverManager.getConnection(url.jdbcUrl())) {
                other.createStatement().execute("SHUTDOWN");
            }

            int failures = 0;
            while (failures <= CONNECTIONS && !works(pool)) {
                failures++;
            }

            assertThat(failures).isBetween(1, CONNECTIONS);
        }
    }

    private static void useAll(HikariDataSource pool) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            borrowed.add(pool.getConnection());
        }
        for (Connection connection : borrowed) {
            connection.close();
        }
    }

    private static boolean works(HikariDataSource pool) {
        try (Connection connection = pool.getConnection()) {
            return connection.createStatement().execute("SELECT 1");
        } catch (SQLException dead) {
            return false;
        }
    }
}
