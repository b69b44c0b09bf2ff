package io.roomrouting.internal;

import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostState;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoomReports;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.HostedRooms;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.session.SessionListener;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.ConnectionPermit;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of this process, under the lease of its current life. */
public final class LocalSessionHost implements SessionHost {

    /** Over how long clients that lost a room unexpectedly are told to come back. */
    static final Duration RECONNECT_SPREAD = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SessionHost.class);
    private static final int MAX_SPENT_SEATS = 1_000_000;
    private static final int STORE_CALLS = 64;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final HostSettings settings;
    private final RoomOwnership ownership;
    private final LeaseSource leases;
    private final SessionListener listener;
    private final RecentIds spentSeats;
    private final NoticeBoard noticeBoard = new NoticeBoard();
    private final @Nullable ReportLoop reportLoop;
    private final Entrance entrance;
    private final EndedRooms endedRooms = new EndedRooms();
    private final Executor storeExecutor;
    private final Formats formats = new Formats();
    private final HostRooms rooms = new HostRooms(this);
    private final OperatorDesk operators = new OperatorDesk(this, rooms);
    private final AtomicReference<HostState> toldState = new AtomicReference<>(HostState.ACTIVE);
    private final Retreat retreat = new Retreat(this, rooms.all());
    private volatile Lease lease;

    private LocalSessionHost(
            HostSettings settings, RoomOwnership ownership, Function<LocalSessionHost, LeaseSource> leases) {
        this.settings = settings;
        this.ownership = ownership;
        this.listener = new GuardedListener(settings.listeners());
        this.spentSeats = new RecentIds(settings.time(), UsedTickets.MEMORY, MAX_SPENT_SEATS);
        RoomReports directory = settings.directory();
        this.reportLoop = directory == null ? null : new ReportLoop(this, noticeBoard, directory);
        this.entrance = new Entrance(this, rooms, settings, listener);
        this.storeExecutor = new LimitedExecutor(settings.blockingExecutor(), STORE_CALLS);
        this.lease = nextLife();
        this.leases = leases.apply(this);
    }

    /**
     * Starts a host that joins a registry by itself.
     *
     * @param settings what it is told once
     * @param rooms confirms and releases its rooms
     * @param hosts gives it its lease
     * @return the host; it is ready when it has a lease
     */
    public static LocalSessionHost joining(HostSettings settings, RoomOwnership rooms, HostRegistry hosts) {
        LocalSessionHost host = new LocalSessionHost(settings, rooms, self -> new LeaseKeeper(self, hosts));
        if (host.reportLoop != null) {
            host.reportLoop.start();
        }
        host.leases.start();
        return host;
    }

    /**
     * Starts a host that waits for a backend's probes.
     *
     * @param settings what it is told once
     * @param desk takes the probes
     * @return the host; it is ready when it has a lease
     */
    public static LocalSessionHost probed(HostSettings settings, ProbeDesk desk) {
        LocalSessionHost host = new LocalSessionHost(settings, desk, self -> desk);
        desk.attach(host);
        host.leases.start();
        return host;
    }

    // Transports

    @Override
    public ConnectionPermit permit(String remoteAddress) {
        return entrance.permit(remoteAddress);
    }

    @Override
    public ConnectionListener admit(Admission admission, Connection connection) {
        return entrance.admit(admission, connection);
    }

    EndedRooms endedRooms() {
        return endedRooms;
    }

    /** Says whether a room that was given back opens again only under a new epoch, whatever the registry says. */
    boolean remembersEnds() {
        return !leases.mayTakeBack();
    }

    void connectionEnded(Link link) {
        entrance.connectionEnded(link);
    }

    @Override
    public void register(WireFormat format) {
        formats.add(format);
    }

    @Nullable WireFormat formatNamed(String name) {
        return formats.named(name);
    }

    // Rooms

    @Override
    public HostedRooms rooms() {
        return operators;
    }

    HostRooms hostRooms() {
        return rooms;
    }

    void forget(RoomRuntime room) {
        rooms.remove(room);
        retreat.roomGone();
    }

    /** What the rooms say of themselves. */
    NoticeBoard noticeBoard() {
        return noticeBoard;
    }

    /** The seats that have been given up lately, so that none is taken again. */
    RecentIds spentSeats() {
        return spentSeats;
    }

    /** Says whether somebody is told what the rooms say: a directory, or a backend that asks. */
    boolean reports() {
        return reportLoop != null || leases.carriesReports();
    }

    /** The directory has forgotten everything. */
    void reportAgain(Lease life) {
        rooms.all().stream()
                .filter(room -> room.lease() == life)
                .forEach(room -> room.notice().postAgain());
    }

    RoomOwnership ownership() {
        return ownership;
    }

    SessionListener listener() {
        return listener;
    }

    SessionLimits limits() {
        return settings.limits();
    }

    TimeSource time() {
        return settings.time();
    }

    Executor roomExecutor() {
        return settings.roomExecutor();
    }

    void blocking(Runnable work) {
        settings.blockingExecutor().execute(work);
    }

    /** Runs a call of the state store, so many at a time. */
    void store(Runnable work) {
        storeExecutor.execute(work);
    }

    void offload(Runnable work) {
        settings.offloadExecutor().execute(work);
    }

    Duration drainSpread() {
        return retreat.spread();
    }

    RandomGenerator random() {
        return settings.random();
    }

    /** How long it takes until who places rooms knows that one was released. */
    Duration newsDelay() {
        return leases.newsDelay();
    }

    /** A random time up to this long, so that many clients do not come back at once. */
    Duration spread(Duration longest) {
        return longest.isZero()
                ? longest
                : Duration.ofNanos(1 + settings.random().nextLong(longest.toNanos()));
    }

    // The lease

    HostSettings settings() {
        return settings;
    }

    Lease lease() {
        return lease;
    }

    boolean isStopped() {
        return retreat.isStopped();
    }

    HostState state() {
        return retreat.state();
    }

    /** Why the host opens no more rooms of this type, or null if it does. */
    @Nullable RoutingException stopping(RoomType type) {
        return retreat.refusal(type);
    }

    HostLoad load() {
        return new HostLoad(rooms.all().size(), entrance.taken());
    }

    /** Gives up a life whose lease has ended: its rooms close, and the next life begins without any. */
    void leaseLost(Lease lost) {
        synchronized (this) {
            if (lease != lost || retreat.isStopped()) {
                return;
            }
            lost.revoke();
            lease = nextLife();
        }
        if (lost.isGranted()) {
            LOG.warn("Host {} lost its lease and closes its rooms", lost.incarnation());
            rooms.all().forEach(room -> {
                if (room.lease() == lost) {
                    room.close(CloseReason.LEASE_LOST);
                }
            });
            if (!lost.isAdrift()) {
                listener.leaseChanged(false);
            }
        }
        leases.restart();
    }

    private Lease nextLife() {
        return new Lease(
                HostIncarnation.next(settings.id(), settings.random()), settings.time(), settings.outagePolicy());
    }

    // Operations

    @Override
    public HostStatus status() {
        Lease current = lease;
        boolean ready = !retreat.isStopped() && state() == HostState.ACTIVE && current.admits();
        return new HostStatus(current.incarnation(), ready, state(), load());
    }

    @Override
    public boolean drain(Duration spread, Duration deadline) {
        CompletableFuture<Void> empty = retreat.begin();
        if (empty == null) {
            return true;
        }
        tellState();
        leases.drain();
        return retreat.moveRoomsAway(empty, spread, deadline, leases);
    }

    @Override
    public void undrain() {
        if (retreat.undo()) {
            leases.undrain();
            tellState();
        }
    }

    /** Tells the listeners what the host does now, if they have last heard something else. */
    private void tellState() {
        HostState now = state();
        if (toldState.getAndSet(now) != now) {
            listener.drainChanged(now == HostState.DRAINING);
        }
    }

    /** What the host would do if the registry did not order otherwise. */
    HostState wants() {
        return retreat.wants();
    }

    /** The registry tells what it wants the host to do. */
    void ordered(HostState order) {
        if (order == HostState.ACTIVE) {
            retreat.release();
            tellState();
            return;
        }
        CompletableFuture<Void> empty = retreat.obey();
        tellState();
        if (empty != null) {
            LOG.info("The registry wants host {} to drain", lease.incarnation());
            blocking(() -> retreat.moveRoomsAway(empty, RECONNECT_SPREAD, settings.orderedDrainDeadline(), leases));
        }
    }

    @Override
    public void close() {
        long start = time().nanoTime();
        if (retreat.stop()) {
            // What was released last, when nobody can come in any more, is to be known before the host is gone.
            leases.settle(LAST_WORDS);
            lease.revoke();
            Duration left = Retreat.STOP_PATIENCE.minusNanos(time().nanoTime() - start);
            leases.stop(left.compareTo(LAST_WORDS) > 0 ? left : LAST_WORDS);
            if (reportLoop != null) {
                reportLoop.stop();
            }
        }
    }

    String newSessionId() {
        byte[] bits = new byte[15];
        settings.random().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
