package io.roomrouting.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.roomrouting.ClaimResult;
import io.roomrouting.ErrorCode;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingListener;

/** Counts placements and what came between. */
final class RoutingMeters implements RoutingListener {

    private final Counter placed;
    private final Counter racesLost;
    private final TaggedCounter hostRefusals;
    private final TaggedCounter failures;

    RoutingMeters(MeterRegistry registry, Tags tags) {
        placed = Counter.builder("room.routing.placements")
                .description("Rooms that got a new owner")
                .tags(tags)
                .register(registry);
        racesLost = Counter.builder("room.routing.placements.overtaken")
                .description("Placements that a rival made first, so that its host was taken")
                .tags(tags)
                .register(registry);
        hostRefusals = new TaggedCounter(
                        registry,
                        tags,
                        "room.routing.placements.refused",
                        "Claims that were refused, so that the next host was tried",
                        "reason")
                .expecting(ClaimResult.Refusal.values());
        failures = new TaggedCounter(
                        registry, tags, "room.routing.placements.failed", "Rooms that found no owner", "code")
                .expecting(ErrorCode.NO_CAPACITY, ErrorCode.REGISTRY_UNAVAILABLE, ErrorCode.SCHEDULER_UNAVAILABLE);
    }

    @Override
    public void roomPlaced(RoomAssignment assignment, String reason) {
        placed.increment();
    }

    @Override
    public void raceLost(RoomAssignment assignment) {
        racesLost.increment();
    }

    @Override
    public void hostRefused(Placement placement, ClaimResult.Refusal why) {
        hostRefusals.count(why);
    }

    @Override
    public void placementFailed(RoomId room, ErrorCode code) {
        failures.count(code);
    }
}
