package io.roomrouting.jdbc;

import io.roomrouting.testkit.RegistryUnderTest;
import io.roomrouting.testkit.RoomRegistryContract;
import org.junit.jupiter.api.Nested;

class JdbcRoomRegistryTest {

    @Nested
    class OnH2 extends RoomRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.H2);
        }
    }

    @Nested
    class OnTheOldestPostgres extends RoomRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.OLDEST_POSTGRES);
        }
    }

    @Nested
    class OnTheNewestPostgres extends RoomRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.NEWEST_POSTGRES);
        }
    }
}
