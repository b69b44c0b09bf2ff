package io.roomrouting;

import java.time.Duration;
import java.util.Optional;

/** An ownership that a provider of hosts vouches for, for a while. */
final class ProvidedOwnership extends Ownership {

    private volatile long endsAt;

    ProvidedOwnership(RoomAssignment assignment, RoomSpec spec, Duration validity, long now) {
        super(assignment, spec);
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
