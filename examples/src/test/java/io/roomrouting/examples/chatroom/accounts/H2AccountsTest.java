package io.roomrouting.examples.chatroom.accounts;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;

class H2AccountsTest extends AccountsTest {

    private static final JdbcConnectionPool CONNECTIONS =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");

    @Override
    DataSource database() {
        return CONNECTIONS;
    }

    @AfterAll
    static void close() {
        CONNECTIONS.dispose();
    }
}
