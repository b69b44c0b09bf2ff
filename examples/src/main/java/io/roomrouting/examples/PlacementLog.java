package io.roomrouting.examples;

import io.roomrouting.ClaimResult;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoutingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells where each room was placed, and why there. */
public final class PlacementLog implements RoutingListener {

    private static final Logger LOG = LoggerFactory.getLogger(PlacementLog.class);

    @Override
    public void roomPlaced(RoomAssignment assignment, String reason) {
        LOG.info("Room {} was placed on {}: {}", assignment.room(), assignment.address(), reason);
    }

    @Override
    public void hostRefused(Placement placement, ClaimResult.Refusal why) {
        LOG.info("Host {} takes no room ({}); trying another", placement.address(), why);
    }
}
