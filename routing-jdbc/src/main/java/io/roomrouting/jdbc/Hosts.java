package io.roomrouting.jdbc;

import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoutingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The hosts of a {@link JdbcRegistry}. Every change is one statement, decided by the row as it is at that instant. */
final class Hosts {

    static final int MAX_HOSTS = 10_000;

    private static final JoinResult OVER = new JoinResult.Refused("this life of the host has lost its lease");

    private final Duration lease;

    Hosts(Duration lease) {
        this.lease = lease;
    }

    Optional<LeaseRow> find(Call call, HostIncarnation host) throws SQLException {
        return call.first(HostSql.LEASE_BY_LIFE, LeaseRow::read, host.host().value(), host.nonce());
    }

    JoinResult join(Call call, HostRegistration registration, Rooms rooms) throws SQLException {
        if (find(call, registration.host()).isEmpty()) {
            if (!registration.held().isEmpty()) {
                return new JoinResult.Refused("it holds rooms that this registry has not granted");
            }
            checkSpace(call);
            if (insert(call, registration)) {
                return new JoinResult.Joined(lease);
            }
        }
        for (HeldRoom held : registration.held()) {
            RoomAssignment own =
                    new RoomAssignment(held.room(), registration.host(), registration.address(), held.epoch());
            if (!rooms.confirm(call, own)) {
                return new JoinResult.Refused("it holds rooms that are not its own");
            }
        }
        return joinAgain(call, registration) ? new JoinResult.Joined(lease) : OVER;
    }

    private static void checkSpace(Call call) throws SQLException {
        if (call.first(HostSql.COUNT_ALIVE, row -> row.getLong(1)).orElse(0L) >= MAX_HOSTS) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "the registry takes no more hosts", JdbcRegistry.FULL_RETRY);
        }
    }

    private boolean insert(Call call, HostRegistration registration) throws SQLException {
        return call.insert(
                HostSql.INSERT,
                registration.host().host().value(),
                registration.host().nonce(),
                registration.address().host(),
                registration.address().port(),
                registration.address().secure(),
                registration.capacity().rooms(),
                registration.capacity().connections(),
                FormText.of(registration.labels()),
                lease.toMillis());
    }

    private boolean joinAgain(Call call, HostRegistration registration) throws SQLException {
        return call.update(
                        HostSql.JOIN_AGAIN,
                        registration.address().host(),
                        registration.address().port(),
                        registration.address().secure(),
                        registration.capacity().rooms(),
                        registration.capacity().connections(),
                        FormText.of(registration.labels()),
                        lease.toMillis(),
                        lease.toMillis(),
                        registration.host().host().value(),
                        registration.host().nonce())
                == 1;
    }

    HeartbeatResult heartbeat(Call call, HostIncarnation host, HostLoad load, HostState state) throws SQLException {
        Optional<HeartbeatResult> renewed = call.first(
                HostSql.HEARTBEAT,
                row -> new HeartbeatResult.Renewed(lease, state(row.getBoolean(1))),
                lease.toMillis(),
                load.rooms(),
                load.connections(),
                state == HostState.DRAINING,
                host.host().value(),
                host.nonce());
        return renewed.orElseGet(HeartbeatResult.Unknown::new);
    }

    boolean mark(Call call, HostIncarnation host, HostState state) throws SQLException {
        return call.update(
                        HostSql.MARK, state == HostState.DRAINING, host.host().value(), host.nonce())
                == 1;
    }

    boolean leave(Call call, HostIncarnation host) throws SQLException {
        return call.update(HostSql.LEAVE, host.host().value(), host.nonce()) == 1;
    }

    List<HostSnapshot> list(Call call) throws SQLException {
        return List.copyOf(call.all(HostSql.LIST, Hosts::snapshot));
    }

    private static HostSnapshot snapshot(ResultSet row) throws SQLException {
        return new HostSnapshot(
                new HostIncarnation(HostId.of(row.getString("name")), row.getString("nonce")),
                Columns.address(row),
                state(row.getBoolean("drains")),
                new HostCapacity(row.getInt("capacity_rooms"), row.getInt("capacity_connections")),
                new HostLoad(row.getInt("load_rooms"), row.getInt("load_connections")),
                row.getInt("assigned_rooms"),
                row.getInt("expected_connections"),
                Duration.ofMillis(Math.max(0, row.getLong("age"))),
                FormText.toMap(row.getString("labels")));
    }

    private static HostState state(boolean drains) {
        return drains ? HostState.DRAINING : HostState.ACTIVE;
    }
}
