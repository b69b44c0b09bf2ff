package io.roomrouting.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Jetty server with one connector, set up for many connections and handlers that do not block. */
final class HttpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    static final int MAX_THREADS = 200;

    private final Server server;
    private final ServerConnector connector;

    private HttpListener(ListenSettings settings, Handler handler) {
        server = new Server(threads(MAX_THREADS));
        server.setHandler(new CorrelationHandler(new GracefulHandler(handler)));
        server.setErrorHandler(new ProblemErrorHandler());
        server.setStopTimeout(settings.stopTimeout().toMillis());
        // Handlers run on the selectors' threads: half the cores read, the other half run what waits, and rooms.
        int selectors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        connector = Connectors.of(server, settings).on(settings.port(), 1, selectors);
        server.addConnector(connector);
    }

    /**
     * Starts listening.
     *
     * @throws UncheckedIOException if the address or the key store cannot be used; its message is fit to be the only line
     *     that is told
     * @throws IllegalStateException if anything else keeps the server from starting
     */
    static HttpListener start(ListenSettings settings, Handler handler) {
        String address = settings.bindAddress().orElse("*") + ":";
        HttpListener listener = new HttpListener(settings, handler);
        try {
            listener.connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + address + settings.port() + ": " + reason(e), e);
        }
        try {
            listener.server.start();
        } catch (Exception e) {
            listener.close();
            throw new IllegalStateException("Cannot start the server: " + e.getMessage(), e);
        }
        LOG.info("Listening on {}{}", address, listener.port());
        return listener;
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Waits for the requests that are under way, within the stop time-out, then ends all connections. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop in an orderly way", e);
        }
    }

    static QueuedThreadPool threads(int most) {
        QueuedThreadPool threads = new QueuedThreadPool(most);
        threads.setName("room-routing-jetty");
        threads.setDaemon(false);
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        return threads;
    }

    private static String reason(IOException failure) {
        return failure.getCause() instanceof BindException
                ? "the port is in use or not allowed"
                : "there is no such address here";
    }
}
