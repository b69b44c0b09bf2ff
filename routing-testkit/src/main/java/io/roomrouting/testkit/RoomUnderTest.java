package io.roomrouting.testkit;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.SeatRequest;
import java.time.Duration;
import java.util.Optional;

/** The room of a {@link RoomTester}, and the hosts that it lives on one after the other. */
final class RoomUnderTest {

    private final RoomHandlerFactory factory;
    private final RoomId id;
    private final RoomSpec spec;
    private final RoomSettings settings;
    private final SessionLimits limits;
    private final RecordingFormat format;
    private final ManualTime time;
    private final InMemoryRegistry registry;
    private final RoomStateStore store = InMemoryStateStore.create();
    private final OffloadedWork offloaded;
    private final RoomWatch watch;
    private MortalTime hostTime;
    private SessionHost host;
    private int hosts;
    private int tickets;

    RoomUnderTest(
            RoomHandlerFactory factory,
            RoomId id,
            RoomSpec spec,
            RoomSettings settings,
            SessionLimits limits,
            RecordingFormat format,
            ManualTime time,
            OffloadedWork offloaded,
            RoomWatch watch) {
        this.factory = factory;
        this.id = id;
        this.spec = spec;
        this.settings = settings;
        this.limits = limits;
        this.format = format;
        this.time = time;
        this.offloaded = offloaded;
        this.watch = watch;
        this.registry = InMemoryRegistry.builder()
                .time(time)
                .lease(Duration.ofHours(1))
                .roomRetention(Duration.ofDays(365))
                .build();
        registry.create(id, spec);
        this.hostTime = new MortalTime(time);
        this.host = startHost(hostTime);
    }

    private SessionHost startHost(MortalTime itsTime) {
        SessionHost started = SessionHost.builder()
                .id(HostId.of("host-" + ++hosts))
                .address(HostAddress.parse("localhost:8000"))
                .registry(registry)
                .directory(registry)
                .rooms(factory, settings)
                .limits(limits)
                .time(itsTime)
                .roomExecutor(Runnable::run)
                .blockingExecutor(Runnable::run)
                .offloadExecutor(offloaded)
                .stateStore(store)
                .listener(watch)
                .start();
        started.register(format);
        return started;
    }

    SessionHost host() {
        return host;
    }

    /** What a lobby shows of the room. */
    Optional<RoomListing> listing() {
        RoomQuery everything = new RoomQuery(RoomFilter.everyRoom(), 0, Optional.empty(), 1);
        return registry.list(everything).rooms().stream().findFirst();
    }

    /** The next host takes over, this one having drained. */
    void handOver() {
        host.drain(Duration.ZERO);
        host.close();
        nextHost();
    }

    /** The next host takes over, this one having vanished. */
    void crash() {
        registry.leave(host.status().host());
        hostTime.end();
        nextHost();
    }

    private void nextHost() {
        hostTime = new MortalTime(time);
        host = startHost(hostTime);
    }

    /** Lets somebody knock with a fresh ticket. */
    Admission admission(Identity identity, Optional<SeatRequest> seat) {
        Ticket ticket = new Ticket(
                "ticket-" + ++tickets, identity, owner(), spec, time.now().plusSeconds(Ticket.MAX_LIFE_SECONDS));
        return new Admission(ticket, "127.0.0.1", seat);
    }

    private RoomAssignment owner() {
        Placement here = new Placement(
                host.status().host(), HostAddress.parse("localhost:8000"), Optional.empty(), "the only host");
        ClaimResult result = registry.claim(new Claim(id, here));
        if (result instanceof ClaimResult.Granted granted) {
            return granted.assignment();
        }
        throw RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "the room has closed for good");
    }
}
