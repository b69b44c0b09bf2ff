package io.roomrouting.testkit.sim;

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
import io.roomrouting.RoomId;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomSpec;
import java.util.List;
import java.util.Optional;

/** The registry as one process reaches it over the network. */
final class RemoteRegistry implements RoomRegistry, HostRegistry {

    private final Calls calls;
    private final RegistryNode node;

    RemoteRegistry(Calls calls, RegistryNode node) {
        this.calls = calls;
        this.node = node;
    }

    private RoomRegistry rooms() {
        return node.registry().rooms();
    }

    private HostRegistry hosts() {
        return node.registry().hosts();
    }

    @Override
    public RoomRecord create(RoomId fresh, RoomSpec spec) {
        return calls.call(() -> rooms().create(fresh, spec));
    }

    @Override
    public RoomRecord ensure(RoomId room, RoomSpec spec) {
        return calls.call(() -> rooms().ensure(room, spec));
    }

    @Override
    public Optional<RoomRecord> find(RoomId room) {
        return calls.call(() -> rooms().find(room));
    }

    @Override
    public ClaimResult claim(Claim claim) {
        return calls.call(() -> node.claim(claim));
    }

    @Override
    public boolean confirm(RoomAssignment assignment) {
        return calls.call(() -> rooms().confirm(assignment));
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        calls.call(() -> {
            rooms().release(assignment, release);
            return true;
        });
    }

    @Override
    public JoinResult join(HostRegistration registration) {
        return calls.call(() -> node.join(registration));
    }

    @Override
    public HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state) {
        return calls.call(() -> hosts().heartbeat(host, load, state));
    }

    @Override
    public void mark(HostIncarnation host, HostState state) {
        calls.call(() -> {
            hosts().mark(host, state);
            return true;
        });
    }

    @Override
    public void leave(HostIncarnation host) {
        calls.call(() -> {
            hosts().leave(host);
            return true;
        });
    }

    @Override
    public List<HostSnapshot> list() {
        return calls.call(() -> hosts().list());
    }

    @Override
    public boolean mayBlock() {
        return true;
    }
}
