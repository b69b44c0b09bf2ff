package io.roomrouting.jetty;

import io.roomrouting.RoomId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port that listens for one room, from its opening to the end of its last connection. */
final class RoomPort {

    private static final Logger LOG = LoggerFactory.getLogger(RoomPort.class);

    private final ServerConnector connector;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Void> ended;

    private RoomPort(PortServer server, RoomWebSocketHandler clients, ServerConnector connector) {
        this.connector = connector;
        ended = closing.thenCompose(now -> clients.shutdown())
                .thenRunAsync(() -> server.close(connector), server.threads());
    }

    /**
     * Opens a port.
     *
     * @param clients leads into the room
     * @throws IOException if the port cannot be had
     */
    static RoomPort open(PortServer server, int port, RoomId room, RoomWebSocketHandler clients) throws IOException {
        Handler all = new Handler.Sequence(clients, new RoomNameHandler(room), new UnknownPathHandler());
        RoomPort opened = new RoomPort(server, clients, server.open(port, all));
        LOG.info("Room {} listens on port {}", room, port);
        return opened;
    }

    int number() {
        return connector.getPort();
    }

    /** Completes when the port has been given back. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /**
     * Lets nobody in any more, waits for the end of the connections that there are, which takes as long as closing a
     * WebSocket may take, and gives the port back. Does not block.
     */
    void end() {
        closing.complete(null);
    }
}
