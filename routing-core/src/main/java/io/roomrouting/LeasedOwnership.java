package io.roomrouting;

import java.util.Optional;

/**
 * An ownership backed by its host's lease. Until the host has confirmed it, it is only a claim, which may end earlier
 * than the lease.
 */
final class LeasedOwnership extends Ownership {

    /** How far the host has got with it. */
    enum Use {
        /** Not opened by the host as far as the registry knows; takes a place. */
        CLAIMED,
        /** The host may have the room open; takes a place. */
        CONFIRMED,
        /** Never opened, or given back; takes no place. */
        DROPPED
    }

    private final HostLease lease;

    /** These three are written by the lease, under its lock. */
    volatile Use use = Use.DROPPED;

    volatile long claimedAt;
    volatile long droppedAt;

    LeasedOwnership(RoomAssignment assignment, RoomSpec spec, HostLease lease) {
        super(assignment, spec);
        this.lease = lease;
    }

    @Override
    boolean isAlive(long now) {
        return lease.isAlive(now) && lease.counts(this, now);
    }

    @Override
    long endedAt() {
        return lease.endOf(this);
    }

    @Override
    Optional<ClaimResult.Refusal> begin(long now) {
        return lease.claim(this, now);
    }

    @Override
    boolean isOverForGood(long now) {
        return lease.endIfOver(this, now);
    }

    @Override
    boolean tryExtend(Placement placement, long now) {
        return isOf(placement.host()) && lease.touch(this, now);
    }

    @Override
    boolean confirm(long now) {
        return lease.confirm(this, now);
    }

    @Override
    void free(long now) {
        lease.drop(this, now);
    }
}
