package io.roomrouting.examples.backend;

import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.PlacementLog;
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
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.scheduling.StaticHosts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code backend}: logs users in, places rooms on a list of session servers, and leads clients to them. */
public final class BackendCommand implements Command {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final Setting<Integer> PORT = Setting.port("PORT", "where clients connect", 8080);
    private static final Setting<List<HostAddress>> SESSION_SERVER_HOST = Setting.of(
                    "SESSION_SERVER_HOST",
                    "the session servers, as clients and this backend reach them",
                    "comma-separated host:port (or wss://host:port), no address twice",
                    BackendCommand::addressesIn)
            .orElse("localhost:8000");
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
        Stream<Setting<?>> own = Stream.of(PORT, SESSION_SERVER_HOST, LOGINS_PER_MINUTE, ROOMS_PER_MINUTE);
        return Stream.of(
                        own,
                        TokenSettings.ofBackend().stream(),
                        ServerSettings.ALL.stream(),
                        NoHathora.SETTINGS.stream())
                .flatMap(Function.identity())
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        JwtKeys keys = TokenSettings.signingKeys(settings);
        JwtIssuer issuer = JwtIssuer.of(keys);
        InMemoryRegistry registry = registryIn(settings);
        RoomRouter router = RoomRouter.builder()
                .authenticator(JwtVerifier.of(keys).logins())
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer(issuer.tickets())
                .listener(new PlacementLog())
                .build();
        RoutingServer server = RoutingServer.builder(api(settings, router, issuer))
                .with(new KeySetHandler(keys::toJwks))
                .with(new WebClientHandler(BackendCommand.class.getClassLoader(), "web"))
                .allowedOrigins(settings.get(ServerSettings.ALLOWED_ORIGINS).orElseGet(AllowedOrigins::none))
                .readiness(() -> registry.find(RoomId.of("readiness")))
                .listen(ServerSettings.listenOn(settings, PORT))
                .start();
        StaticHosts hosts = StaticHosts.builder(registry, new HttpHostProber(issuer::issueControl))
                .hosts(settings.get(SESSION_SERVER_HOST))
                .start();
        return () -> {
            server.close();
            hosts.close();
        };
    }

    /** Hosts may have survived an earlier backend; until they have told what they hold, nobody's room is given away. */
    private static InMemoryRegistry registryIn(Settings settings) {
        return switch (settings.get(ServerSettings.REGISTRY_URL)) {
            case MEMORY ->
                InMemoryRegistry.builder().lease(LEASE).settleTime(LEASE).build();
        };
    }

    private static RoutingApiHandler api(Settings settings, RoomRouter router, JwtIssuer issuer) {
        RoutingApiHandler.Builder api = RoutingApiHandler.builder(router).login(issuer::issueLogin);
        settings.get(LOGINS_PER_MINUTE).map(RateLimit::perMinute).ifPresent(api::loginLimit);
        settings.get(ROOMS_PER_MINUTE).map(RateLimit::perMinute).ifPresent(api::roomLimit);
        return api.build();
    }

    private static List<HostAddress> addressesIn(String text) {
        List<HostAddress> addresses =
                ServerSettings.listIn(text).stream().map(HostAddress::parse).toList();
        if (new HashSet<>(addresses).size() < addresses.size()) {
            throw new IllegalArgumentException("an address stands there twice");
        }
        return addresses;
    }
}
