package io.roomrouting.testkit;

class InMemoryRoomRegistryTest extends RoomRegistryContract {

    @Override
    protected RegistryUnderTest createRegistry() {
        return new InMemoryRegistryUnderTest();
    }
}
