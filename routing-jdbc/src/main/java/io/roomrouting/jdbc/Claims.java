package io.roomrouting.jdbc;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.ClaimResult.Refusal;
import io.roomrouting.Epoch;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes hosts owners of rooms. One transaction locks the room, then the lease of the placed host, and only then looks at what
 * both are like: of many claims of one room the others wait, and learn the winner.
 */
final class Claims {

    private final Duration retention;
    private final Duration unconfirmedClaimLife;

    Claims(Duration retention, Duration unconfirmedClaimLife) {
        this.retention = retention;
        this.unconfirmedClaimLife = unconfirmedClaimLife;
    }

    ClaimResult claim(Call call, Claim claim) throws SQLException {
        while (true) {
            Outcome<ClaimResult> outcome = call.atomically(locked -> attempt(locked, claim));
            if (outcome.isKnown(call)) {
                return outcome.result();
            }
        }
    }

    private Outcome<ClaimResult> attempt(Call call, Claim claim) throws SQLException {
        Optional<RoomRow> found = Rooms.lock(call, claim.room());
        if (found.isEmpty()) {
            return Outcome.of(new ClaimResult.NoSuchRoom());
        }
        RoomRow row = found.get();
        Optional<LeaseRow> backing = Rooms.backing(call, row);
        return Outcome.<ClaimResult>undecided(backing).orElse(() -> decide(call, claim, row, backing));
    }

    private ClaimResult decide(Call call, Claim claim, RoomRow row, Optional<LeaseRow> backing) throws SQLException {
        if (!row.isKnown(backing, retention)) {
            return new ClaimResult.NoSuchRoom();
        }
        Placement placement = claim.placement();
        boolean inForce = row.isInForce(backing);
        if (row.isOwnedBy(placement.host()) && extend(call, row, inForce, placement)) {
            return new ClaimResult.Granted(row.newest().orElseThrow());
        }
        if (inForce) {
            return new ClaimResult.Held(row.newest().orElseThrow());
        }
        return placement.validity().isPresent()
                ? beginProvided(call, claim, placement.validity().get())
                : beginLeased(call, claim);
    }

    /** The owner is placed once more: what it has lasts longer, under the same epoch. */
    private boolean extend(Call call, RoomRow row, boolean inForce, Placement placement) throws SQLException {
        if (row.isProvided()) {
            return placement.validity().isPresent()
                    && call.update(
                                    RoomSql.EXTEND,
                                    placement.validity().get().toMillis(),
                                    row.room().value())
                            == 1;
        }
        if (inForce && !row.isConfirmed()) {
            call.update(
                    RoomSql.EXTEND, unconfirmedClaimLife.toMillis(), row.room().value());
        }
        return inForce;
    }

    private ClaimResult beginLeased(Call call, Claim claim) throws SQLException {
        Placement placement = claim.placement();
        Optional<LeaseRow> lease = call.first(
                HostSql.LOCK_BY_LIFE,
                LeaseRow::read,
                placement.host().host().value(),
                placement.host().nonce());
        if (lease.isEmpty()) {
            return new ClaimResult.HostRefused(Refusal.DEAD);
        }
        Optional<Refusal> refusal = refusal(lease.get());
        if (refusal.isPresent()) {
            return new ClaimResult.HostRefused(refusal.get());
        }
        if (lease.get().freeConnections() < 1) {
            return new ClaimResult.HostRefused(Refusal.FULL);
        }
        Optional<Long> epoch = call.first(
                RoomSql.GRANT,
                row -> row.getLong(1),
                placement.host().host().value(),
                placement.host().nonce(),
                placement.address().host(),
                placement.address().port(),
                placement.address().secure(),
                lease.get().id(),
                unconfirmedClaimLife.toMillis(),
                claim.room().value(),
                lease.get().id(),
                lease.get().freeRooms());
        if (epoch.isEmpty()) {
            return new ClaimResult.HostRefused(Refusal.FULL);
        }
        call.update(HostSql.EXPECT, lease.get().id());
        return granted(claim, epoch.get());
    }

    private static ClaimResult beginProvided(Call call, Claim claim, Duration validity) throws SQLException {
        Placement placement = claim.placement();
        Optional<Refusal> refusal = call.first(
                        HostSql.LEASE_BY_LIFE,
                        LeaseRow::read,
                        placement.host().host().value(),
                        placement.host().nonce())
                .flatMap(Claims::refusal);
        if (refusal.isPresent()) {
            return new ClaimResult.HostRefused(refusal.get());
        }
        long epoch = call.first(
                        RoomSql.GRANT_PROVIDED,
                        row -> row.getLong(1),
                        placement.host().host().value(),
                        placement.host().nonce(),
                        placement.address().host(),
                        placement.address().port(),
                        placement.address().secure(),
                        validity.toMillis(),
                        claim.room().value())
                .orElseThrow();
        return granted(claim, epoch);
    }

    private static Optional<Refusal> refusal(LeaseRow lease) {
        if (!lease.isAlive()) {
            return Optional.of(Refusal.DEAD);
        }
        return lease.drains() ? Optional.of(Refusal.DRAINING) : Optional.empty();
    }

    private static ClaimResult granted(Claim claim, long epoch) {
        Placement placement = claim.placement();
        return new ClaimResult.Granted(
                new RoomAssignment(claim.room(), placement.host(), placement.address(), new Epoch(epoch)));
    }
}
