package io.roomrouting.redis;

import io.roomrouting.testkit.RegistryUnderTest;
import io.roomrouting.testkit.RoomDirectoryContract;
import org.junit.jupiter.api.Nested;

class RedisRoomDirectoryTest {

    @Nested
    class OnTheOldest extends RoomDirectoryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.OLDEST);
        }
    }

    @Nested
    class OnTheInstalled extends RoomDirectoryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.INSTALLED);
        }
    }
}
