package io.roomrouting.examples.system;

import io.roomrouting.Identity;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chat room that loses its process while a thousand messages are said per second, again and again. */
class KilledChatTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledChatTest.class);

    private static final int MESSAGES_PER_SECOND = 1_000;
    private static final int KILLS = Integer.getInteger("chat.kills", 2);
    private static final Duration BETWEEN = Duration.ofSeconds(Integer.getInteger("chat.seconds", 3));

    private final String secret = JwtKey.randomSecret();
    private final JwtIssuer issuer = JwtIssuer.of(JwtKeys.of(JwtKey.hs256(secret)));
    private final String port = FreePorts.next();

    @TempDir
    Path directory;

    enum Engine {
        H2 {
            @Override
            Database start(Path directory) {
                Path file = directory.toAbsolutePath().resolve("chat");
                return new Database(Map.of("DATABASE_URL", "jdbc:h2:file:" + file), () -> {});
            }
        },
        POSTGRESQL {
            @Override
            Database start(Path directory) throws IOException {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        // A machine that loses its power is not part of the tests.
                        .setServerConfig("fsync", "off")
                        .start();
                String url = "postgres://localhost:" + server.getPort() + "/postgres";
                return new Database(
                        Map.of("DATABASE_URL", url, "DATABASE_USER", "postgres", "DATABASE_PASSWORD", "any"), server);
            }
        };

        abstract Database start(Path directory) throws IOException;
    }

    /** Where messages are kept, which outlives the server's process. */
    record Database(Map<String, String> settings, Closeable server) implements Closeable {

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(300)
    void nothingThatWasAcknowledgedIsLostAndNothingIsThereTwice(Engine engine) throws Exception {
        try (Database database = engine.start(directory);
                ChatLoad load = new ChatLoad("http://localhost:" + port, this::tokenOf)) {
            ChatProcess process = start(database);
            try {
                load.connect();
                for (int kill = 1; kill <= KILLS; kill++) {
                    long rate = load.during(MESSAGES_PER_SECOND, BETWEEN, process::kill);
                    process = start(database);
                    int again = load.connect();
                    LOG.info("{}: {} messages per second until kill {}, {} said again", engine, rate, kill, again);
                }
                load.expectAllInHistory();
                LOG.info(
                        "{}: {} messages were acknowledged, and all that are kept are there",
                        engine,
                        load.acknowledged());
            } finally {
                process.close();
            }
        }
    }

    private ChatProcess start(Database database) throws IOException {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("BIND_ADDRESS", "localhost");
        settings.put("JWT_SECRET", secret);
        settings.put("MESSAGES_PER_SECOND", "10000");
        settings.put("MESSAGE_BURST", "10000");
        return ChatProcess.start(directory, port, settings);
    }

    private String tokenOf(String user) {
        return issuer.issueLogin(Identity.of(user));
    }
}
