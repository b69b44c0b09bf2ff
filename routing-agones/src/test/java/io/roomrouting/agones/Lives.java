package io.roomrouting.agones;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.InMemoryRegistry;
import java.util.List;
import java.util.Map;

/** Session hosts that have registered themselves, as far as a registry can tell. */
final class Lives {

    final InMemoryRegistry registry = InMemoryRegistry.create();

    HostIncarnation born(FakeFleet.Server server) {
        HostIncarnation life = HostIncarnation.next(HostId.of(server.name()));
        HostAddress address = new HostAddress("127.0.0.1", server.port(), false);
        registry.join(new HostRegistration(
                life, address, new HostCapacity((int) server.capacity(), 1_000), Map.of(), List.of()));
        server.label("agones.dev/sdk-room-host", server.name());
        return life;
    }
}
