package io.roomrouting.jdbc;

import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a {@link JdbcRegistry}, but for claims. Who changes a room locks it first, and then, if at all, the lease of
 * one host: always in this order.
 */
final class Rooms {

    private final Duration retention;
    private final Runnable spaceCheck;

    /**
     * Makes it.
     *
     * @param spaceCheck throws if there are too many rooms already
     */
    Rooms(Duration retention, Runnable spaceCheck) {
        this.retention = retention;
        this.spaceCheck = spaceCheck;
    }

    Optional<RoomRecord> find(Call call, RoomId room) throws SQLException {
        Optional<Optional<RoomRecord>> found = call.first(
                RoomSql.FIND,
                columns -> {
                    RoomRow row = RoomRow.read(columns);
                    Optional<LeaseRow> backing = backing(row, LeaseRow.read(columns));
                    return row.isKnown(backing, retention) ? Optional.of(row.toRecord(backing)) : Optional.empty();
                },
                room.value());
        return found.flatMap(record -> record);
    }

    /** The join leaves the lease's columns empty where there is none. */
    static Optional<LeaseRow> backing(RoomRow row, LeaseRow joined) {
        return row.lease().equals(OptionalLong.of(joined.id())) ? Optional.of(joined) : Optional.empty();
    }

    RoomRecord create(Call call, RoomId room, RoomSpec spec) throws SQLException {
        if (insert(call, room, spec) || remake(call, room, spec)) {
            return new RoomRecord(room, spec, Optional.empty());
        }
        throw RoutingException.invalid("the room id is taken");
    }

    RoomRecord ensure(Call call, RoomId room, RoomSpec spec) throws SQLException {
        while (true) {
            Optional<RoomRecord> found = find(call, room);
            if (found.isPresent() && (found.get().assignment().isPresent() || keep(call, room))) {
                return found.get();
            }
            if (found.isEmpty() && (insert(call, room, spec) || remake(call, room, spec))) {
                return new RoomRecord(room, spec, Optional.empty());
            }
        }
    }

    private boolean insert(Call call, RoomId room, RoomSpec spec) throws SQLException {
        spaceCheck.run();
        return call.insert(
                RoomSql.INSERT,
                room.value(),
                spec.type(),
                spec.region().orElse(null),
                maxClients(spec),
                FormText.of(spec.metadata()),
                isPublic(spec),
                isPublic(spec));
    }

    private static boolean isPublic(RoomSpec spec) {
        return spec.visibility() == RoomVisibility.PUBLIC;
    }

    /** As the driver wants it. */
    private static @Nullable Integer maxClients(RoomSpec spec) {
        return spec.maxClients().isPresent() ? spec.maxClients().getAsInt() : null;
    }

    /** Makes the room anew if it has expired; false if it has not, or is gone. */
    private boolean remake(Call call, RoomId room, RoomSpec spec) throws SQLException {
        return decided(call, room, (row, backing) -> {
            if (row.isKnown(backing, retention)) {
                return false;
            }
            call.update(
                    RoomSql.REMAKE,
                    spec.type(),
                    spec.region().orElse(null),
                    maxClients(spec),
                    FormText.of(spec.metadata()),
                    isPublic(spec),
                    isPublic(spec),
                    room.value());
            return true;
        });
    }

    /** Lets the time without an owner count anew; false if the room has an owner now, has expired or is gone. */
    private boolean keep(Call call, RoomId room) throws SQLException {
        return decided(call, room, (row, backing) -> {
            if (row.isInForce(backing) || !row.isKnown(backing, retention)) {
                return false;
            }
            boolean revivable =
                    row.lease().isEmpty() || backing.filter(LeaseRow::isAlive).isPresent();
            call.update(revivable ? RoomSql.KEEP : RoomSql.VACATE, room.value());
            return true;
        });
    }

    /** What is to be done with a locked room. */
    @FunctionalInterface
    interface Decision {
        boolean take(RoomRow row, Optional<LeaseRow> backing) throws SQLException;
    }

    /** Locks a room and decides; false if it is gone. If its owner's time is over, that is written down first. */
    private static boolean decided(Call call, RoomId room, Decision decision) throws SQLException {
        while (true) {
            Outcome<Boolean> outcome = call.atomically(locked -> {
                Optional<RoomRow> row = lock(locked, room);
                if (row.isEmpty()) {
                    return Outcome.of(false);
                }
                Optional<LeaseRow> backing = backing(locked, row.get());
                return Outcome.<Boolean>undecided(backing).orElse(() -> decision.take(row.get(), backing));
            });
            if (outcome.isKnown(call)) {
                return outcome.result();
            }
        }
    }

    static Optional<RoomRow> lock(Call call, RoomId room) throws SQLException {
        return call.first(RoomSql.LOCK, RoomRow::read, room.value());
    }

    static Optional<LeaseRow> backing(Call call, RoomRow row) throws SQLException {
        return row.lease().isEmpty()
                ? Optional.empty()
                : call.first(HostSql.LEASE_BY_ID, LeaseRow::read, row.lease().getAsLong());
    }

    boolean confirm(Call call, RoomAssignment assignment) throws SQLException {
        return call.atomically(locked -> {
            Optional<RoomRow> found = lock(locked, assignment.room()).filter(row -> row.isNewest(assignment));
            return found.isPresent() && confirm(locked, found.get());
        });
    }

    private boolean confirm(Call call, RoomRow row) throws SQLException {
        if (row.isProvided()) {
            return !row.hasLapsed();
        }
        if (row.isConfirmed()) {
            return backing(call, row).filter(LeaseRow::isAlive).isPresent();
        }
        if (!takesPlace(call, row)) {
            return false;
        }
        return call.update(RoomSql.CONFIRM, row.room().value()) == 1;
    }

    private boolean takesPlace(Call call, RoomRow row) throws SQLException {
        long lease = row.lease().orElseThrow();
        if (!row.hasLapsed()) {
            return call.update(HostSql.COUNT_OPENED, lease) == 1;
        }
        Optional<LeaseRow> backing = call.first(HostSql.LOCK_BY_ID, LeaseRow::read, lease);
        return row.isKnown(backing, retention) && call.update(HostSql.COUNT_OPENED_LATE, lease) == 1;
    }

    boolean release(Call call, RoomAssignment assignment, Release release) throws SQLException {
        return call.atomically(locked -> {
            Optional<RoomRow> found = lock(locked, assignment.room()).filter(row -> row.isNewest(assignment));
            if (found.isEmpty()) {
                return false;
            }
            if (found.get().isConfirmed()) {
                locked.update(HostSql.COUNT_GIVEN_BACK, found.get().lease().orElseThrow());
            }
            Sql change = release == Release.CLOSED ? RoomSql.DELETE : RoomSql.VACATE;
            return locked.update(change, assignment.room().value()) == 1;
        });
    }
}
