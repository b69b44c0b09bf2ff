package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A registry that does what it is told, and keeps what it was asked. */
final class ScriptedRegistry implements RoomOwnership, HostRegistry {

    static final Duration LEASE = Duration.ofSeconds(15);
    static final HostAddress ADDRESS = HostAddress.parse("localhost:8000");

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<RoomId, RoomAssignment> owners = new HashMap<>();
    private final List<HostIncarnation> lives = new ArrayList<>();
    private List<HeldRoom> lastHeld = List.of();
    private long epochs;
    private volatile @Nullable RuntimeException outage;
    private JoinResult join = new JoinResult.Joined(LEASE);
    private HeartbeatResult heartbeat = new HeartbeatResult.Renewed(LEASE, HostState.ACTIVE);
    private Runnable beforeReply = () -> {};

    // What a test says

    ScriptedRegistry outOfReach() {
        return failing(
                RoutingException.unavailable(ErrorCode.REGISTRY_UNAVAILABLE, "out of reach", Duration.ofSeconds(1)));
    }

    ScriptedRegistry failing(RuntimeException failure) {
        outage = failure;
        return this;
    }

    void backAgain() {
        outage = null;
    }

    ScriptedRegistry joinGives(JoinResult result) {
        join = result;
        return this;
    }

    ScriptedRegistry heartbeatGives(HeartbeatResult result) {
        heartbeat = result;
        return this;
    }

    void beforeReply(Runnable task) {
        beforeReply = task;
    }

    /** The ownership in force, a new one if there is none. */
    RoomAssignment assign(RoomId room, HostIncarnation host) {
        return owners.computeIfAbsent(room, id -> new RoomAssignment(id, host, ADDRESS, new Epoch(++epochs)));
    }

    /** A new ownership, whatever there was. */
    RoomAssignment reassign(RoomId room, HostIncarnation host) {
        owners.remove(room);
        return assign(room, host);
    }

    void holdsAgain(RoomAssignment assignment) {
        owners.put(assignment.room(), assignment);
    }

    void forgetRoom(RoomId room) {
        owners.remove(room);
    }

    // What a test sees

    List<HostIncarnation> lives() {
        return lives;
    }

    List<HeldRoom> lastHeld() {
        return lastHeld;
    }

    long count(String call) {
        return asked.stream().filter(line -> line.startsWith(call)).count();
    }

    // What a host asks

    @Override
    public boolean confirm(RoomAssignment assignment) {
        answer("confirm " + assignment.room() + " " + assignment.epoch());
        return assignment.equals(owners.get(assignment.room()));
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        answer("release " + assignment.room() + " " + assignment.epoch() + " " + release);
        owners.remove(assignment.room(), assignment);
    }

    @Override
    public JoinResult join(HostRegistration registration) {
        lastHeld = registration.held();
        lives.add(registration.host());
        answer("join");
        return join;
    }

    @Override
    public HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state) {
        answer(state == HostState.DRAINING ? "heartbeat DRAINING" : "heartbeat");
        return heartbeat;
    }

    @Override
    public void mark(HostIncarnation host, HostState state) {
        answer("mark " + state);
    }

    @Override
    public void leave(HostIncarnation host) {
        answer("leave");
    }

    @Override
    public List<HostSnapshot> list() {
        return List.of();
    }

    private void answer(String call) {
        asked.add(call);
        beforeReply.run();
        if (outage != null) {
            throw outage;
        }
    }
}
