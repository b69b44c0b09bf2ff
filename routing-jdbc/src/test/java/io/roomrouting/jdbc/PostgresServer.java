package io.roomrouting.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipInputStream;

/** A real PostgreSQL server on a free port of the loopback interface, from binaries that the build has copied. */
final class PostgresServer {

    private PostgresServer() {}

    /** Starts the oldest or the newest version that is supported. */
    static EmbeddedPostgres start(String version) {
        Path jar = Path.of(System.getProperty("postgres.directory"), version + ".jar");
        try {
            return builder(jar).start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started from " + jar, e);
        }
    }

    static EmbeddedPostgres.Builder builder(Path jar) {
        return EmbeddedPostgres.builder()
                .setPgBinaryResolver(binaries(jar))
                .setLocaleConfig("locale", "C")
                .setServerConfig("max_connections", "100")
                // A machine that loses its power is not part of the tests.
                .setServerConfig("fsync", "off");
    }

    private static PgBinaryResolver binaries(Path jar) {
        return (system, architecture) -> {
            ZipInputStream zip = new ZipInputStream(open(jar));
            var entry = zip.getNextEntry();
            while (entry != null && !entry.getName().endsWith(".txz")) {
                entry = zip.getNextEntry();
            }
            if (entry == null) {
                throw new IOException(jar + " holds no binaries");
            }
            return zip;
        };
    }

    private static InputStream open(Path jar) throws IOException {
        return Files.newInputStream(jar);
    }
}
