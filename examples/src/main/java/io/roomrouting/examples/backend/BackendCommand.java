package io.roomrouting.examples.backend;

import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.PlacementLog;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.admin.AdminSettings;
import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.HathoraSettings;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TokenSettings;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.HttpHostProber;
import io.roomrouting.jetty.KeySetHandler;
import io.roomrouting.jetty.RateLimit;
import io.roomrouting.jetty.RoutingApiHandler;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.jetty.WebClientHandler;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.spi.HostProber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code backend}: logs users in, places rooms on a list of session servers, on those that join a registry, or on some that
 * Hathora starts, and leads clients to them.
 */
public final class BackendCommand implements Command {

    private static final int CONNECTIONS = 10;

    private static final Setting<Integer> PORT = Setting.port("PORT", "where clients connect", 8080);
    private static final Setting<Optional<Integer>> LOGINS_PER_MINUTE = Setting.number(
                    "LOGINS_PER_MINUTE", "how often one network address may log in", 1, 1_000_000)
            .orElseNone("without limit");
    private static final Setting<Optional<Integer>> ROOMS_PER_MINUTE = Setting.number(
                    "ROOMS_PER_MINUTE", "how often one network address may create or start a room", 1, 1_000_000)
            .orElseNone("without limit");

    @Override
    public String name() {
        return "backend";
    }

    @Override
    public String summary() {
        return "The stateless backend: logs users in and leads them to rooms; serves the web client.";
    }

    @Override
    public List<Setting<?>> settings() {
        Stream<Setting<?>> own = Stream.of(PORT, ListedHosts.SESSION_SERVER_HOST, LOGINS_PER_MINUTE, ROOMS_PER_MINUTE);
        return Stream.of(
                        own,
                        EngineSettings.OF_REGISTRY.stream(),
                        TokenSettings.ofBackend().stream(),
                        ServerSettings.ALL.stream(),
                        AdminSettings.all().stream(),
                        HathoraHosting.SETTINGS.stream())
                .flatMap(Function.identity())
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        Optional<HathoraSettings.Access> provider = HathoraSettings.in(settings);
        JwtKeys keys = TokenSettings.signingKeys(settings);
        JwtIssuer issuer = JwtIssuer.of(keys);
        AdminListener admin = AdminListener.in(settings, name());
        return admin.startBeside(open(settings, provider, keys, issuer, admin));
    }

    private static Running open(
            Settings settings,
            Optional<HathoraSettings.Access> provider,
            JwtKeys keys,
            JwtIssuer issuer,
            AdminListener admin) {
        Hosting hosting = hostingIn(settings, provider, new HttpHostProber(issuer::issueControl));
        try {
            RoutingServer server = serve(settings, hosting, keys, issuer, admin);
            return () -> {
                server.close();
                hosting.end().run();
            };
        } catch (RuntimeException e) {
            hosting.end().run();
            throw e;
        }
    }

    private static RoutingServer serve(
            Settings settings, Hosting hosting, JwtKeys keys, JwtIssuer issuer, AdminListener admin) {
        RoomRouterBuilder routing = RoomRouter.builder()
                .authenticator(JwtVerifier.of(keys).logins())
                .registry(hosting.registry())
                .scheduler(hosting.scheduler())
                .placementTimeout(hosting.placementTimeout())
                .ticketIssuer(issuer.tickets())
                .listener(new PlacementLog());
        hosting.directory().ifPresent(routing::directory);
        admin.measure(routing);
        admin.readiness(hosting.readiness());
        admin.serve(api -> api.hosts(hosting.hosts()));
        RoomRouter router = routing.build();
        return RoutingServer.builder(admin.measured(api(settings, router, issuer), RoutingApiHandler.PATHS))
                .with(new KeySetHandler(keys::toJwks))
                .with(new WebClientHandler(BackendCommand.class.getClassLoader(), "web"))
                .allowedOrigins(settings.get(ServerSettings.ALLOWED_ORIGINS).orElseGet(AllowedOrigins::none))
                .readiness(hosting.readiness())
                .listen(ServerSettings.listenOn(settings, PORT))
                .start();
    }

    private static Hosting hostingIn(Settings settings, Optional<HathoraSettings.Access> provider, HostProber prober) {
        boolean listed = settings.get(ListedHosts.SESSION_SERVER_HOST).isPresent();
        if (EngineSettings.sharesRegistry(settings) && (listed || provider.isPresent())) {
            throw new ConfigurationException("REGISTRY_URL and "
                    + (listed ? ListedHosts.SESSION_SERVER_HOST.name() : HathoraSettings.APP_ID.name())
                    + " are both set; expected: only one of them, since the hosts of a registry join it by themselves");
        }
        return EngineSettings.openRegistry(settings, CONNECTIONS)
                .map(JoinedHosts::in)
                .orElseGet(() -> probedHosts(settings, provider, prober));
    }

    /** Hosts may have survived an earlier backend; until they have told what they hold, nobody's room is given away. */
    private static Hosting probedHosts(
            Settings settings, Optional<HathoraSettings.Access> provider, HostProber prober) {
        Duration lease = EngineSettings.leaseIn(settings);
        InMemoryRegistry registry =
                InMemoryRegistry.builder().lease(lease).settleTime(lease).build();
        return provider.map(access -> HathoraHosting.start(settings, access, registry, prober))
                .orElseGet(() -> ListedHosts.start(settings, registry, prober));
    }

    private static RoutingApiHandler api(Settings settings, RoomRouter router, JwtIssuer issuer) {
        RoutingApiHandler.Builder api = RoutingApiHandler.builder(router).login(issuer::issueLogin);
        settings.get(LOGINS_PER_MINUTE).map(RateLimit::perMinute).ifPresent(api::loginLimit);
        settings.get(ROOMS_PER_MINUTE).map(RateLimit::perMinute).ifPresent(api::roomLimit);
        return api.build();
    }
}
