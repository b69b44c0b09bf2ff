package io.roomrouting;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes everything on to all listeners, and logs what one throws. */
final class GuardedRoutingListener implements RoutingListener {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingListener.class);

    private final List<RoutingListener> listeners;

    GuardedRoutingListener(List<RoutingListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void roomPlaced(RoomAssignment assignment, String reason) {
        tell(listener -> listener.roomPlaced(assignment, reason));
    }

    @Override
    public void raceLost(RoomAssignment assignment) {
        tell(listener -> listener.raceLost(assignment));
    }

    @Override
    public void hostRefused(Placement placement, ClaimResult.Refusal why) {
        tell(listener -> listener.hostRefused(placement, why));
    }

    @Override
    public void placementFailed(RoomId room, ErrorCode code) {
        tell(listener -> listener.placementFailed(room, code));
    }

    private void tell(Consumer<RoutingListener> what) {
        for (RoutingListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A routing listener failed", e);
            }
        }
    }
}
