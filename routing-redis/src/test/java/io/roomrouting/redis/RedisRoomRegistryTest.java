package io.roomrouting.redis;

import io.roomrouting.testkit.RegistryUnderTest;
import io.roomrouting.testkit.RoomRegistryContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

class RedisRoomRegistryTest {

    @Nested
    class OnTheOldest extends RoomRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.OLDEST);
        }
    }

    @Nested
    @EnabledIf(value = Engine.IS_INSTALLED, disabledReason = Engine.NOT_INSTALLED)
    class OnTheInstalled extends RoomRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.INSTALLED);
        }
    }
}
