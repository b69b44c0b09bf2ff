package io.roomrouting.jdbc;

import io.roomrouting.testkit.HostRegistryContract;
import io.roomrouting.testkit.RegistryUnderTest;
import org.junit.jupiter.api.Nested;

class JdbcHostRegistryTest {

    @Nested
    class OnH2 extends HostRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.H2);
        }
    }

    @Nested
    class OnTheOldestPostgres extends HostRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.OLDEST_POSTGRES);
        }
    }

    @Nested
    class OnTheNewestPostgres extends HostRegistryContract {
        @Override
        protected RegistryUnderTest createRegistry() {
            return new JdbcRegistryUnderTest(Engine.NEWEST_POSTGRES);
        }
    }
}
