package io.roomrouting.examples.admin;

import io.roomrouting.HostCapacity;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.examples.Command;
import io.roomrouting.jetty.AdminHandler;
import io.roomrouting.jetty.ReadinessCheck;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import java.util.Collection;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;

/** No port was set. */
enum NoAdminListener implements AdminListener {
    INSTANCE;

    @Override
    public void measure(SessionHostBuilder host) {}

    @Override
    public void measure(RoomRouterBuilder router) {}

    @Override
    public Handler measured(Handler api, Collection<String> paths) {
        return api;
    }

    @Override
    public void watch(SessionHost host, HostCapacity capacity) {}

    @Override
    public void readiness(ReadinessCheck check) {}

    @Override
    public void serve(Consumer<AdminHandler.Builder> more) {}

    @Override
    public Command.Running startBeside(Command.Running server) {
        return server;
    }
}
