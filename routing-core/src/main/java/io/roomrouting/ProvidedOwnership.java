package io.roomrouting;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ownership that a provider of hosts vouches for, for a while. A host that the registry knows besides takes no new ones
 * while it drains or when its lease has ended.
 */
final class ProvidedOwnership extends Ownership {

    private final @Nullable HostLease known;
    private volatile long endsAt;

    ProvidedOwnership(
            RoomAssignment assignment, RoomSpec spec, Duration validity, @Nullable HostLease known, long now) {
        super(assignment, spec);
        this.known = known;
        this.endsAt = now + validity.toNanos();
    }

    @Override
    boolean isAlive(long now) {
        return endsAt - now > 0;
    }

    @Override
    long endedAt() {
        return endsAt;
    }

    @Override
    Optional<ClaimResult.Refusal> begin(long now) {
        if (known != null && !known.isAlive(now)) {
            return Optional.of(ClaimResult.Refusal.DEAD);
        }
        if (known != null && known.state() == HostState.DRAINING) {
            return Optional.of(ClaimResult.Refusal.DRAINING);
        }
        return Optional.empty();
    }

    @Override
    boolean isOverForGood(long now) {
        return !isAlive(now);
    }

    @Override
    boolean tryExtend(Placement placement, long now) {
        if (!isOf(placement.host()) || placement.validity().isEmpty()) {
            return false;
        }
        long end = now + placement.validity().get().toNanos();
        if (end - endsAt > 0) {
            endsAt = end;
        }
        return true;
    }

    @Override
    boolean confirm(long now) {
        return isAlive(now);
    }

    @Override
    void free(long now) {
        // The provider counts its own capacity.
    }
}
