package io.roomrouting.redis;

import io.roomrouting.testkit.HostRegistryContract;
import io.roomrouting.testkit.RegistryUnderTest;
import org.junit.jupiter.api.Nested;

class RedisHostRegistryTest {

    @Nested
    class OnTheOldest extends HostRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.OLDEST);
        }
    }

    @Nested
    class OnTheInstalled extends HostRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new RedisRegistryUnderTest(Engine.INSTALLED);
        }
    }
}
