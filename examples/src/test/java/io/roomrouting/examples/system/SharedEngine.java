package io.roomrouting.examples.system;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** An engine that the processes of a fleet share, where nothing listens until it is started. */
abstract class SharedEngine implements AutoCloseable {

    static final String PASSWORD = "a-secret-of-the-engine";

    /** What the processes are told of it. */
    abstract Map<String, String> settings(Path directory);

    /** Whether the processes can be ready without it. */
    abstract boolean needsStart();

    abstract void start() throws IOException;

    @Override
    public void close() throws IOException {}

    /** A file that the processes serve to each other. */
    static final class H2 extends SharedEngine {

        @Override
        Map<String, String> settings(Path directory) {
            return Map.of(
                    "REGISTRY_URL", "jdbc:h2:file:" + directory.toAbsolutePath().resolve("rooms"));
        }

        @Override
        boolean needsStart() {
            return false;
        }

        @Override
        void start() {}

        @Override
        public String toString() {
            return "H2";
        }
    }

    /** A real server. */
    static final class Postgres extends SharedEngine {

        private final int port = Integer.parseInt(FreePorts.next());
        private @Nullable EmbeddedPostgres server;

        @Override
        Map<String, String> settings(Path directory) {
            return Map.of(
                    "REGISTRY_URL",
                    "postgres://localhost:" + port + "/postgres",
                    "REGISTRY_USER",
                    "postgres",
                    "REGISTRY_PASSWORD",
                    PASSWORD);
        }

        @Override
        boolean needsStart() {
            return true;
        }

        @Override
        void start() throws IOException {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setLocaleConfig("locale", "C")
                    // A machine that loses its power is not part of the tests.
                    .setServerConfig("fsync", "off")
                    .start();
        }

        @Override
        public void close() throws IOException {
            if (server != null) {
                server.close();
            }
        }

        @Override
        public String toString() {
            return "PostgreSQL";
        }
    }

    /** A real server, with a password. */
    static final class Redis extends SharedEngine {

        private final int port = Integer.parseInt(FreePorts.next());
        private @Nullable RedisServer server;

        @Override
        Map<String, String> settings(Path directory) {
            return Map.of("REGISTRY_URL", "redis://localhost:" + port, "REGISTRY_PASSWORD", PASSWORD);
        }

        @Override
        boolean needsStart() {
            return true;
        }

        @Override
        void start() throws IOException {
            server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("requirepass \"" + PASSWORD + "\"")
                    .build();
            server.start();
        }

        @Override
        public void close() throws IOException {
            if (server != null) {
                server.stop();
            }
        }

        @Override
        public String toString() {
            return "Redis";
        }
    }
}
