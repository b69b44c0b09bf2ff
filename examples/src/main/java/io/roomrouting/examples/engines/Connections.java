package io.roomrouting.examples.engines;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Makes connections to a database, with time-outs that fit a lease. */
final class Connections {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** A process that has just been started is slow. */
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(5);

    private static final Duration VALIDATION = Duration.ofSeconds(1);
    /** Behind the time-outs of calls, for what the pool does by itself. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final String H2_INTERFACE = "h2.bindAddress";

    private Connections() {}

    /** Makes one connection, without trying again. */
    static Connection first(DatabaseUrl url) throws SQLException {
        Properties options = optionsFor(url, PATIENCE_AT_START);
        url.login().user().ifPresent(user -> options.setProperty("user", user));
        url.login().password().ifPresent(password -> options.setProperty("password", password));
        return DriverManager.getConnection(url.jdbcUrl(), options);
    }

    static HikariDataSource pool(String name, DatabaseUrl url, int connections) {
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
        config.setExceptionOverrideClassName(DeadConnections.class.getName());
        config.setDataSourceProperties(optionsFor(url, PATIENCE));
        return new HikariDataSource(config);
    }

    private static Properties optionsFor(DatabaseUrl url, Duration patience) {
        Properties options = new Properties();
        if (!url.isEmbedded()) {
            options.setProperty("connectTimeout", seconds(patience));
            options.setProperty("loginTimeout", seconds(patience));
            options.setProperty("socketTimeout", seconds(SILENCE));
            options.setProperty("tcpKeepAlive", "true");
            options.setProperty("ApplicationName", "room-routing");
        } else if (System.getProperty(H2_INTERFACE) == null) {
            // The process that serves the file would otherwise listen for the others on every interface.
            System.setProperty(H2_INTERFACE, "localhost");
        }
        return options;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
