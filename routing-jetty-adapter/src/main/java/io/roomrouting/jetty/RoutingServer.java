package io.roomrouting.jetty;

import io.roomrouting.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;

/**
 * A backend for those who have no Jetty server of their own: the routing API, {@code /health} and {@code /ready}, and what
 * is put beside them.
 *
 * <pre>{@code
 * var api = RoutingApiHandler.builder(router).login(jwtIssuer::issueLogin).build();
 * try (var server = RoutingServer.builder(api).start()) { … }
 * }</pre>
 *
 * <p>Logs one line, {@code Listening on *:8080}. A close waits for the requests that are under way.
 */
public final class RoutingServer implements AutoCloseable {

    private static final int DEFAULT_PORT = 8080;

    private final HttpListener listener;

    private RoutingServer(HttpListener listener) {
        this.listener = listener;
    }

    /**
     * Starts to describe a backend that listens on port 8080, allows no foreign origin and is always ready.
     *
     * @param api a {@link RoutingApiHandler}, or an API of your own; started and stopped with the server
     * @return a builder
     */
    public static Builder builder(Handler api) {
        return new Builder(api);
    }

    /**
     * Returns the port that the server listens on.
     *
     * @return 1 to 65535
     */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }

    /** Describes a backend. Not thread-safe. */
    public static final class Builder {

        private final Handler api;
        private final List<Handler> others = new ArrayList<>();
        private ListenSettings settings = ListenSettings.onPort(DEFAULT_PORT);
        private AllowedOrigins origins = AllowedOrigins.none();
        private ReadinessCheck readiness = () -> {};

        private Builder(Handler api) {
            this.api = api;
        }

        /**
         * Sets where to listen.
         *
         * @param value the settings
         * @return this builder
         */
        public Builder listen(ListenSettings value) {
            this.settings = value;
            return this;
        }

        /**
         * Sets which foreign pages may use the API from a browser; the server's own may in any case.
         *
         * @param value the origins
         * @return this builder
         */
        public Builder allowedOrigins(AllowedOrigins value) {
            this.origins = value;
            return this;
        }

        /**
         * Sets what {@code /ready} asks.
         *
         * @param check for example {@code hostRegistry::list}
         * @return this builder
         */
        public Builder readiness(ReadinessCheck check) {
            this.readiness = check;
            return this;
        }

        /**
         * Puts a handler beside the API, a {@link WebClientHandler} or a {@link KeySetHandler} for example. Handlers are
         * asked in the order in which they are added. One that blocks costs all of them the threads that do not.
         *
         * @param handler the handler
         * @return this builder
         */
        public Builder with(Handler handler) {
            others.add(handler);
            return this;
        }

        /**
         * Starts the server.
         *
         * @return the running server
         * @throws java.io.UncheckedIOException if the port, the address or the key store cannot be used; the message
         *     names it
         */
        public RoutingServer start() {
            List<Handler> handlers = new ArrayList<>();
            handlers.add(new HealthHandler(readiness, TimeSource.system()));
            handlers.add(api);
            handlers.addAll(others);
            handlers.add(new UnknownPathHandler());
            Handler all = new CorsHandler(origins, new Handler.Sequence(handlers));
            return new RoutingServer(HttpListener.start(settings, all));
        }
    }
}
