package io.roomrouting.jdbc;

import io.roomrouting.Epoch;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A room as its row shows it; what follows from it is decided here and nowhere else.
 *
 * @param room the room
 * @param spec how it was made
 * @param newest the newest ownership, in force or over; empty when it was given back
 * @param lease the row of the lease that backs it; empty if a provider vouches for it, or there is none
 * @param vacantFrom from when on there is no owner, as far as it is not the lease that decides; empty when confirmed
 * @param now the database's time at the look
 */
record RoomRow(
        RoomId room,
        RoomSpec spec,
        Optional<RoomAssignment> newest,
        OptionalLong lease,
        OptionalLong vacantFrom,
        long now) {

    static RoomRow read(ResultSet row) throws SQLException {
        RoomId room = RoomId.of(row.getString("room_id"));
        RoomSpec spec = new RoomSpec(
                row.getString("type"),
                Optional.ofNullable(row.getString("region")),
                Columns.optionalInt(row, "max_clients"),
                FormText.toMap(row.getString("metadata")),
                row.getBoolean("made_public") ? RoomVisibility.PUBLIC : RoomVisibility.PRIVATE);
        OptionalLong epoch = Columns.optionalLong(row, "epoch");
        Optional<RoomAssignment> newest =
                epoch.isPresent() ? Optional.of(ownership(row, room, epoch.getAsLong())) : Optional.empty();
        return new RoomRow(
                room,
                spec,
                newest,
                Columns.optionalLong(row, "lease"),
                Columns.optionalLong(row, "vacant_from"),
                row.getLong("now_ms"));
    }

    private static RoomAssignment ownership(ResultSet row, RoomId room, long epoch) throws SQLException {
        HostIncarnation owner =
                new HostIncarnation(HostId.of(row.getString("owner_name")), row.getString("owner_nonce"));
        return new RoomAssignment(room, owner, Columns.address(row), new Epoch(epoch));
    }

    boolean isOwnedBy(HostIncarnation host) {
        return newest.isPresent() && newest.get().owner().equals(host);
    }

    boolean isUnder(long epoch) {
        return newest.isPresent() && newest.get().epoch().value() == epoch;
    }

    /** The epoch of the newest ownership, which there must be. */
    long epoch() {
        return newest.orElseThrow().epoch().value();
    }

    boolean isNewest(RoomAssignment assignment) {
        return isOwnedBy(assignment.owner()) && newest.get().epoch().equals(assignment.epoch());
    }

    /** The host may have the room open, and only the end of its lease takes it away. */
    boolean isConfirmed() {
        return lease.isPresent() && vacantFrom.isEmpty();
    }

    boolean isProvided() {
        return newest.isPresent() && lease.isEmpty();
    }

    /** A claim that nobody has used, or a provider's word, has run out. */
    boolean hasLapsed() {
        return vacantFrom.isPresent() && vacantFrom.getAsLong() <= now;
    }

    /** Says whether the newest ownership is in force, given the lease that backs it. */
    boolean isInForce(Optional<LeaseRow> backing) {
        return newest.isPresent()
                && !hasLapsed()
                && (lease.isEmpty() || backing.filter(LeaseRow::isAlive).isPresent());
    }

    /** Says whether the room exists, given the lease that backs its newest ownership. */
    boolean isKnown(Optional<LeaseRow> backing, Duration retention) {
        return isInForce(backing) || now - vacantSince(backing) < retention.toMillis();
    }

    private long vacantSince(Optional<LeaseRow> backing) {
        long own = vacantFrom.orElse(Long.MAX_VALUE);
        // A lease whose row is gone ended very long ago.
        return lease.isEmpty()
                ? own
                : Math.min(own, backing.map(LeaseRow::until).orElse(0L));
    }

    RoomRecord toRecord(Optional<LeaseRow> backing) {
        return new RoomRecord(room, spec, isInForce(backing) ? newest : Optional.empty());
    }
}
