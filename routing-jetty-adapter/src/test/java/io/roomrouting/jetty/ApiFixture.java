package io.roomrouting.jetty;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomAuthorizer;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.testkit.ManualTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;

/** The routing API over real HTTP, with a registry in memory and one host that is alive. */
final class ApiFixture implements AutoCloseable {

    private static final JwtKeys KEYS = JwtKeys.of(JwtKey.hs256("0123456789abcdef0123456789abcdef"));

    final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T12:00:00Z"));
    final InMemoryRegistry registry = InMemoryRegistry.builder().time(time).build();
    final JwtIssuer issuer = JwtIssuer.builder(KEYS).time(time).build();
    final JwtVerifier verifier = JwtVerifier.builder(KEYS).time(time).build();
    final HttpFixture http;

    private final HostIncarnation host = new HostIncarnation(HostId.of("host-a"), "1");

    private ApiFixture(
            BiFunction<ApiFixture, RoomRouterBuilder, RoomRouterBuilder> router,
            BiFunction<ApiFixture, RoutingApiHandler.Builder, RoutingApiHandler.Builder> api) {
        registry.join(registration(host, "localhost", 8000));
        RoomRouter made = router.apply(
                        this,
                        RoomRouter.builder()
                                .authenticator(verifier.logins())
                                .scheduler(new LocalScheduler(registry))
                                .registry(registry)
                                .ticketIssuer(issuer.tickets())
                                .authorizer(RoomAuthorizer.anyone())
                                .time(time))
                .build();
        Handler handler =
                api.apply(this, RoutingApiHandler.builder(made).time(time)).build();
        http = HttpFixture.serving(handler, new UnknownPathHandler());
    }

    static ApiFixture start() {
        return withApi(api -> api);
    }

    static ApiFixture withApi(UnaryOperator<RoutingApiHandler.Builder> api) {
        return new ApiFixture(
                (self, router) -> router, (self, builder) -> api.apply(builder.login(self.issuer::issueLogin)));
    }

    static ApiFixture withoutLogin() {
        return new ApiFixture((self, router) -> router, (self, builder) -> builder);
    }

    static ApiFixture withRouter(UnaryOperator<RoomRouterBuilder> router) {
        return new ApiFixture(
                (self, builder) -> router.apply(builder), (self, builder) -> builder.login(self.issuer::issueLogin));
    }

    static ApiFixture withDirectory() {
        return new ApiFixture(
                (self, router) -> router.directory(self.registry),
                (self, builder) -> builder.login(self.issuer::issueLogin));
    }

    /** Another host joins; the first one dies. */
    void moveTo(String address, int port) {
        registry.leave(host);
        registry.join(registration(new HostIncarnation(HostId.of("host-b"), "1"), address, port));
    }

    String bearer(String user) {
        return "Bearer " + issuer.issueLogin(Identity.of(user));
    }

    String newRoom() {
        return Http.json(http.post("/api/rooms", "", "Authorization", bearer("alice")))
                .path("roomId")
                .textValue();
    }

    @Override
    public void close() {
        http.close();
    }

    private static HostRegistration registration(HostIncarnation host, String address, int port) {
        return new HostRegistration(
                host, new HostAddress(address, port, false), new HostCapacity(1_000, 10_000), Map.of(), List.of());
    }
}
