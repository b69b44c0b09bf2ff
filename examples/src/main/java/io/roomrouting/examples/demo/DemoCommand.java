package io.roomrouting.examples.demo;

import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.PlacementLog;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.admin.AdminSettings;
import io.roomrouting.examples.settings.ContinuitySettings;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TlsSettings;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.RoutingApiHandler;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.jetty.WebClientHandler;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.RoomStateStore;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code demo}: the backend, two session hosts and the web client in one process. */
public final class DemoCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);

    private static final Setting<Integer> PORT = Setting.port("PORT", "where a browser finds the demo", 8080);
    private static final Setting<Integer> SESSION_PORT_1 =
            Setting.port("SESSION_PORT_1", "the first session host's port", 8000);
    private static final Setting<Integer> SESSION_PORT_2 =
            Setting.port("SESSION_PORT_2", "the second session host's port", 8001);
    private static final Setting<String> PUBLIC_HOST = Setting.<String>of(
                    "PUBLIC_HOST",
                    "how browsers reach this machine",
                    "a host name or an IP address",
                    Function.identity())
            .orElse("localhost");
    private static final Setting<Optional<Integer>> ADMIN_PORT_2 = Setting.number(
                    "ADMIN_PORT_2", "what ADMIN_PORT is to the first session host, to the second", 1, 65535)
            .orElseNone("there is no such listener");
    private static final Setting<ContinuitySettings.Location.Local> STATE_URL = ContinuitySettings.stateOfAllHosts();

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "Everything in one process: a backend, two session hosts and the web client.";
    }

    @Override
    public List<Setting<?>> settings() {
        Stream<Setting<?>> own = Stream.of(
                PORT,
                SESSION_PORT_1,
                SESSION_PORT_2,
                PUBLIC_HOST,
                ServerSettings.BIND_ADDRESS,
                STATE_URL,
                ContinuitySettings.RESUME_GRACE);
        return Stream.of(
                        own,
                        TlsSettings.CLIENTS.all().stream(),
                        AdminSettings.with(AdminSettings.PORT, ADMIN_PORT_2).stream())
                .<Setting<?>>flatMap(Function.identity())
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        JwtIssuer issuer = JwtIssuer.of(keys);
        JwtVerifier tokens = JwtVerifier.of(keys);
        InMemoryRegistry registry = InMemoryRegistry.create();

        Optional<RoomStateStore> states = ContinuitySettings.openStore(settings.get(STATE_URL));
        RoomSettings rooms = ContinuitySettings.withGrace(RoomSettings.defaults(), settings);

        boolean tls = TlsSettings.CLIENTS.isOn(settings);
        String scheme = tls ? "https://" : "http://";
        String page = scheme + settings.get(PUBLIC_HOST) + ":" + settings.get(PORT);
        AllowedOrigins origins = AllowedOrigins.of(page, scheme + "127.0.0.1:" + settings.get(PORT));
        AdminListener admin = AdminListener.in(settings, name());
        AdminListener adminOfSecond = AdminListener.in(settings, ADMIN_PORT_2, name());
        BiFunction<Setting<Integer>, AdminListener, DemoHost> starting = (port, operators) -> DemoHost.start(
                new HostAddress(settings.get(PUBLIC_HOST), settings.get(port), tls),
                listenOn(settings, port),
                registry,
                tokens,
                origins,
                rooms,
                states,
                operators);
        DemoHost first = starting.apply(SESSION_PORT_1, admin);
        DemoHost second = starting.apply(SESSION_PORT_2, adminOfSecond);
        RoomRouterBuilder routing = RoomRouter.builder()
                .authenticator(tokens.logins())
                .registry(registry)
                .directory(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer(issuer.tickets())
                .listener(new PlacementLog());
        admin.measure(routing);
        RoutingApiHandler api = RoutingApiHandler.builder(routing.build())
                .login(issuer::issueLogin)
                .build();
        RoutingServer server = RoutingServer.builder(admin.measured(api, RoutingApiHandler.PATHS))
                .with(new WebClientHandler(DemoCommand.class.getClassLoader(), "web"))
                .listen(listenOn(settings, PORT))
                .start();
        LOG.info("Open {} in two windows", page);
        return adminOfSecond.startBeside(admin.startBeside(() -> {
            server.close();
            first.close();
            second.close();
        }));
    }

    private static ListenSettings listenOn(Settings settings, Setting<Integer> port) {
        ListenSettings plain = ListenSettings.onPort(settings.get(port));
        ListenSettings bound = settings.get(ServerSettings.BIND_ADDRESS)
                .map(plain::withBindAddress)
                .orElse(plain);
        return TlsSettings.CLIENTS.applyTo(bound, settings);
    }
}
