package io.roomrouting.redis;

import io.roomrouting.testkit.RegistryUnderTest;
import io.roomrouting.testkit.RoomDirectoryContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

class RedisRoomDirectoryTest {

    @Nested
    class OnTheOldest extends RoomDirectoryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.OLDEST);
        }
    }

    @Nested
    @EnabledIf(value = Engine.IS_INSTALLED, disabledReason = Engine.NOT_INSTALLED)
    class OnTheInstalled extends RoomDirectoryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.INSTALLED);
        }
    }
}
