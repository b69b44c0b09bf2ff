package io.roomrouting.examples.admin;

import io.roomrouting.HostCapacity;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.AdminHandler;
import io.roomrouting.jetty.ReadinessCheck;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import java.util.Collection;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;

/**
 * A server's second listener, for operators: {@code /health} and {@code /ready} for anybody, {@code /metrics}, the admin
 * interface and its page with a key. Without a port it costs nothing: nothing is measured, and no class of a metrics library
 * is loaded.
 *
 * <p>First what is to be measured is handed in, while it is built; then the listener starts. Not thread-safe until it has
 * started.
 */
public interface AdminListener extends AutoCloseable {

    /**
     * Makes the listener of a server that has one only if {@code ADMIN_PORT} is set.
     *
     * @param settings what the operator has set
     * @param app what the server is called
     * @return to be started when the server serves
     * @throws io.roomrouting.examples.settings.ConfigurationException if there is a port and no key, or settings do not fit
     */
    static AdminListener in(Settings settings, String app) {
        return settings.get(AdminSettings.PORT)
                .map(port -> on(port, settings, app))
                .orElse(NoAdminListener.INSTANCE);
    }

    /**
     * Makes the listener of a server that always has one.
     *
     * @param port where it listens
     * @param settings what the operator has set
     * @param app what the server is called
     * @return to be started when the server serves
     * @throws io.roomrouting.examples.settings.ConfigurationException if there is no key, or settings do not fit
     */
    static AdminListener on(int port, Settings settings, String app) {
        return new OpenAdminListener(AdminSettings.listenOn(port, settings), settings, app);
    }

    /**
     * Measures what a session host does.
     *
     * @param host is about to be started
     */
    void measure(SessionHostBuilder host);

    /**
     * Measures what a router does.
     *
     * @param router is about to be built
     */
    void measure(RoomRouterBuilder router);

    /**
     * Measures the requests of an HTTP API.
     *
     * @param api takes the requests
     * @param paths what is counted apart: paths whose variable parts are in braces, {@code /api/rooms/{roomId}} for example
     * @return to be served instead of the API
     */
    Handler measured(Handler api, Collection<String> paths);

    /**
     * Shows a session host: its rooms and members, its load, what it takes at most.
     *
     * @param host the host
     * @param capacity as it was told to the host
     */
    void watch(SessionHost host, HostCapacity capacity);

    /**
     * Starts to listen.
     *
     * @param readiness what {@code /ready} asks
     * @param more sets what only this server has, after all that servers have in common
     * @throws java.io.UncheckedIOException if the port cannot be used; the message names it
     */
    void start(ReadinessCheck readiness, Consumer<AdminHandler.Builder> more);

    /** Stops listening; to be called last, so that the end can be watched. Also if it has not started. */
    @Override
    void close();
}
