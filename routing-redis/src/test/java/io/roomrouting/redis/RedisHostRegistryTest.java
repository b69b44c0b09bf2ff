package io.roomrouting.redis;

import io.roomrouting.testkit.HostRegistryContract;
import io.roomrouting.testkit.RegistryUnderTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

class RedisHostRegistryTest {

    @Nested
    class OnTheOldest extends HostRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.OLDEST);
        }
    }

    @Nested
    @EnabledIf(value = Engine.IS_INSTALLED, disabledReason = Engine.NOT_INSTALLED)
    class OnTheInstalled extends HostRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.INSTALLED);
        }
    }
}
