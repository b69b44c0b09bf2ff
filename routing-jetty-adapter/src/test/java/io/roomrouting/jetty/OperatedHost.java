package io.roomrouting.jetty;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.HostedRooms;
import io.roomrouting.session.RoomMember;
import io.roomrouting.session.RoomStatus;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.ConnectionPermit;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host of two rooms, without clients, that remembers what operators do to it. A drain lasts until it is undone. */
final class OperatedHost implements SessionHost, HostedRooms {

    static final HostIncarnation HOST = new HostIncarnation(HostId.of("host-a"), "life-1");
    static final HostAddress ADDRESS = new HostAddress("localhost", 8000, false);

    /** What has been done, one line each. */
    final List<String> effects = new CopyOnWriteArrayList<>();

    volatile Runnable beforeDrain = () -> {};
    volatile CompletionStage<List<RoomMember>> members = CompletableFuture.completedStage(List.of());
    private final Map<String, RoomStatus> open = new ConcurrentSkipListMap<>();
    private CompletableFuture<Boolean> drained = new CompletableFuture<>();
    private volatile HostState state = HostState.ACTIVE;

    OperatedHost() {
        reopen();
    }

    /** Opens the two rooms if they are closed. */
    void reopen() {
        open.put("garden", status(RoomId.of("garden")));
        open.put("lobby", status(RoomId.of("lobby")));
    }

    private static RoomStatus status(RoomId room) {
        return new RoomStatus(
                new RoomAssignment(room, HOST, ADDRESS, new Epoch(7)),
                RoomSpec.ofType("chess"),
                2,
                50,
                true,
                RoomVisibility.PUBLIC,
                Map.of("level", "h<ard"),
                Duration.ofMillis(61_500));
    }

    @Override
    public HostedRooms rooms() {
        return this;
    }

    @Override
    public List<RoomStatus> list() {
        return List.copyOf(open.values());
    }

    @Override
    public Optional<RoomStatus> find(RoomId room) {
        return Optional.ofNullable(open.get(room.value()));
    }

    @Override
    public CompletionStage<List<RoomMember>> members(RoomId room) {
        return members;
    }

    @Override
    public CompletionStage<Void> open(RoomAssignment assignment, RoomSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean close(RoomId room) {
        effects.add("close " + room);
        return open.remove(room.value()) != null;
    }

    @Override
    public int announce(String event, Object... arguments) {
        effects.add("announce " + event + " " + Arrays.toString(arguments));
        return open.size();
    }

    @Override
    public boolean announce(RoomId room, String event, Object... arguments) {
        effects.add("announce to " + room + " " + event + " " + Arrays.toString(arguments));
        return open.containsKey(room.value());
    }

    @Override
    public HostStatus status() {
        return new HostStatus(HOST, state == HostState.ACTIVE, state, new HostLoad(open.size(), 3));
    }

    @Override
    public boolean drain(Duration spread, Duration deadline) {
        beforeDrain.run();
        return begin("drain " + spread + " " + deadline).join();
    }

    private synchronized CompletableFuture<Boolean> begin(String drain) {
        drained = new CompletableFuture<>();
        state = HostState.DRAINING;
        effects.add(drain);
        return drained;
    }

    @Override
    public synchronized void undrain() {
        effects.add("undrain");
        state = HostState.ACTIVE;
        drained.complete(false);
    }

    /** Ends a drain as if the host had become empty. */
    synchronized void emptied() {
        drained.complete(true);
    }

    @Override
    public ConnectionPermit permit(String remoteAddress) {
        throw RoutingException.unavailable(ErrorCode.OVERLOADED, "nobody comes here", Duration.ZERO);
    }

    @Override
    public ConnectionListener admit(Admission admission, Connection connection) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void register(WireFormat format) {}

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
