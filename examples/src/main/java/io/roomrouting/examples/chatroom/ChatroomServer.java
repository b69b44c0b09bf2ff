package io.roomrouting.examples.chatroom;

import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.TimeSource;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.PlacementLog;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.chat.ChatDialect;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.examples.chat.ChatStore;
import io.roomrouting.examples.chat.JdbcChatStore;
import io.roomrouting.examples.engines.FleetRegistry;
import io.roomrouting.examples.session.RoomLimits;
import io.roomrouting.examples.session.SessionLog;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TokenSettings;
import io.roomrouting.jdbc.JdbcMessageHistory;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.CorsHandler;
import io.roomrouting.jetty.KeySetHandler;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.RoutingApiHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.jetty.WebClientHandler;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import io.roomrouting.socketio.SocketSettings;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;

/** An instance of the chat room: a host of rooms, and on one port all the ways to it. */
final class ChatroomServer implements Command.Running {

    /** The room of who names none. */
    static final RoomId LOBBY = RoomId.of("lobby");

    private final Settings settings;
    private final JwtKeys keys;
    private final JwtVerifier tokens;
    private final Engines engines;
    private final AdminListener admin;
    private final Threads threads = Threads.start(TimeSource.system());
    private final ChatStore store;
    private final SessionHost host;
    private final SessionServer server;

    private ChatroomServer(
            Settings settings, JwtKeys keys, IceServers.Servers ice, Engines engines, AdminListener admin) {
        this.settings = settings;
        this.keys = keys;
        this.engines = engines;
        this.admin = admin;
        tokens = JwtVerifier.of(keys);
        store = new JdbcChatStore(JdbcMessageHistory.in(engines.database().tables()));
        HttpApi api = HttpApi.open(settings, keys, ice, store, engines.database(), threads);
        host = startHost();
        showOperators(api);
        try {
            server = listen(api);
        } catch (RuntimeException e) {
            host.close();
            threads.close();
            throw e;
        }
    }

    /**
     * Starts an instance.
     *
     * @param admin is told what to show; not started
     * @throws io.roomrouting.examples.settings.ConfigurationException if settings do not fit together, or an engine answers
     *     and cannot be used
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    static ChatroomServer start(Settings settings, AdminListener admin) {
        JwtKeys keys = TokenSettings.signingKeys(settings);
        IceServers.Servers ice = CallSettings.iceIn(settings);
        HeadStart.begin(keys);
        Engines engines = Engines.open(settings);
        try {
            return new ChatroomServer(settings, keys, ice, engines, admin);
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    private SessionHost startHost() {
        SessionHostBuilder description = SessionHost.builder()
                .address(ChatroomSettings.addressIn(settings))
                .registry(engines.rooms(), engines.hosts())
                .directory(engines.directory())
                .capacity(RoomLimits.ofHost(settings))
                .limits(RoomLimits.ofClients(settings))
                .rooms(ChatRoom.storing(store, ChatDialect.LISTS), RoomLimits.ofRooms(settings))
                .listener(new SessionLog());
        engines.fleet().map(FleetRegistry::states).ifPresent(description::stateStore);
        admin.measure(description);
        return description.start();
    }

    private void showOperators(HttpApi api) {
        admin.watch(host, RoomLimits.ofHost(settings));
        admin.readiness(api::requireReady);
        admin.serve(handler -> handler.hosts(engines.hosts()).drainSpread(drainSpread()));
    }

    private SessionServer listen(HttpApi api) {
        RoomRouterBuilder routing = RoomRouter.builder()
                .authenticator(tokens.logins())
                .authorizer(HttpApi.AUTHORIZER)
                .registry(engines.rooms())
                .directory(engines.directory())
                .scheduler(new LocalScheduler(engines.hosts()))
                .ticketIssuer(JwtIssuer.of(keys).tickets())
                .listener(new PlacementLog());
        admin.measure(routing);
        RoomRouter router = routing.build();
        AllowedOrigins origins = ChatroomSettings.originsOf(settings);
        Handler http = new CorsHandler(
                origins,
                new Handler.Sequence(
                        admin.measured(api.handler(), api.paths()),
                        admin.measured(RoutingApiHandler.builder(router).build(), RoutingApiHandler.PATHS),
                        new KeySetHandler(keys::toJwks)));
        return SessionServer.builder(host, new Handler.Sequence(webSockets(origins), webClient()))
                .listen(ServerSettings.listenOn(settings, ChatroomSettings.PORT))
                .readiness(api::requireReady)
                .with(socketIo(router, origins))
                .with(http)
                .start();
    }

    private SocketIoHandler socketIo(RoomRouter router, AllowedOrigins origins) {
        RoomEntry entry =
                new RoomEntry(router, tokens.tickets(), ChatroomSettings.addressIn(settings), LOBBY, threads.entries());
        return SocketIoHandler.builder()
                .rooms(host, entry)
                .socketSettings(SocketSettings.defaults().withStateRecovery(true))
                .allowedOrigins(origins)
                .build();
    }

    private RoomWebSocketHandler webSockets(AllowedOrigins origins) {
        return RoomWebSocketHandler.builder(host, tokens.tickets())
                .allowedOrigins(origins)
                .settings(RoomLimits.ofConnections(settings))
                .passOnPlainRequests()
                .build();
    }

    private static WebClientHandler webClient() {
        return new WebClientHandler(ChatroomServer.class.getClassLoader(), "web");
    }

    private Duration drainSpread() {
        return Duration.ofSeconds(settings.get(ChatroomSettings.DRAIN_SECONDS));
    }

    /** Hands the rooms over or ends them, tells the clients when to come back, and stops. */
    @Override
    public void close() {
        host.drain(drainSpread());
        host.close();
        server.close();
        threads.close();
        engines.close();
    }
}
