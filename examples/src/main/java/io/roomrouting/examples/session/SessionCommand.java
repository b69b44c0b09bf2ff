package io.roomrouting.examples.session;

import io.roomrouting.HostAddress;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.admin.AdminSettings;
import io.roomrouting.examples.chat.ChatDialect;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.examples.chat.JdbcChatStore;
import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.settings.ContinuitySettings;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TokenSettings;
import io.roomrouting.jdbc.JdbcMessageHistory;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.socketio.SocketSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code session}: chat rooms over WebSocket and Socket.IO, for backends that share its registry, or for one that has it in its
 * list.
 */
public final class SessionCommand implements Command {

    private static final Setting<Integer> DRAIN_SECONDS = Setting.number(
                    "DRAIN_SECONDS", "over how long the clients' returns are spread when the server stops", 0, 600)
            .orElse("5");
    private static final Setting<Optional<Integer>> DRAIN_DEADLINE = Setting.number(
                    "DRAIN_DEADLINE",
                    "after how many seconds what is still here is ended when the server stops",
                    0,
                    3_600)
            .orElseNone("twice DRAIN_SECONDS, and 5");

    @Override
    public String name() {
        return "session";
    }

    @Override
    public String summary() {
        return "A session server: chat rooms over WebSocket and Socket.IO.";
    }

    @Override
    public List<Setting<?>> settings() {
        Stream<Setting<?>> own = Stream.of(
                DRAIN_SECONDS,
                DRAIN_DEADLINE,
                KeptStates.STATE_URL,
                ContinuitySettings.RESUME_GRACE,
                ContinuitySettings.OUTAGE_POLICY);
        return Stream.of(
                        HostSettings.ALL.stream(),
                        EngineSettings.OF_REGISTRY.stream(),
                        EngineSettings.ofDatabase(Engines.DATABASE_URL).stream(),
                        own,
                        TokenSettings.ofSession().stream(),
                        ServerSettings.ALL.stream(),
                        AdminSettings.all().stream(),
                        RoomLimits.SETTINGS.stream())
                .flatMap(Function.identity())
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        JwtVerifier tokens = JwtVerifier.of(TokenSettings.verificationKeys(settings));
        AdminListener admin = AdminListener.in(settings, name());
        return admin.startBeside(open(settings, tokens, admin));
    }

    private static Running open(Settings settings, JwtVerifier tokens, AdminListener admin) {
        Engines engines = Engines.open(settings);
        try {
            return serve(settings, tokens, engines, admin);
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    private static Running serve(Settings settings, JwtVerifier tokens, Engines engines, AdminListener admin) {
        Membership membership = new Membership(engines.registry());
        HostAddress address = HostSettings.addressIn(settings);
        SessionHostBuilder description = SessionHost.builder()
                .id(HostSettings.idIn(settings))
                .address(address)
                .labels(HostSettings.labelsIn(settings))
                .capacity(RoomLimits.ofHost(settings))
                .limits(RoomLimits.ofClients(settings))
                .rooms(roomsOn(engines), RoomLimits.ofRooms(settings))
                .outagePolicy(settings.get(ContinuitySettings.OUTAGE_POLICY))
                .listener(new SessionLog());
        KeptStates.open(settings, engines).ifPresent(description::stateStore);
        membership.describe(description);
        admin.measure(description);
        SessionHost host = description.start();
        admin.watch(host, RoomLimits.ofHost(settings));
        admin.serve(api -> api.drainSpread(spreadIn(settings)));
        ExecutorService ticketChecks = TicketChecks.threads();
        try {
            SessionServer server = listen(settings, tokens, host, membership, ticketChecks);
            return () -> {
                drain(settings, host);
                host.close();
                server.close();
                ticketChecks.shutdown();
                engines.close();
            };
        } catch (RuntimeException e) {
            host.close();
            ticketChecks.shutdown();
            throw e;
        }
    }

    private static RoomHandlerFactory roomsOn(Engines engines) {
        return engines.database()
                .map(database -> ChatRoom.storing(
                        new JdbcChatStore(JdbcMessageHistory.in(database.tables())), ChatDialect.PAGES))
                .orElse(ChatRoom::new);
    }

    private static SessionServer listen(
            Settings settings,
            JwtVerifier tokens,
            SessionHost host,
            Membership membership,
            ExecutorService ticketChecks) {
        AllowedOrigins origins = originsIn(settings);
        RoomWebSocketHandler clients = RoomWebSocketHandler.builder(host, tokens.tickets())
                .allowedOrigins(origins)
                .settings(RoomLimits.ofConnections(settings))
                .build();
        SocketIoHandler socketIo = SocketIoHandler.builder()
                .rooms(host, RoomAdmissions.byTicket(tokens.tickets(), ticketChecks))
                .socketSettings(SocketSettings.defaults().withStateRecovery(true))
                .allowedOrigins(origins)
                .build();
        SessionServer.Builder server =
                SessionServer.builder(host, clients).listen(ServerSettings.listenOn(settings, HostSettings.PORT));
        membership.serve(server, tokens);
        return server.with(socketIo).start();
    }

    private static void drain(Settings settings, SessionHost host) {
        Duration spread = spreadIn(settings);
        settings.get(DRAIN_DEADLINE)
                .map(Duration::ofSeconds)
                .ifPresentOrElse(deadline -> host.drain(spread, deadline), () -> host.drain(spread));
    }

    private static Duration spreadIn(Settings settings) {
        return Duration.ofSeconds(settings.get(DRAIN_SECONDS));
    }

    /** Without a list, a server that only this machine can reach lets in the pages of a backend on this machine. */
    private static AllowedOrigins originsIn(Settings settings) {
        return settings.get(ServerSettings.ALLOWED_ORIGINS)
                .orElseGet(() -> HostSettings.addressIn(settings).host().equals("localhost")
                        ? AllowedOrigins.of(
                                "http://localhost:8080",
                                "http://127.0.0.1:8080",
                                "https://localhost:8080",
                                "https://127.0.0.1:8080")
                        : AllowedOrigins.none());
    }
}
