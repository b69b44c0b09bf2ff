package io.roomrouting.examples.session;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostSnapshot;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.examples.settings.ContinuitySettings;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TokenSettings;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.HostProbeHandler;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.session.ProbedHost;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.socketio.SocketSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code session}: chat rooms over WebSocket and Socket.IO, for a backend that has this host in its list. */
public final class SessionCommand implements Command {

    private static final Setting<Integer> PORT =
            Setting.port("PORT", "where clients connect", 8000).orElseFrom("HATHORA_DEFAULT_PORT");
    private static final Setting<Optional<HostAddress>> PUBLIC_ADDRESS = Setting.of(
                    "PUBLIC_ADDRESS",
                    "where clients reach this server",
                    "host:port, ws://host:port or wss://host:port",
                    HostAddress::parse)
            .orElseNone("HATHORA_HOSTNAME and PORT, or localhost and PORT");
    private static final Setting<String> HATHORA_HOSTNAME = Setting.<String>of(
                    "HATHORA_HOSTNAME", "set inside a Hathora process", "a host name", Function.identity())
            .orElse("localhost");
    private static final Setting<Optional<HostId>> HOST_ID = Setting.of(
                    "HOST_ID",
                    "the name of this server, the same across its restarts",
                    "1 to 255 printable characters without blanks",
                    HostId::of)
            .orElseFrom("HATHORA_PROCESS_ID")
            .orElseNone("its public address");
    private static final Setting<Optional<String>> REGION = Setting.<String>of(
                    "REGION",
                    "where this server stands, for rooms that wish to be near",
                    "a region's name, such as Frankfurt",
                    Function.identity())
            .orElseFrom("HATHORA_REGION")
            .orElseNone("anywhere");
    private static final Setting<Integer> DRAIN_SECONDS = Setting.number(
                    "DRAIN_SECONDS", "over how long the clients' returns are spread when the server stops", 0, 600)
            .orElse("5");
    private static final Setting<Optional<Integer>> DRAIN_DEADLINE = Setting.number(
                    "DRAIN_DEADLINE",
                    "after how many seconds what is still here is ended when the server stops",
                    0,
                    3_600)
            .orElseNone("twice DRAIN_SECONDS, and 5");
    private static final Setting<ContinuitySettings.Location> STATE_URL = ContinuitySettings.stateOfOneHost();

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
                PORT,
                PUBLIC_ADDRESS,
                HATHORA_HOSTNAME,
                HOST_ID,
                REGION,
                DRAIN_SECONDS,
                DRAIN_DEADLINE,
                STATE_URL,
                ContinuitySettings.RESUME_GRACE,
                ContinuitySettings.OUTAGE_POLICY);
        return Stream.of(
                        own,
                        TokenSettings.ofSession().stream(),
                        ServerSettings.ALL.stream(),
                        RoomLimits.SETTINGS.stream())
                .flatMap(Function.identity())
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        JwtVerifier tokens = JwtVerifier.of(TokenSettings.verificationKeys(settings));
        HostAddress address = addressIn(settings);
        ProbedHost probes = new ProbedHost();
        SessionHostBuilder description = SessionHost.builder()
                .id(settings.get(HOST_ID).orElseGet(() -> HostId.of(address.authority())))
                .address(address)
                .probed(probes)
                .labels(labelsIn(settings))
                .capacity(RoomLimits.ofHost(settings))
                .limits(RoomLimits.ofClients(settings))
                .rooms(ChatRoom::new, RoomLimits.ofRooms(settings))
                .outagePolicy(settings.get(ContinuitySettings.OUTAGE_POLICY))
                .listener(new SessionLog());
        ContinuitySettings.openStore(settings, STATE_URL).ifPresent(description::stateStore);
        SessionHost host = description.start();
        AllowedOrigins origins = originsIn(settings, address);
        RoomWebSocketHandler clients = RoomWebSocketHandler.builder(host, tokens.tickets())
                .allowedOrigins(origins)
                .settings(RoomLimits.ofConnections(settings))
                .build();
        ExecutorService ticketChecks = TicketChecks.threads();
        SocketIoHandler socketIo = SocketIoHandler.builder()
                .rooms(host, RoomAdmissions.byTicket(tokens.tickets(), ticketChecks))
                .socketSettings(SocketSettings.defaults().withStateRecovery(true))
                .allowedOrigins(origins)
                .build();
        SessionServer server = SessionServer.builder(host, clients)
                .listen(ServerSettings.listenOn(settings, PORT))
                .with(new HostProbeHandler(tokens.control(), probes::onProbe))
                .with(socketIo)
                .start();
        Duration spread = Duration.ofSeconds(settings.get(DRAIN_SECONDS));
        Optional<Duration> deadline = settings.get(DRAIN_DEADLINE).map(Duration::ofSeconds);
        return () -> {
            deadline.ifPresentOrElse(time -> host.drain(spread, time), () -> host.drain(spread));
            host.close();
            server.close();
            ticketChecks.shutdown();
        };
    }

    private static HostAddress addressIn(Settings settings) {
        return settings.get(PUBLIC_ADDRESS)
                .orElseGet(() -> new HostAddress(settings.get(HATHORA_HOSTNAME), settings.get(PORT), false));
    }

    private static Map<String, String> labelsIn(Settings settings) {
        return settings.get(REGION)
                .map(region -> Map.of(HostSnapshot.REGION, region))
                .orElseGet(Map::of);
    }

    /** Without a list, a server that only this machine can reach lets in the pages of a backend on this machine. */
    private static AllowedOrigins originsIn(Settings settings, HostAddress address) {
        return settings.get(ServerSettings.ALLOWED_ORIGINS)
                .orElseGet(() -> address.host().equals("localhost")
                        ? AllowedOrigins.of("http://localhost:8080", "http://127.0.0.1:8080")
                        : AllowedOrigins.none());
    }
}
