package io.roomrouting.jdbc;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomId;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomPage;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatId;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The rooms and hosts of a fleet in a database: what every process on it knows, and what outlives all of them.
 *
 * <p>Any number of routers and hosts use the same database, each through a registry of its own with the same settings. Every
 * call blocks on the database, and ends within the time-out of the {@link JdbcDatabase}. A look-up, a heartbeat and a list are
 * one statement each, claim, confirm and release one transaction; a host sends one heartbeat however many rooms it has. Only
 * the clock of the database decides what has expired.
 *
 * <p><b>Errors.</b> Besides what {@link JdbcDatabase} says: after
 * {@link io.roomrouting.RoutingException.Unavailable} it is not known whether the call took effect. Calling again is safe: a
 * claim that won is granted again under the same epoch, and only {@link #create} with the same id would be refused.
 *
 * <p>Expired rooms and lives are removed by the processes that create rooms and send heartbeats, in passing. Thread-safe,
 * nothing to close.
 */
public final class JdbcRegistry implements RoomRegistry, HostRegistry, RoomDirectory {

    static final Duration FULL_RETRY = Duration.ofSeconds(10);

    private final JdbcDatabase database;
    private final Rooms rooms;
    private final Claims claims;
    private final Hosts hosts;
    private final Seats seats;
    private final Lobby lobby;
    private final Turns turns;

    JdbcRegistry(JdbcRegistryBuilder builder) {
        database = builder.database;
        Housekeeping housekeeping = new Housekeeping(builder.roomRetention, builder.maxRooms);
        turns = new Turns(Housekeeping.INTERVAL, housekeeping::tidyUp);
        rooms = new Rooms(builder.roomRetention, housekeeping::checkSpace);
        claims = new Claims(builder.roomRetention, builder.unconfirmedClaimLife);
        hosts = new Hosts(builder.lease);
        seats = new Seats(rooms, builder.roomRetention);
        lobby = new Lobby(seats);
    }

    /**
     * Returns a registry with all defaults.
     *
     * @param connections where connections to the database come from
     * @return a registry
     */
    public static JdbcRegistry create(DataSource connections) {
        return builder(JdbcDatabase.of(connections)).build();
    }

    /**
     * Starts to describe a registry.
     *
     * @param database where it is kept
     * @return a builder with all defaults
     */
    public static JdbcRegistryBuilder builder(JdbcDatabase database) {
        return new JdbcRegistryBuilder(database);
    }

    // Rooms

    @Override
    public RoomRecord create(RoomId fresh, RoomSpec spec) {
        RoomRecord created = database.runOnce(call -> rooms.create(call, fresh, spec));
        turns.take(database);
        return created;
    }

    @Override
    public RoomRecord ensure(RoomId room, RoomSpec spec) {
        RoomRecord record = database.run(call -> rooms.ensure(call, room, spec));
        turns.take(database);
        return record;
    }

    @Override
    public Optional<RoomRecord> find(RoomId room) {
        return database.run(call -> rooms.find(call, room));
    }

    @Override
    public ClaimResult claim(Claim claim) {
        return database.run(call -> claims.claim(call, claim));
    }

    @Override
    public boolean confirm(RoomAssignment assignment) {
        return database.run(call -> rooms.confirm(call, assignment));
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        database.run(call -> rooms.release(call, assignment, release));
    }

    // Lobby

    /** {@inheritDoc} A page looks at 1,000 rooms at most. */
    @Override
    public RoomPage list(RoomQuery query) {
        return database.run(call -> lobby.list(call, query));
    }

    @Override
    public SeatResult reserve(RoomId room, SeatWish wish) {
        return database.run(call -> seats.reserve(call, room, wish));
    }

    @Override
    public Optional<SeatResult.Reserved> match(RoomMatch match, SeatWish wish) {
        return database.run(call -> lobby.match(call, match, wish));
    }

    @Override
    public void cancel(RoomId room, Set<SeatId> reserved) {
        database.run(call -> seats.cancel(call, room, reserved));
    }

    @Override
    public void report(HostIncarnation host, List<RoomReport> reports) {
        if (reports.size() > MAX_ROOMS) {
            throw RoutingException.invalid("at most " + MAX_ROOMS + " rooms are reported at a time");
        }
        database.run(call -> SeatReports.apply(call, host, reports));
    }

    // Hosts

    @Override
    public JoinResult join(HostRegistration registration) {
        return database.run(call -> hosts.join(call, registration, rooms));
    }

    @Override
    public HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state) {
        HeartbeatResult result = database.run(call -> hosts.heartbeat(call, host, load, state));
        turns.take(database);
        return result;
    }

    @Override
    public void mark(HostIncarnation host, HostState state) {
        database.run(call -> hosts.mark(call, host, state));
    }

    @Override
    public void leave(HostIncarnation host) {
        database.run(call -> hosts.leave(call, host));
    }

    @Override
    public List<HostSnapshot> list() {
        return database.run(hosts::list);
    }

    @Override
    public boolean mayBlock() {
        return true;
    }
}
