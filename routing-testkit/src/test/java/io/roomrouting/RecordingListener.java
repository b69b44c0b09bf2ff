package io.roomrouting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a router does. */
final class RecordingListener implements RoutingListener {

    final List<RoomAssignment> placed = new CopyOnWriteArrayList<>();
    final List<String> reasons = new CopyOnWriteArrayList<>();
    final List<RoomAssignment> lost = new CopyOnWriteArrayList<>();
    final List<ClaimResult.Refusal> refusals = new CopyOnWriteArrayList<>();
    final List<ErrorCode> failures = new CopyOnWriteArrayList<>();

    @Override
    public void roomPlaced(RoomAssignment assignment, String reason) {
        placed.add(assignment);
        reasons.add(reason);
    }

    @Override
    public void raceLost(RoomAssignment assignment) {
        lost.add(assignment);
    }

    @Override
    public void hostRefused(Placement placement, ClaimResult.Refusal why) {
        refusals.add(why);
    }

    @Override
    public void placementFailed(RoomId room, ErrorCode code) {
        failures.add(code);
    }
}
