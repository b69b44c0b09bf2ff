package io.roomrouting.examples.chatroom.accounts;

import static java.util.Objects.requireNonNull;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresAccountsTest extends AccountsTest {

    private static @Nullable EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C")
                // A machine that loses its power is not part of the tests.
                .setServerConfig("fsync", "off")
                .start();
    }

    @Override
    DataSource database() {
        return requireNonNull(server).getPostgresDatabase();
    }

    @AfterAll
    static void stop() throws IOException {
        requireNonNull(server).close();
    }
}
