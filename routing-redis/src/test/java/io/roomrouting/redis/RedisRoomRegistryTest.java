package io.roomrouting.redis;

import io.roomrouting.testkit.RegistryUnderTest;
import io.roomrouting.testkit.RoomRegistryContract;
import org.junit.jupiter.api.Nested;

class RedisRoomRegistryTest {

    @Nested
    class OnTheOldest extends RoomRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.OLDEST);
        }
    }

    @Nested
    class OnTheInstalled extends RoomRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.INSTALLED);
        }
    }
}
