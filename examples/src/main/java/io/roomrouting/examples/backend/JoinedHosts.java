package io.roomrouting.examples.backend;

import io.roomrouting.RoomId;
import io.roomrouting.examples.engines.FleetRegistry;
import io.roomrouting.scheduling.LocalScheduler;
import java.time.Duration;

/** Rooms live on the session servers that have joined a registry; any number of backends share it. */
final class JoinedHosts {

    private static final Duration PLACEMENT_TIMEOUT = Duration.ofSeconds(10);

    private JoinedHosts() {}

    static Hosting in(FleetRegistry fleet) {
        return new Hosting(
                fleet.rooms(),
                new LocalScheduler(fleet.hosts()),
                PLACEMENT_TIMEOUT,
                () -> fleet.rooms().find(RoomId.of("readiness")),
                fleet::close);
    }
}
