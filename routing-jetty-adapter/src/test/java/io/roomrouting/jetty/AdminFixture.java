package io.roomrouting.jetty;

import io.roomrouting.HostCapacity;
import io.roomrouting.HostRegistration;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.testkit.ManualTime;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;

/** An admin interface over real HTTP, with everything that it can do, for a host with two rooms. */
final class AdminFixture implements AutoCloseable {

    static final String KEY = "correct-horse-battery";

    final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T12:00:00Z"));
    final OperatedHost host = new OperatedHost();
    final HttpFixture http;

    private AdminFixture(Handler handler) {
        http = HttpFixture.serving(handler, new UnknownPathHandler());
    }

    private AdminFixture(AdminAccess access, UnaryOperator<AdminHandler.Builder> more) {
        InMemoryRegistry registry = InMemoryRegistry.builder().time(time).build();
        registry.join(new HostRegistration(
                OperatedHost.HOST,
                OperatedHost.ADDRESS,
                new HostCapacity(51, 500),
                Map.of("region", "oslo"),
                List.of()));
        AdminHandler.Builder builder = AdminHandler.builder(access)
                .app("Admin of a test", "1.2.3")
                .host(host)
                .hosts(registry)
                .roomFields(room -> Map.of("port", 34_000 + room.value().length(), "name", "overwritten"))
                .capacity(new HostCapacity(51, 500))
                .onShutdown(() -> host.effects.add("shutdown"))
                .time(time);
        http = HttpFixture.serving(more.apply(builder).build(), new UnknownPathHandler());
    }

    static AdminFixture start() {
        return with(AdminAccess.key(KEY));
    }

    static AdminFixture with(AdminAccess access) {
        return new AdminFixture(access, builder -> builder);
    }

    static AdminFixture with(AdminAccess access, AllowedOrigins friends) {
        return new AdminFixture(access, builder -> builder.allowedOrigins(friends));
    }

    static AdminFixture described(UnaryOperator<AdminHandler.Builder> more) {
        return new AdminFixture(AdminAccess.key(KEY), more);
    }

    /** Serves a handler that knows no host. */
    static AdminFixture bare() {
        return new AdminFixture(AdminHandler.builder(AdminAccess.key(KEY)).build());
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, "");
    }

    HttpResponse<String> delete(String path) {
        return call("DELETE", path, "");
    }

    HttpResponse<String> post(String path, String body) {
        return call("POST", path, body);
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return http.call(method, "/api/v1/" + path, body, "X-API-Key", KEY);
    }

    @Override
    public void close() {
        http.close();
    }
}
