package io.roomrouting.redis;

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
import io.roomrouting.SeatId;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms and hosts of a fleet in Redis: what every process on it knows.
 *
 * <p>Any number of routers and hosts use the same Redis and prefix, each through a registry of its own with the same settings.
 * Every call blocks, is one script on the server and one round trip, and ends within the time-out of the {@link RedisDatabase}.
 * Only {@link #create} takes two. A host sends one heartbeat however many rooms it has. Only the server's clock decides what
 * has expired.
 *
 * <p><b>Restarts and fail-overs.</b> Redis may lose its last writes, or all, when it is restarted or replaced by a replica. The
 * registry notices that another server process answers, lets hosts tell what they hold, and gives nothing away until
 * {@link RedisRegistryBuilder#settleTime} has passed; what that rests on is told in docs/guarantees.md.
 *
 * <p><b>Errors.</b> Besides what {@link RedisDatabase} says: after
 * {@link io.roomrouting.RoutingException.Unavailable} it is not known whether the call took effect. Calling again is safe: a
 * claim that won is granted again under the same epoch, and only {@link #create} with the same id would be refused.
 *
 * <p>Expired rooms and lives are removed by the processes that create rooms and send heartbeats, in passing. Thread-safe,
 * nothing to close but the database.
 */
public final class RedisRegistry implements RoomRegistry, HostRegistry, RoomDirectory {

    private final Rooms rooms;
    private final Hosts hosts;
    private final Lobby lobby;
    private final Housekeeping housekeeping;

    RedisRegistry(RedisRegistryBuilder builder) {
        RegistryScripts scripts = new RegistryScripts(builder.database, builder.settleTime(), builder.roomRetention);
        rooms = new Rooms(scripts, builder.unconfirmedClaimLife, builder.maxRooms);
        hosts = new Hosts(scripts, builder.lease);
        lobby = new Lobby(scripts);
        housekeeping = new Housekeeping(scripts);
    }

    /**
     * Returns a registry with all defaults.
     *
     * @param database where it is kept
     * @return a registry
     */
    public static RedisRegistry in(RedisDatabase database) {
        return builder(database).build();
    }

    /**
     * Starts to describe a registry.
     *
     * @param database where it is kept
     * @return a builder with all defaults
     */
    public static RedisRegistryBuilder builder(RedisDatabase database) {
        return new RedisRegistryBuilder(database);
    }

    // Rooms

    @Override
    public RoomRecord create(RoomId fresh, RoomSpec spec) {
        RoomRecord created = rooms.create(fresh, spec);
        housekeeping.takeTurn();
        return created;
    }

    @Override
    public RoomRecord ensure(RoomId room, RoomSpec spec) {
        RoomRecord record = rooms.ensure(room, spec);
        housekeeping.takeTurn();
        return record;
    }

    @Override
    public Optional<RoomRecord> find(RoomId room) {
        return rooms.find(room);
    }

    @Override
    public ClaimResult claim(Claim claim) {
        return rooms.claim(claim);
    }

    @Override
    public boolean confirm(RoomAssignment assignment) {
        return rooms.confirm(assignment);
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        rooms.release(assignment, release);
    }

    // Hosts

    @Override
    public JoinResult join(HostRegistration registration) {
        return hosts.join(registration);
    }

    @Override
    public HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state) {
        HeartbeatResult result = hosts.heartbeat(host, load, state);
        housekeeping.takeTurn();
        return result;
    }

    @Override
    public void mark(HostIncarnation host, HostState state) {
        hosts.mark(host, state);
    }

    @Override
    public void leave(HostIncarnation host) {
        hosts.leave(host);
    }

    @Override
    public List<HostSnapshot> list() {
        return hosts.list();
    }

    // Lobby

    /** {@inheritDoc} A page looks at 1,000 rooms at most. */
    @Override
    public RoomPage list(RoomQuery query) {
        return lobby.list(query);
    }

    @Override
    public SeatResult reserve(RoomId room, SeatWish wish) {
        return lobby.reserve(room, wish);
    }

    /** {@inheritDoc} Looks at 1,000 rooms of the type at most, beginning with the one that has the fewest free seats. */
    @Override
    public Optional<SeatResult.Reserved> match(RoomMatch match, SeatWish wish) {
        return lobby.match(match, wish);
    }

    @Override
    public void cancel(RoomId room, Set<SeatId> seats) {
        lobby.cancel(room, seats);
    }

    @Override
    public void report(HostIncarnation host, List<RoomReport> reports) {
        lobby.report(host, reports);
    }

    @Override
    public boolean mayBlock() {
        return true;
    }
}
