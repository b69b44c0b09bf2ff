package io.roomrouting.jetty;

import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Makes the connectors of one Jetty server, which listen on different ports in the same way: with the same interface,
 * bounds and trusted proxies, and with TLS from one key store that is read once for all of them and again when it changes.
 *
 * <pre>{@code
 * Connectors connectors = Connectors.of(server, settings);   // before the server starts
 * ServerConnector connector = connectors.on(34000, 0, 1);    // also while it runs
 * server.addConnector(connector);
 * connector.start();                                         // by oneself only while the server runs
 * }</pre>
 */
final class Connectors {

    /** With the usual queue of 50, thousands of clients that come back at once wait for seconds. */
    private static final int ACCEPT_QUEUE = 4096;

    /** A ticket with all its metadata stands in a header or in the path. */
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final int IDLE_MILLIS_WHILE_STOPPING = 100;

    private final Server server;
    private final ListenSettings settings;
    private final Optional<ReloadedKeyStore> keyStore;

    private Connectors(Server server, ListenSettings settings) {
        this.server = server;
        this.settings = settings;
        keyStore = settings.tls().map(file -> new ReloadedKeyStore(file, server));
        keyStore.ifPresent(server::addBean);
    }

    /**
     * Prepares a server for connectors. Reads the key store, and lets the server look after it from its start to its stop.
     *
     * @param server not yet started
     * @param settings whose port does not count
     * @throws java.io.UncheckedIOException if the key store cannot be used; its message is fit to be the only line that is
     *     told
     */
    static Connectors of(Server server, ListenSettings settings) {
        return new Connectors(server, settings);
    }

    /**
     * Makes a connector, which the server does not have yet.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @param acceptors threads that accept, 0 if a selector's thread does
     * @param selectors threads that read
     */
    ServerConnector on(int port, int acceptors, int selectors) {
        HttpConnectionFactory http = new HttpConnectionFactory(http());
        ServerConnector made = keyStore.map(keys -> new ServerConnector(
                        server, acceptors, selectors, new TlsConnections(keys.context(), http), http))
                .orElseGet(() -> new ServerConnector(server, acceptors, selectors, http));
        made.setPort(port);
        settings.bindAddress().ifPresent(made::setHost);
        made.setAcceptQueueSize(ACCEPT_QUEUE);
        made.setShutdownIdleTimeout(IDLE_MILLIS_WHILE_STOPPING);
        return made;
    }

    private HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        if (settings.trustedProxies() > 0) {
            http.addCustomizer(new ForwardedAddress(settings.trustedProxies()));
        }
        if (keyStore.isPresent()) {
            // Clients may use an IP address, or a name of a proxy that passes TLS on.
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        return http;
    }

    private static final class TlsConnections extends SslConnectionFactory {

        TlsConnections(SslContextFactory.Server context, HttpConnectionFactory next) {
            super(context, next.getProtocol());
        }

        @Override
        protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
            SslConnection made = super.newSslConnection(connector, endPoint, engine);
            HandshakeDeadline.on(made, connector.getScheduler());
            return made;
        }
    }
}
