package io.roomrouting.examples.system;

import io.roomrouting.Identity;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    @Timeout(300)
    void nothingThatWasAcknowledgedIsLostAndNothingIsThereTwice() throws Exception {
        String database = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("chat") + ";WRITE_DELAY=0";
        ChatProcess process = ChatProcess.start(secret, port, database);
        try (ChatLoad load = new ChatLoad("http://localhost:" + port, this::tokenOf)) {
            load.connect();
            for (int kill = 1; kill <= KILLS; kill++) {
                long rate = load.during(MESSAGES_PER_SECOND, BETWEEN, process::kill);
                process = ChatProcess.start(secret, port, database);
                int again = load.connect();
                LOG.info("{} messages per second until kill {}, {} said again", rate, kill, again);
            }
            load.expectAllInHistory();
            LOG.info("all of {} messages are there", load.acknowledged());
        } finally {
            process.close();
        }
    }

    private String tokenOf(String user) {
        return issuer.issueLogin(Identity.of(user));
    }
}
