package io.roomrouting.examples.chatserver;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.TimeSource;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.PlacementLog;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.examples.http.BoundedWork;
import io.roomrouting.examples.session.RoomLimits;
import io.roomrouting.examples.session.SessionLog;
import io.roomrouting.examples.settings.ApiKeys;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.AdminAccess;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.BalancerRegistration;
import io.roomrouting.jetty.ReadinessCheck;
import io.roomrouting.jetty.RoomPorts;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A chat server: a host of rooms with a port for each, the API that creates them, what operators see, and the word to the load
 * balancers. Ends in the order opposite to that in which it starts.
 */
final class ChatServer implements Command.Running {

    private static final String ADMIN_NAME = "Admin chatserver";
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A room that has ended is as good as one that never was. */
    private static final Duration RETENTION = Duration.ofMinutes(1);

    private final Settings settings;
    private final AdminListener admin;
    private final HostAddress address;
    private final HostCapacity capacity;
    private final JwtKeys keys;
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().roomRetention(RETENTION).build();
    private final OpenRooms rooms = new OpenRooms();
    private final FirstLease lease = new FirstLease();
    private final Deque<Runnable> ends = new ArrayDeque<>();

    private ChatServer(Settings settings, AdminListener admin) {
        this.settings = settings;
        this.admin = admin;
        address = ChatServerSettings.addressIn(settings);
        capacity = ChatServerSettings.capacityIn(settings);
        keys = ChatServerSettings.keysIn(settings);
    }

    /**
     * Starts a server.
     *
     * @throws io.roomrouting.examples.settings.ConfigurationException if settings do not fit together
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    static Command.Running start(Settings settings) {
        AdminListener admin = AdminListener.on(settings.get(ChatServerSettings.ADMIN_PORT), settings, ADMIN_NAME);
        ChatServer server = new ChatServer(settings, admin);
        try {
            server.start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return admin.startBeside(server);
    }

    private synchronized void start() {
        SessionHost host = startHost();
        ends.push(host::close);
        RoomPorts ports = startPorts(host);
        ends.push(ports::close);
        lease.await(PATIENCE);
        rooms.onClosed(ports::close);
        startApi(host, ports);
        show(host, ports);
        ends.push(() -> host.drain(ChatServerSettings.drainSpreadIn(settings)));
        register(host);
    }

    private SessionHost startHost() {
        SessionHostBuilder description = SessionHost.builder()
                .address(address)
                .registry(registry)
                .capacity(capacity)
                .limits(RoomLimits.ofClients(settings))
                .rooms(ChatRoom::new, ChatServerSettings.roomsIn(settings))
                .listener(new SessionLog())
                .listener(rooms)
                .listener(lease);
        admin.measure(description);
        return description.start();
    }

    private RoomPorts startPorts(SessionHost host) {
        return RoomPorts.builder(host, JwtVerifier.of(keys).tickets(), ChatServerSettings.portsIn(settings))
                .listen(ServerSettings.listenOn(settings, ChatServerSettings.PORT))
                .allowedOrigins(origins())
                .connections(RoomLimits.ofConnections(settings))
                .start();
    }

    private void startApi(SessionHost host, RoomPorts ports) {
        RoomRouterBuilder routing = RoomRouter.builder()
                .authenticator(JwtVerifier.of(keys).logins())
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer(JwtIssuer.of(keys).tickets())
                .listener(new PlacementLog());
        admin.measure(routing);
        RoomRouter router = routing.build();
        BoundedWork threads = new BoundedWork("chatserver-rooms", THREADS, MOST_WAITING, PATIENCE, TimeSource.system());
        ends.push(threads::close);
        RoomsApi api = new RoomsApi(
                settings.get(ChatServerSettings.VERSION),
                AdminAccess.key(ApiKeys.read(settings, ChatServerSettings.KEY)),
                new RoomDesk(router, registry, host, ports),
                router,
                address,
                threads);
        RoutingServer server = RoutingServer.builder(admin.measured(api, RoomsApi.PATHS))
                .allowedOrigins(origins())
                .readiness(ReadinessCheck.of(host))
                .listen(ServerSettings.listenOn(settings, ChatServerSettings.PORT))
                .start();
        ends.push(server::close);
    }

    private void show(SessionHost host, RoomPorts ports) {
        admin.watch(host, capacity);
        admin.serve(api -> api.app(ADMIN_NAME, settings.get(ChatServerSettings.VERSION))
                .hosts(registry)
                .roomFields(room -> portField(ports.portOf(room)))
                .drainSpread(ChatServerSettings.drainSpreadIn(settings)));
    }

    private static Map<String, Integer> portField(OptionalInt port) {
        return port.isPresent() ? Map.of("port", port.getAsInt()) : Map.of();
    }

    private void register(SessionHost host) {
        Supplier<BalancerRegistration.Load> load = () -> new BalancerRegistration.Load(
                rooms.count(), capacity.rooms(), host.status().state() == HostState.ACTIVE);
        BalancerRegistration balancers = BalancerRegistration.builder(
                        settings.get(ChatServerSettings.LOADBALANCERS).orElseGet(List::of),
                        ApiKeys.read(settings, ChatServerSettings.LOADBALANCER_KEY))
                .address(address)
                .version(settings.get(ChatServerSettings.VERSION))
                .load(load)
                .start();
        rooms.onChanged(balancers::loadChanged);
        ends.push(balancers::close);
    }

    private AllowedOrigins origins() {
        return settings.get(ServerSettings.ALLOWED_ORIGINS).orElseGet(AllowedOrigins::none);
    }

    /** Says goodbye to the load balancers, tells the clients to go, and stops; a second call waits for the first. */
    @Override
    public synchronized void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
