package io.roomrouting.jdbc;

import io.roomrouting.testkit.RegistryUnderTest;
import io.roomrouting.testkit.RoomDirectoryContract;
import org.junit.jupiter.api.Nested;

class JdbcRoomDirectoryTest {

    @Nested
    class OnH2 extends RoomDirectoryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.H2);
        }
    }

    @Nested
    class OnTheNewestPostgres extends RoomDirectoryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.NEWEST_POSTGRES);
        }
    }
}
