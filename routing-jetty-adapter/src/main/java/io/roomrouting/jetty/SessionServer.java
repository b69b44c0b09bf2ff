package io.roomrouting.jetty;

import io.roomrouting.TimeSource;
import io.roomrouting.session.SessionHost;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;

/**
 * A session server for those who have no Jetty server of their own: the WebSocket endpoint, {@code /health}, {@code /ready},
 * and what is put beside them.
 *
 * <p>Does not own the {@link SessionHost}. To stop with grace, drain the host first, then close it, then this: while the
 * host drains, {@code /ready} is 503 and its clients still hear what it has to say. Logs one line,
 * {@code Listening on *:8000}.
 */
public final class SessionServer implements AutoCloseable {

    private static final int DEFAULT_PORT = 8000;

    private final HttpListener listener;

    private SessionServer(HttpListener listener) {
        this.listener = listener;
    }

    /**
     * Starts to describe a session server that listens on port 8000.
     *
     * @param host whose readiness is told
     * @param webSocket where clients connect, to be started and stopped with the server
     * @return a builder
     */
    public static Builder builder(SessionHost host, Handler webSocket) {
        return new Builder(host, webSocket);
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

    /** Describes a session server. Not thread-safe. */
    public static final class Builder {

        private final SessionHost host;
        private final Handler webSocket;
        private final List<Handler> others = new ArrayList<>();
        private ListenSettings settings = ListenSettings.onPort(DEFAULT_PORT);
        private ReadinessCheck readiness = () -> {};

        private Builder(SessionHost host, Handler webSocket) {
            this.host = host;
            this.webSocket = webSocket;
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
         * Sets what {@code /ready} asks besides the host.
         *
         * @param check for example whether a database answers
         * @return this builder
         */
        public Builder readiness(ReadinessCheck check) {
            this.readiness = check;
            return this;
        }

        /**
         * Puts a handler beside the endpoint, a {@link HostProbeHandler} for example. Handlers are asked in the order in
         * which they are added, the endpoint last. One that blocks costs all of them the threads that do not.
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
        public SessionServer start() {
            List<Handler> handlers = new ArrayList<>();
            handlers.add(new HealthHandler(this::requireAllReady, TimeSource.system()));
            handlers.addAll(others);
            handlers.add(webSocket);
            handlers.add(new UnknownPathHandler());
            return new SessionServer(HttpListener.start(settings, new Handler.Sequence(handlers)));
        }

        private void requireAllReady() {
            ReadinessCheck.of(host).check();
            readiness.check();
        }
    }
}
