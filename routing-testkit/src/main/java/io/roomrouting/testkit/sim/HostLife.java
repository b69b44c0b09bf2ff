package io.roomrouting.testkit.sim;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership;
import io.roomrouting.Ticket;
import io.roomrouting.TimeSource;
import io.roomrouting.session.OutagePolicy;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.testkit.RecordingFormat;
import io.roomrouting.testkit.sim.Happening.Stay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One process of a session host: the real host, and what the run wants to know of it. */
final class HostLife {

    private static final SessionLimits LIMITS = SessionLimits.defaults().withConnectionsPerUser(1_000);

    private final Cluster cluster;
    private final SimulatedProcess process;
    private final TimeSource time;
    private final Map<RoomId, RoomAssignment> askedFor = new HashMap<>();
    private final Map<String, Integer> connections = new HashMap<>();
    private final Set<Wire> wires = new LinkedHashSet<>();
    private final SessionHost sessions;

    HostLife(Cluster cluster, SimulatedProcess process, HostAddress address, SplittableRandom random) {
        this.cluster = cluster;
        this.process = process;
        this.time = new ProcessTime(cluster.loop(), process);
        SimulationConfig config = cluster.config();
        RemoteRegistry registry = cluster.registryFor(process);
        SessionHostBuilder builder = SessionHost.builder()
                .id(HostId.of(process.node().toString()))
                .address(address)
                .registry(confirming(registry), registry)
                .capacity(config.capacity())
                .limits(LIMITS)
                .rooms(this::handler, config.roomSettings())
                .outagePolicy(config.has(Trouble.AVAILABLE) ? OutagePolicy.AVAILABLE : OutagePolicy.STRICT)
                .time(time)
                .random(random)
                .roomExecutor(process.quick())
                .blockingExecutor(process.blocking())
                .offloadExecutor(process.blocking());
        if (config.has(Trouble.STATE)) {
            builder.stateStore(cluster.storeFor(process));
        }
        this.sessions = builder.start();
        sessions.register(cluster.format());
    }

    /** Remembers under which epoch a room was last asked for, so that is what it opens under. */
    private RoomOwnership confirming(RoomOwnership registry) {
        return new RoomOwnership() {
            @Override
            public boolean confirm(RoomAssignment assignment) {
                try {
                    return registry.confirm(assignment);
                } finally {
                    askedFor.put(assignment.room(), assignment);
                }
            }

            @Override
            public void release(RoomAssignment assignment, Release release) {
                registry.release(assignment, release);
            }
        };
    }

    private RoomHandler handler(Room room) {
        RoomAssignment assignment = askedFor.get(room.id());
        if (assignment == null) {
            throw new IllegalStateException("room " + room.id() + " opens without having been confirmed");
        }
        return new NumberingRoom(this, room, new Stay(cluster.nextNumber(), toString(), room.id(), assignment));
    }

    SimulatedProcess process() {
        return process;
    }

    TimeSource time() {
        return time;
    }

    RecordingFormat format() {
        return cluster.format();
    }

    SessionHost sessions() {
        return sessions;
    }

    Ticket verify(String token) {
        return cluster.tickets().verify(token, time);
    }

    /** Does something that may wait. */
    void inBackground(Runnable task) {
        process.blocking().execute(task);
    }

    void seat(String session, int connection) {
        connections.put(session, connection);
    }

    int connectionOf(String session) {
        return connections.getOrDefault(session, 0);
    }

    void add(Wire wire) {
        wires.add(wire);
    }

    void remove(Wire wire) {
        wires.remove(wire);
    }

    List<Wire> wires() {
        return new ArrayList<>(wires);
    }

    /** Writes down what happens here; nothing does in a dead process. */
    void record(Happening what) {
        if (!process.isDead() && !cluster.loop().isOver()) {
            cluster.history().add(process.toString(), what);
        }
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
