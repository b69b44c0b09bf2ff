package io.roomrouting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes everything on, and logs what a listener throws. */
final class GuardedRoutingListener implements RoutingListener {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingListener.class);

    private final RoutingListener listener;

    GuardedRoutingListener(RoutingListener listener) {
        this.listener = listener;
    }

    @Override
    public void roomPlaced(RoomAssignment assignment, String reason) {
        guarded(() -> listener.roomPlaced(assignment, reason));
    }

    @Override
    public void raceLost(RoomAssignment assignment) {
        guarded(() -> listener.raceLost(assignment));
    }

    @Override
    public void hostRefused(Placement placement, ClaimResult.Refusal why) {
        guarded(() -> listener.hostRefused(placement, why));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A routing listener failed", e);
        }
    }
}
