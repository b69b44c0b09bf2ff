package io.roomrouting.examples.admin;

import io.roomrouting.HostCapacity;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.AdminAccess;
import io.roomrouting.jetty.AdminHandler;
import io.roomrouting.jetty.AdminPageHandler;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.ReadinessCheck;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.micrometer.RoomMetrics;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;

/** Listens where it was told to. */
final class OpenAdminListener implements AdminListener {

    private final ListenSettings listen;
    private final AdminAccess readers;
    private final AdminHandler.Builder api;
    private final Meters meters = new Meters();
    private final RoomMetrics metrics = RoomMetrics.in(meters.registry());
    private final List<ReadinessCheck> checks = new ArrayList<>();

    OpenAdminListener(ListenSettings listen, Settings settings, String app) {
        this.listen = listen;
        this.readers = AdminSettings.readers(settings);
        this.api = AdminHandler.builder(AdminSettings.operators(settings))
                .app(app, Command.VERSION)
                .onShutdown(OpenAdminListener::endProcess);
    }

    @Override
    public void measure(SessionHostBuilder host) {
        host.listener(metrics.sessions());
    }

    @Override
    public void measure(RoomRouterBuilder router) {
        router.listener(metrics.routing());
    }

    @Override
    public Handler measured(Handler measured, Collection<String> paths) {
        return new MeasuredHandler(measured, new PathTemplates(paths), meters.registry());
    }

    @Override
    public void watch(SessionHost host, HostCapacity capacity) {
        metrics.watch(host);
        metrics.limit(capacity);
        api.host(host).capacity(capacity);
        readiness(ReadinessCheck.of(host));
    }

    @Override
    public void readiness(ReadinessCheck check) {
        checks.add(check);
    }

    @Override
    public void serve(Consumer<AdminHandler.Builder> more) {
        more.accept(api);
    }

    @Override
    public Command.Running startBeside(Command.Running server) {
        RoutingServer listener;
        try {
            listener = start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return () -> {
            server.close();
            listener.close();
            meters.close();
        };
    }

    private RoutingServer start() {
        return RoutingServer.builder(api.build())
                .with(new MetricsEndpoint(readers, meters).handler())
                .with(new AdminPageHandler())
                .readiness(() -> checks.forEach(ReadinessCheck::check))
                .listen(listen)
                .start();
    }

    /** As if the process manager had asked for it: what closes the server runs as the process ends. */
    private static void endProcess() {
        System.exit(0);
    }
}
