package io.roomrouting.benchmarks.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL. A commit is with the operating system before it is acknowledged; a machine that loses its power is not part of
 * this.
 */
public final class PostgresServer implements EngineServer {

    private final Path directory;
    private int port;
    private @Nullable EmbeddedPostgres process;

    /**
     * Describes a server.
     *
     * @param directory where it keeps its data
     */
    public PostgresServer(Path directory) {
        this.directory = directory;
    }

    @Override
    public void start() throws IOException {
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(new File(directory + ".log"));
        EmbeddedPostgres started = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C")
                .setServerConfig("max_connections", "200")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "off")
                .start();
        port = started.getPort();
        process = started;
    }

    @Override
    public void stop() throws IOException {
        EmbeddedPostgres running = process;
        process = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String url(int at) {
        return "jdbc:postgresql://127.0.0.1:" + at + "/postgres?user=postgres&connectTimeout=2";
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
