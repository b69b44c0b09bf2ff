package io.roomrouting.jetty;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jetty server whose ports come and go while it runs, each with a handler of its own. Thread-safe; each port costs the
 * thread that reads its connections.
 */
final class PortServer {

    private static final Logger LOG = LoggerFactory.getLogger(PortServer.class);

    private final Server server;
    private final Connectors connectors;
    private final ByPort handlers = new ByPort();

    private PortServer(ListenSettings settings, AllowedOrigins origins, int mostPorts) {
        server = new Server(HttpListener.threads(HttpListener.MAX_THREADS + mostPorts));
        server.setHandler(new CorrelationHandler(new GracefulHandler(new CorsHandler(origins, handlers))));
        server.setErrorHandler(new ProblemErrorHandler());
        server.setStopTimeout(settings.stopTimeout().toMillis());
        connectors = Connectors.of(server, settings);
    }

    /**
     * Starts a server without ports.
     *
     * @param settings how its ports listen; the port in them does not count
     * @throws java.io.UncheckedIOException if the key store cannot be used; its message is fit to be the only line that is
     *     told
     */
    static PortServer start(ListenSettings settings, AllowedOrigins origins, int mostPorts) {
        PortServer made = new PortServer(settings, origins, mostPorts);
        try {
            made.server.start();
        } catch (Exception e) {
            made.stop();
            throw new IllegalStateException("Cannot start the server of the rooms' ports: " + e.getMessage(), e);
        }
        return made;
    }

    /** Runs what has to wait. */
    Executor threads() {
        return server.getThreadPool();
    }

    /**
     * Opens a port.
     *
     * @throws IOException if the port cannot be had
     */
    ServerConnector open(int port, Handler handler) throws IOException {
        ServerConnector connector = connectors.on(port, 0, 1);
        connector.open();
        try {
            handlers.add(connector, handler);
            server.addConnector(connector);
            connector.start();
            return connector;
        } catch (Exception e) {
            close(connector);
            throw new IllegalStateException("Port " + port + " could be had and not be opened", e);
        }
    }

    /** Ends the connections of a port and gives it back. May wait a moment. */
    void close(ServerConnector connector) {
        try {
            connector.stop();
            server.removeConnector(connector);
            handlers.remove(connector);
        } catch (Exception e) {
            LOG.warn("Port {} did not close in an orderly way", connector.getPort(), e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The server of the rooms' ports did not stop in an orderly way", e);
        }
    }

    /** Leads a request to the handler of the port that it came in on. */
    private static final class ByPort extends Handler.AbstractContainer {

        private final Map<Connector, Handler> handlers = new ConcurrentHashMap<>();

        ByPort() {
            super(true);
        }

        @Override
        public List<Handler> getHandlers() {
            return List.copyOf(handlers.values());
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Handler handler = handlers.get(request.getConnectionMetaData().getConnector());
            return handler != null && handler.handle(request, response, callback);
        }

        void add(Connector port, Handler handler) throws Exception {
            handler.setServer(getServer());
            addBean(handler, true);
            handlers.put(port, handler);
            start(handler);
        }

        void remove(Connector port) throws Exception {
            Handler handler = handlers.remove(port);
            if (handler != null) {
                stop(handler);
                removeBean(handler);
            }
        }
    }
}
