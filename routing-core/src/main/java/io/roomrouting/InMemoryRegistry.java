package io.roomrouting;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A registry in the memory of one process: for a backend with a static list of hosts, for a backend and hosts in one
 * process, and for tests. Two processes that need to agree need a registry outside of both.
 *
 * <p>Thread-safe; no method waits for anything. A look-up costs a hash look-up and a clock reading, however many rooms and
 * hosts there are; expiry is noticed when somebody looks.
 *
 * <p>A restart forgets everything but the order of epochs: the new registry's are larger than all that the old one gave
 * out, as long as the wall clock was not set back, or once the hosts have told theirs. For a registry whose hosts live on
 * in other processes, {@link InMemoryRegistryBuilder#settleTime} keeps it from giving away what it does not remember: meanwhile hosts that
 * join bring the rooms that they hold, and unknown rooms are answered {@link ErrorCode#REGISTRY_UNAVAILABLE}.
 *
 * <p>The last methods are for whoever probes hosts that call nobody.
 */
public final class InMemoryRegistry implements RoomRegistry, HostRegistry, RoomDirectory {

    static final Duration FULL_RETRY = Duration.ofSeconds(10);

    private final TimeSource time;
    private final Duration lease;
    private final Duration unconfirmedClaimLife;
    private final Epochs epochs;
    private final RoomTable rooms;
    private final HostLeases hosts = new HostLeases();
    private final Settling settling;

    InMemoryRegistry(InMemoryRegistryBuilder builder) {
        time = builder.time;
        lease = builder.lease;
        unconfirmedClaimLife = builder.unconfirmedClaimLife;
        epochs = new Epochs(time.wallMillis());
        rooms = new RoomTable(builder.maxRooms, builder.roomRetention);
        settling = new Settling(builder.settleTime, time.nanoTime());
    }

    /**
     * Returns a registry with all defaults.
     *
     * @return an empty registry
     */
    public static InMemoryRegistry create() {
        return builder().build();
    }

    /**
     * Starts to describe a registry.
     *
     * @return a builder with all defaults
     */
    public static InMemoryRegistryBuilder builder() {
        return new InMemoryRegistryBuilder();
    }

    // Rooms

    @Override
    public RoomRecord create(RoomId fresh, RoomSpec spec) {
        return rooms.create(fresh, spec, time.nanoTime());
    }

    @Override
    public RoomRecord ensure(RoomId room, RoomSpec spec) {
        long now = time.nanoTime();
        if (rooms.known(room, now) == null) {
            settling.check(now);
        }
        return rooms.ensure(room, spec, now);
    }

    @Override
    public Optional<RoomRecord> find(RoomId room) {
        long now = time.nanoTime();
        Optional<RoomRecord> found = rooms.find(room, now);
        if (found.isEmpty()) {
            settling.check(now);
        }
        return found;
    }

    @Override
    public ClaimResult claim(Claim claim) {
        long now = time.nanoTime();
        rooms.sweep(now);
        while (true) {
            RoomEntry entry = rooms.known(claim.room(), now);
            if (entry == null) {
                settling.check(now);
                return new ClaimResult.NoSuchRoom();
            }
            Optional<ClaimResult> result = entry.claim(claim.placement(), spec -> newOwnership(claim, spec, now), now);
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    private Optional<Ownership> newOwnership(Claim claim, RoomSpec spec, long now) {
        Placement placement = claim.placement();
        RoomAssignment assignment =
                new RoomAssignment(claim.room(), placement.host(), placement.address(), epochs.next());
        if (placement.validity().isPresent()) {
            return Optional.of(new ProvidedOwnership(
                    assignment, spec, placement.validity().get(), hosts.find(placement.host()), now));
        }
        return Optional.ofNullable(hosts.find(placement.host()))
                .map(backing -> new LeasedOwnership(assignment, spec, backing));
    }

    @Override
    public boolean confirm(RoomAssignment assignment) {
        epochs.raise(assignment.epoch().value());
        long now = time.nanoTime();
        RoomEntry entry = rooms.known(assignment.room(), now);
        if (entry == null) {
            settling.check(now);
            return false;
        }
        return entry.confirm(assignment, now);
    }

    @Override
    public void release(RoomAssignment assignment, Release release) {
        epochs.raise(assignment.epoch().value());
        long now = time.nanoTime();
        RoomEntry entry = rooms.known(assignment.room(), now);
        if (entry != null && entry.release(assignment, release, now)) {
            rooms.remove(entry);
        }
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    // Lobby

    /** {@inheritDoc} A page looks at 1,000 rooms at most. */
    @Override
    public RoomPage list(RoomQuery query) {
        return rooms.publicRooms().list(query, time.nanoTime());
    }

    @Override
    public SeatResult reserve(RoomId room, SeatWish wish) {
        Optional<RoomRecord> found = find(room);
        if (found.isPresent() && isUncounted(found.get())) {
            return new SeatResult.Reserved(found.get(), Map.of());
        }
        return rooms.reserve(room, wish, time.nanoTime());
    }

    /** Says whether nothing is written, so that no lock is needed. */
    private static boolean isUncounted(RoomRecord room) {
        return room.assignment().isPresent() && room.spec().maxClients().isEmpty();
    }

    /** {@inheritDoc} Looks at all public rooms of the type. */
    @Override
    public Optional<SeatResult.Reserved> match(RoomMatch match, SeatWish wish) {
        return rooms.publicRooms().match(match, wish, time.nanoTime());
    }

    @Override
    public void cancel(RoomId room, Set<SeatId> seats) {
        long now = time.nanoTime();
        RoomEntry entry = rooms.known(room, now);
        if (entry != null) {
            entry.cancel(seats, now);
        }
    }

    @Override
    public void report(HostIncarnation host, List<RoomReport> reports) {
        if (reports.size() > MAX_ROOMS) {
            throw RoutingException.invalid("at most " + MAX_ROOMS + " rooms are reported at a time");
        }
        long now = time.nanoTime();
        for (RoomReport report : reports) {
            RoomEntry entry = rooms.known(report.room(), now);
            if (entry != null) {
                entry.report(host, report, now);
            }
        }
    }

    // Hosts

    @Override
    public JoinResult join(HostRegistration registration) {
        return join(registration, true);
    }

    private synchronized JoinResult join(HostRegistration registration, boolean asksBack) {
        registration.held().forEach(held -> epochs.raise(held.epoch().value()));
        long now = time.nanoTime();
        HostLease known = hosts.find(registration.host());
        if (known == null && !hosts.hasEnded(registration.host())) {
            return joinAnew(registration, asksBack, now);
        }
        if (known == null || !known.isAlive(now)) {
            return new JoinResult.Refused("this life of the host has lost its lease");
        }
        return joinAgain(known, registration, now);
    }

    private JoinResult joinAgain(HostLease known, HostRegistration registration, long now) {
        boolean granted = registration.held().stream().allMatch(held -> confirm(assignment(registration, held)));
        if (!granted) {
            return new JoinResult.Refused("it holds rooms that are not its own");
        }
        if (!known.renew(now, lease)) {
            return new JoinResult.Refused("this life of the host has lost its lease");
        }
        known.describe(registration);
        return new JoinResult.Joined(lease);
    }

    private JoinResult joinAnew(HostRegistration registration, boolean asksBack, long now) {
        if (!registration.held().isEmpty() && settling.isOver(now)) {
            return new JoinResult.Refused("it holds rooms that this registry has not granted");
        }
        hosts.reserve(now);
        HostLease fresh = new HostLease(registration, asksBack, unconfirmedClaimLife, now, lease);
        boolean joined = false;
        try {
            joined = registration.held().stream().allMatch(held -> adopt(held, registration, fresh, now));
        } finally {
            if (!joined) {
                // What it has adopted so far hangs on this lease, which nobody else knows.
                fresh.end(now);
            }
        }
        if (!joined) {
            return new JoinResult.Refused("it holds a room that has another owner");
        }
        hosts.add(fresh);
        return new JoinResult.Joined(lease);
    }

    private boolean adopt(HeldRoom held, HostRegistration registration, HostLease backing, long now) {
        rooms.ensure(held.room(), held.spec(), now);
        RoomEntry entry = rooms.known(held.room(), now);
        return entry != null
                && entry.adopt(
                        new LeasedOwnership(assignment(registration, held), entry.spec(), backing), backing, now);
    }

    private static RoomAssignment assignment(HostRegistration registration, HeldRoom held) {
        return new RoomAssignment(held.room(), registration.host(), registration.address(), held.epoch());
    }

    @Override
    public HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state) {
        HostLease known = hosts.find(host);
        if (known == null || !known.renew(time.nanoTime(), lease)) {
            return new HeartbeatResult.Unknown();
        }
        known.report(load, state);
        return new HeartbeatResult.Renewed(lease, known.ordered());
    }

    @Override
    public void mark(HostIncarnation host, HostState state) {
        HostLease known = hosts.find(host);
        if (known != null) {
            known.order(state);
        }
    }

    @Override
    public void leave(HostIncarnation host) {
        HostLease known = hosts.find(host);
        if (known != null) {
            known.end(time.nanoTime());
            hosts.forget(known);
        }
    }

    @Override
    public List<HostSnapshot> list() {
        return hosts.list(time.nanoTime());
    }

    // Probing

    /**
     * Gives a lease to a host that asks nobody before it opens a room. A claim on such a host does not lapse by itself;
     * {@link #takeStock} ends what was never used. Otherwise like {@link #join(HostRegistration)}.
     *
     * @param registration the host
     * @return the lease, or that this life of the host is not taken
     */
    public JoinResult joinProbed(HostRegistration registration) {
        return join(registration, false);
    }

    /**
     * Says which claims on a host have stayed unconfirmed for longer than {@link InMemoryRegistryBuilder#unconfirmedClaimLife}.
     *
     * @param host a living host
     * @return the newest epoch among them; 0 if there are none
     */
    public long unopenedUpTo(HostIncarnation host) {
        HostLease known = hosts.find(host);
        return known == null ? 0 : known.unopenedUpTo(time.nanoTime());
    }

    /**
     * Works in a complete list of the rooms that a host holds: confirms the claims in it, and ends the unconfirmed ones
     * that are not in it, up to an epoch.
     *
     * @param host a living host
     * @param closedUpTo the host has promised to open nothing any more that it was granted up to this epoch
     * @param held what it held when it had promised
     */
    public void takeStock(HostIncarnation host, long closedUpTo, List<HeldRoom> held) {
        HostLease known = hosts.find(host);
        if (known != null) {
            known.takeStock(closedUpTo, held, time.nanoTime());
        }
    }

    /**
     * Returns the newest epoch that has been given out or heard of.
     *
     * @return all further epochs are larger
     */
    public long newestEpoch() {
        return epochs.newest();
    }

    /**
     * Makes all further epochs larger than one that a host has heard of.
     *
     * @param heard the largest epoch that the host has seen; 0 for none
     * @throws RoutingException.InvalidRequest if no registry can have given it out
     */
    public void raiseEpochs(long heard) {
        epochs.raise(heard);
    }

    /**
     * Says whether the registry still waits to be told which rooms exist.
     *
     * @return true until {@link InMemoryRegistryBuilder#settleTime} has passed or {@link #endSettling} was called
     */
    public boolean isSettling() {
        return !settling.isOver(time.nanoTime());
    }

    /** Ends the settling early, because all hosts that can hold a room have told. */
    public void endSettling() {
        settling.end();
    }

    /**
     * Returns how long a lease lasts.
     *
     * @return as {@link InMemoryRegistryBuilder#lease} was set
     */
    public Duration lease() {
        return lease;
    }
}
