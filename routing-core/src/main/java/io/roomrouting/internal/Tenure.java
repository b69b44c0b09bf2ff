package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room's right to be here: confirmed once, given back once. The registry is asked where that may block, and the answer
 * comes back as a task of the room.
 */
final class Tenure {

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RoomRuntime room;
    private final LocalSessionHost host;
    private final RoomAssignment assignment;
    private final Lease lease;
    private boolean warned;

    Tenure(RoomRuntime room, LocalSessionHost host, RoomAssignment assignment, Lease lease) {
        this.room = room;
        this.host = host;
        this.assignment = assignment;
        this.lease = lease;
    }

    static RoutingException notOwner() {
        return RoutingException.lookUpAgain(ErrorCode.NOT_OWNER, "this host does not own the room");
    }

    /** Asks whether the room may open; tells null for yes, otherwise why not. */
    void confirm(Consumer<@Nullable RoutingException> then) {
        host.blocking(CorrelationId.carriedOn(() -> {
            RoutingException refusal = ask();
            room.forceElsewhere(CorrelationId.carriedOn(() -> then.accept(refusal)));
        }));
    }

    private @Nullable RoutingException ask() {
        try {
            RoomOwnership.Release before = host.endedRooms().find(assignment);
            if (before != null && lease.commits() && host.remembersEnds()) {
                host.ownership().release(assignment, before);
                return notOwner();
            }
            return lease.commits() && host.ownership().confirm(assignment) ? null : notOwner();
        } catch (RoutingException e) {
            return e;
        } catch (RuntimeException | Error e) {
            LOG.error("Room {} could not be confirmed", assignment.room(), e);
            return unavailable(e);
        }
    }

    /**
     * Gives the room back, again and again until the registry has taken it or the lease has ended, and with it the
     * ownership. It must not open again under this epoch meanwhile, because a release that seems to have failed may
     * still arrive. While the lease is adrift nothing is told: that might be the business of another owner by now.
     * A lease whose end is seen here is given up for good: a renewal under way would bring it back, and the epoch with it.
     *
     * @param release what the room becomes
     * @param before what must be done first, with the same patience; may block
     * @param then when it is over
     * @param failed each time the registry could not be told
     */
    void release(RoomOwnership.Release release, Runnable before, Runnable then, Consumer<RoutingException> failed) {
        host.endedRooms().add(assignment, release);
        host.blocking(() -> {
            RoutingException failure = tellIfAllowed(before, release);
            if (failure == null) {
                room.forceElsewhere(then);
            } else {
                room.forceElsewhere(() -> failed.accept(failure));
                host.time().schedule(RETRY, () -> release(release, before, then, failed));
            }
        });
    }

    private @Nullable RoutingException tellIfAllowed(Runnable before, RoomOwnership.Release release) {
        if (lease.commits()) {
            return tell(before, release);
        }
        if (lease.serves()) {
            return withoutLease();
        }
        host.leaseLost(lease);
        return null;
    }

    private @Nullable RoutingException tell(Runnable before, RoomOwnership.Release release) {
        try {
            before.run();
            host.ownership().release(assignment, release);
            return null;
        } catch (RoutingException e) {
            warn(e);
            return e;
        } catch (RuntimeException | Error e) {
            warn(e);
            return unavailable(e);
        }
    }

    private void warn(Throwable failure) {
        if (!warned) {
            LOG.warn("Room {} could not be released; trying again every second", assignment.room(), failure);
        }
        warned = true;
    }

    static RoutingException withoutLease() {
        return RoutingException.unavailable(
                ErrorCode.REGISTRY_UNAVAILABLE, "the host has no lease at the moment", Duration.ofSeconds(1));
    }

    private static RoutingException unavailable(Throwable cause) {
        return RoutingException.unavailable(
                ErrorCode.REGISTRY_UNAVAILABLE, "the registry failed", Duration.ofSeconds(1), cause);
    }
}
