package io.roomrouting.examples.admin;

import io.roomrouting.HostCapacity;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.AdminHandler;
import io.roomrouting.jetty.ReadinessCheck;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import java.util.Collection;
import java.util.Optional;
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
public interface AdminListener {

    /**
     * Makes the listener of a server that has one only if {@code ADMIN_PORT} is set.
     *
     * @param settings what the operator has set
     * @param app what the server is called
     * @return to be started when the server serves
     * @throws io.roomrouting.examples.settings.ConfigurationException if there is a port and no key, or settings do not fit
     */
    static AdminListener in(Settings settings, String app) {
        return in(settings, AdminSettings.PORT, app);
    }

    /**
     * Makes the listener of a server that has one only if its port is set.
     *
     * @param settings what the operator has set
     * @param port the server's own setting, where it has several listeners
     * @param app what the server is called
     * @return to be started when the server serves
     * @throws io.roomrouting.examples.settings.ConfigurationException if there is a port and no key, or settings do not fit
     */
    static AdminListener in(Settings settings, Setting<Optional<Integer>> port, String app) {
        Optional<Integer> given = settings.get(port);
        return given.isPresent() ? on(given.get(), settings, app) : NoAdminListener.INSTANCE;
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
     * Shows a session host: its rooms and members, its load, what it takes at most. {@code /ready} asks it from now on.
     *
     * @param host the host
     * @param capacity as it was told to the host
     */
    void watch(SessionHost host, HostCapacity capacity);

    /**
     * Lets {@code /ready} ask something besides.
     *
     * @param check for example whether a database answers
     */
    void readiness(ReadinessCheck check);

    /**
     * Sets what only this server's admin interface has.
     *
     * @param more is called at once; what it sets takes the place of what all servers have in common
     */
    void serve(Consumer<AdminHandler.Builder> more);

    /**
     * Starts to listen, now that the server serves.
     *
     * @param server is closed if the listener cannot start
     * @return both; closes the listener last, so that the server's end can be watched
     * @throws java.io.UncheckedIOException if the port cannot be used; the message names it
     */
    Command.Running startBeside(Command.Running server);
}
