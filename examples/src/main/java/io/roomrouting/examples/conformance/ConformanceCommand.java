package io.roomrouting.examples.conformance;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.socketio.SocketSettings;
import io.roomrouting.socketio.engine.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code conformance}: what the official test suites of Engine.IO and Socket.IO want to talk to, with the short times that
 * they expect. Listens on the loopback interface only.
 */
public final class ConformanceCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(ConformanceCommand.class);
    private static final Setting<Integer> PORT = Setting.port("PORT", "where the suites look for the server", 3000);
    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "conformance";
    }

    @Override
    public String summary() {
        return "What the official test suites of Engine.IO and Socket.IO are run against.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(PORT);
    }

    @Override
    public Running start(Settings settings) {
        EngineSettings engine = EngineSettings.defaults().withHeartbeat(PING_INTERVAL, PING_TIMEOUT);
        SocketIoHandler socketIo = SocketIoHandler.builder()
                .engineSettings(engine)
                .socketSettings(SocketSettings.defaults().withConnectTimeout(CONNECT_TIMEOUT))
                .namespace("/", SocketEcho::connect)
                .namespace("/custom", SocketEcho::connect)
                .build();
        SocketIoHandler engineIo = SocketIoHandler.builder()
                .path("/engine.io/")
                .engineSettings(engine)
                .acceptor((connection, handshake) -> new EngineEcho(connection))
                .build();
        Server server = listen(settings.get(PORT), new Handler.Sequence(socketIo, engineIo));
        return () -> stop(server);
    }

    private static Server listen(int port, Handler handler) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(handler);
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port + ": the port is in use", e);
        }
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start the server: " + e.getMessage(), e);
        }
        LOG.info("Listening on 127.0.0.1:{}", connector.getLocalPort());
        return server;
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The server did not stop in an orderly way", e);
        }
    }
}
