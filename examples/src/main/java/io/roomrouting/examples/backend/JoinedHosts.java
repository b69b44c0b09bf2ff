package io.roomrouting.examples.backend;

import io.roomrouting.examples.engines.FleetRegistry;
import io.roomrouting.scheduling.FleetScheduler;
import java.time.Duration;
import java.util.Optional;

/** Rooms live on the session servers that have joined a registry; any number of backends share it. */
final class JoinedHosts {

    private static final Duration PLACEMENT_TIMEOUT = Duration.ofSeconds(10);

    private JoinedHosts() {}

    static Hosting in(FleetRegistry fleet) {
        return new Hosting(
                fleet.rooms(),
                Optional.of(fleet.directory()),
                fleet.hosts(),
                FleetScheduler.builder(fleet.hosts()).build(),
                PLACEMENT_TIMEOUT,
                fleet.hosts()::list,
                fleet::close);
    }
}
