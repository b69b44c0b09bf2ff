package io.roomrouting.testkit;

class InMemoryHostRegistryTest extends HostRegistryContract {

    @Override
    protected RegistryUnderTest createRegistry() {
        return new InMemoryRegistryUnderTest();
    }
}
