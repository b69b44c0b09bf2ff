package io.roomrouting.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostState;
import io.roomrouting.session.SessionHost;
import java.util.List;
import java.util.function.Supplier;

/** What is read off a session host, or off what it was told. */
record HostGauges(List<Reading> readings) {

    /**
     * One gauge.
     *
     * @param name the meter
     * @param description what it shows
     * @param value reads it
     */
    record Reading(String name, String description, Supplier<Number> value) {}

    static HostGauges of(SessionHost host) {
        return new HostGauges(List.of(
                new Reading(
                        "room.routing.rooms",
                        "Rooms that are open on the host",
                        () -> host.status().load().rooms()),
                new Reading(
                        "room.routing.connections",
                        "Connections that were let in and have not ended",
                        () -> host.status().load().connections()),
                new Reading(
                        "room.routing.host.ready",
                        "1 if the host has a lease and takes new rooms",
                        () -> oneIf(host.status().ready())),
                new Reading(
                        "room.routing.host.draining",
                        "1 if the host gets ready to stop",
                        () -> oneIf(host.status().state() == HostState.DRAINING))));
    }

    static HostGauges of(HostCapacity capacity) {
        return new HostGauges(List.of(
                new Reading("room.routing.rooms.max", "Rooms that the host takes at most", capacity::rooms),
                new Reading(
                        "room.routing.connections.max",
                        "Connections that the host takes at most",
                        capacity::connections)));
    }

    void bind(MeterRegistry registry, Tags tags) {
        readings.forEach(reading -> Gauge.builder(reading.name(), reading.value())
                .description(reading.description())
                .tags(tags)
                .strongReference(true)
                .register(registry));
    }

    static int oneIf(boolean holds) {
        return holds ? 1 : 0;
    }
}
